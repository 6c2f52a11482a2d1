"""A dispatcher's desk for tests: vehicles, orders of one day, and plans made while one waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from logistics.routing.edge import jobs
from logistics.routing.edge.solving import Limits
from tests.living import HANGZHOU, House

ON = "2026-11-25"
CNY = "CNY"
PLAN_S = 1
ROUNDS, SEARCH_S_MAX = 300, 120.0  # for days of a few orders
CARRIER = {
    "code": "express",
    "name": "Express",
    "adapter": "pretend",
    "base_url": "https://express.example",
    "secret": "s",
    "rate_card": {"zones": [{"name": "all", "first_price": "9"}]},
    "collects_cod": True,
}


def money(amount_minor: int) -> dict[str, Any]:
    return {"amount_minor": amount_minor, "currency": CNY}


def van_body(house: House, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Van 1",
        "depot_id": house.depot_id,
        "driver_name": "Li",
        "capacity_g": 500_000,
        "capacity_cm3": 3_000_000,
        "capacity_parcels": 100,
        "cash_minor_max": 500_000,
        "shift_start": "08:00",
        "shift_end": "18:00",
        "fixed_cost": money(5_000),
        "cost_per_km": money(100),
        "cost_per_h": money(3_000),
        **changes,
    }


def van(house: House, **changes: Any) -> str:
    return str(house.made("/v1/vehicles", van_body(house, **changes))["id"])


def order(house: House, north: float = 0.01, **more: Any) -> dict[str, Any]:
    """Take on a shipment of our own fleet, so many degrees north of the depot."""
    point = {"lat": HANGZHOU["lat"] + north, "lon": HANGZHOU["lon"]}
    recipient = {"name": "王小明", "phone": "+86 138 0013 8000", "address": f"文二路 {north}", "point": point}
    fields = {"recipient": recipient, "deliver_on": ON, "mode": "own_fleet"}
    return house.shipment(**{**fields, **more})


def asked(house: House, **more: Any) -> str:
    body = {"on": ON, "depot_ids": [house.depot_id], "seconds": PLAN_S, **more}
    return str(house.made("/v1/plans", body)["id"])


def planned(house: House, **more: Any) -> dict[str, Any]:
    plan_id = asked(house, **more)
    work(house)
    return dict(house.get(f"/v1/plans/{plan_id}"))


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let searches end after so many rounds, not seconds: alike on a busy machine and a quick one."""
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "Limits", lambda _seconds, cores: Limits(SEARCH_S_MAX, rounds_max=ROUNDS, cores=cores))
        yield


def work(house: House) -> int:
    worker = jobs.Worker(house.ctx)
    return worker.work()


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    """Give the SQL that is said to the house's readers meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_more: object) -> None:
        said.append(sql)

    event.listen(house.ctx.db.readers, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(house.ctx.db.readers, "before_cursor_execute", note)
