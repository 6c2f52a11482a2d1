"""What of a day was decided before a plan of it was searched for: vehicles have runs, carriers shipments already.

It is read once, when the search begins, and kept with the plan: the plan is judged by what it was made for. What is
decided between that and its release is for the release to refuse. Routing knows no run: who sends vehicles out tells
their hours (`tell_hours_with`, called by `wiring.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from pydantic import Field
from sqlalchemy import Engine
from sqlmodel import Session

from logistics.kit.edge.context import Context
from logistics.kit.edge.wire import Wire
from logistics.routing.edge import store
from logistics.routing.edge.carried import count_carried
from logistics.routing.edge.had import Had, read_had
from logistics.routing.edge.tables import PlanRow

Hours = tuple[datetime, datetime]  # when a vehicle leaves, and when it is back
HoursOf = Callable[[Session, Collection[str], datetime], Mapping[str, Sequence[Hours]]]

_told: WeakKeyDictionary[Engine, HoursOf] = WeakKeyDictionary()


class Decided(Wire):
    """What was decided before.

    ``had``: what vehicles have of the day by runs, by their ids. ``hours`` in which they are out already. How many
    shipments of the day are ``carried``, by the carrier's code, where the plan has a quota.
    """

    had: dict[str, Had] = Field(default_factory=dict)
    hours: dict[str, list[Hours]] = Field(default_factory=dict)
    carried: dict[str, int] = Field(default_factory=dict)

    def left_of(self, quotas: Mapping[str, int]) -> dict[str, int]:
        """Return what is left of a day's quotas."""
        return {carrier: max(0, most - self.carried.get(carrier, 0)) for carrier, most in quotas.items()}


def tell_hours_with(ctx: Context, hours_of: HoursOf) -> None:
    """Ask this, in this context's database, in which hours vehicles are out on runs that are not over, as seen then."""
    _told[ctx.db.writers] = hours_of
    _told[ctx.db.readers] = hours_of


def read_decided(session: Session, plan: PlanRow) -> dict[str, Any]:
    """Return what is decided by now of the day of a plan, as the plan keeps it."""
    vehicle_ids = [car.id for car in store.list_vehicles(session, plan.depot_ids)]
    engine = session.get_bind()
    hours_of = _told.get(engine) if isinstance(engine, Engine) else None
    now = plan.planned_at or plan.created_at
    hours = hours_of(session, vehicle_ids, now) if hours_of else {}
    carried = count_carried(session, plan.on, but_plan=plan.id) if plan.quotas else {}
    had = read_had(session, vehicle_ids, plan.on, now)
    decided = Decided(had=had, hours={one: list(spans) for one, spans in hours.items()}, carried=carried)
    return decided.model_dump(mode="json")


def decided_of(plan: PlanRow) -> Decided:
    """Return what was decided before the search of this plan began."""
    return Decided.model_validate(plan.decided_before)
