"""What carriers have of a day, and what is left of their quotas.

A quota holds for the day: whatever released plans left to a carrier counts, and what was left to one since then. Who
does that tells it (`tell_replanned_with`, called by `wiring.py`): routing knows no replan. What was called off does not
count. Where several released plans named a quota, the newest word holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from logistics.kit.edge.context import Context
from logistics.routing.edge import store

Replanned = Callable[[Session, date], Collection[str]]

_told: WeakKeyDictionary[Engine, Replanned] = WeakKeyDictionary()


def tell_replanned_with(ctx: Context, replanned: Replanned) -> None:
    """Ask this, in this context's database, which shipments of a day were left to carriers by no plan."""
    _told[ctx.db.writers] = replanned
    _told[ctx.db.readers] = replanned


def count_carried(session: Session, on: date, *, but_plan: str = "", but: Collection[str] = ()) -> dict[str, int]:
    """Count what carriers have of a day by now, by their codes, without one plan and these shipments."""
    engine = session.get_bind()
    replanned = _told.get(engine) if isinstance(engine, Engine) else None
    left = store.list_left_to_carriers(session, on, but_plan=but_plan)
    left |= set(replanned(session, on)) if replanned else set()
    return store.count_with_carriers(session, left - set(but))


def quotas_of_day(session: Session, on: date) -> dict[str, int]:
    """Return the quotas that hold for a day, by the carrier's code."""
    quotas: dict[str, int] = {}
    for asked in store.list_quotas(session, on):
        quotas |= asked
    return quotas


def left_of_day(session: Session, on: date) -> dict[str, int]:
    """Return how many shipments of a day each carrier takes yet; who is not named takes any number."""
    quotas = quotas_of_day(session, on)
    carried = count_carried(session, on) if quotas else {}
    return {carrier: max(0, most - carried.get(carrier, 0)) for carrier, most in quotas.items()}
