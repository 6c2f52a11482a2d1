"""What the house tells about itself, and the clock that only a demo may set."""

from __future__ import annotations

from datetime import UTC, datetime

from logistics.app import close_context, create_app
from logistics.kit.edge.context import Settings
from logistics.kit.edge.db import Database
from tests.builders import ManualClock
from tests.living import House


def test_health_readiness_and_config_are_open(house: House) -> None:
    assert house.client.get("/healthz").json() == {"status": "ok"}
    assert house.client.get("/readyz").status_code == 200
    config = house.client.get("/v1/config").json()
    assert config["ws_url"].startswith("ws")
    assert config["map_style_url"] is None
    assert config["travels"] == ["geodesic"]


def test_a_real_clock_cannot_be_set(house: House) -> None:
    body = {"now": "2026-11-24T08:00:00+08:00", "speed": 60}
    answer = house.client.put("/v1/clock", json=body, headers=house.operator)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:logistics:problem:clock_is_real")


def test_a_simulated_clock_goes_on_after_a_restart(database: Database, clock: ManualClock) -> None:
    settings = Settings(database_url=database.url, clock_anchored=True)
    house = House(create_app(settings, work=False), clock)
    body = {"now": "2027-01-01T00:00:00Z", "speed": 0}
    assert house.client.put("/v1/clock", json=body, headers=house.operator).json()["speed"] == 0
    close_context(house.ctx)
    ctx = create_app(settings, work=False).state.context
    assert ctx.clock.now() == datetime(2027, 1, 1, tzinfo=UTC)
    close_context(ctx)
