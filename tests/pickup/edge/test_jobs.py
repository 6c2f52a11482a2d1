"""What nobody collects in time."""

from __future__ import annotations

from logistics.pickup.edge import jobs
from tests.delivery.stage import Day, labels


def test_what_nobody_collects_goes_back(day: Day) -> None:
    made, collected = day.waiting(), day.waiting()
    day.ok(day.store("handovers", {"shipment_id": collected["id"], "phone_last4": "8000"}))
    day.house.clock.advance(days=3, hours=1, minutes=59)  # a minute before the store closes
    assert jobs.expire_due(day.house.ctx) == 0
    day.house.clock.advance(minutes=2)
    assert jobs.expire_due(day.house.ctx) == 1
    assert jobs.expire_due(day.house.ctx) == 0
    day.house.operator = day.house.log_in("operator")  # a session lasts a working day
    assert [day.state(made), day.state(collected)] == ["returning", "delivered"]
    assert day.news(made)[-1] == "PickupExpired"
    late = day.store("handovers", {"shipment_id": made["id"], "phone_last4": "8000"})
    assert late.status_code == 409
    assert day.ok(day.store("returns", {"labels": labels([made])}))["left"] == labels([made])
