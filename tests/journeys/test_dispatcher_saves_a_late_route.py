"""A van does not start in the morning: the dispatcher sees it, takes its run back, and other vans keep the promises."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.journeys.cast import Cast
from tests.living import House


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_dispatcher_saves_a_late_route(house: House) -> None:
    cast = Cast(house)
    broken = cast.van("Van 1")
    window = {"start": "2026-11-25T10:00:00+08:00", "end": "2026-11-25T12:00:00+08:00"}
    orders = [cast.order(north=0.004 * number, window=window) for number in range(1, 7)]
    (run,) = cast.release(cast.plan())
    cast.receive(*orders)
    assert run["vehicle_id"] == broken

    # It is 9:30 and the van has not left: the screen shows a run that still stands, hours of it before noon.
    cast.wait(until=at("2026-11-25T09:30:00+08:00"))
    assert cast.run(run["id"])["state"] in {"released", "loading"}

    # The dispatcher takes the run back, takes the van out of service, lets another one do it.
    house.made(f"/v1/runs/{run['id']}/cancel", {}, cast.dispatcher)
    assert {house.get(f"/v1/shipments/{order['id']}")["state"] for order in orders} == {"chosen"}
    gone = house.client.delete(f"/v1/vehicles/{broken}", headers=cast.dispatcher)
    assert gone.status_code in {200, 204}, gone.text
    other = cast.van("Van 2")
    plan = cast.plan()
    assert (plan["left_out"], plan["violations"]) == ([], [])
    (saved,) = cast.release(plan)
    assert saved["vehicle_id"] == other
    starts = [at(stop["planned_start_at"]) for stop in saved["stops"]]
    assert min(starts) >= house.clock.now() - timedelta(minutes=1), "a plan of today cannot begin in the past"
    assert max(starts) <= at(window["end"])

    cast.leave(saved)
    for stop in saved["stops"]:
        cast.wait(until=at(stop["planned_start_at"]))
        for visit in stop["visits"]:
            cast.deliver(saved, next(order for order in orders if order["id"] == visit["shipment_id"]))
    for order in orders:
        seen = cast.look(order)
        assert seen["status"] == "delivered"
        delivered = max(at(line["at"]) for line in seen["timeline"])
        assert at(window["start"]) <= delivered <= at(window["end"])
