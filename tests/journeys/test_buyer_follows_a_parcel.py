"""A buyer follows her parcel: from the order to her door, with what she may know, when she may know it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.journeys.cast import Cast, money
from tests.living import House


def stop_of(run: dict[str, Any], order: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(stop for stop in run["stops"] if order["id"] in str(stop["visits"]))
    return found


def test_a_buyer_follows_her_parcel_to_her_door(house: House) -> None:
    cast = Cast(house)
    van = cast.van("Van 1")
    orders = [cast.order(north=0.005 * number) for number in range(1, 10)]
    hers = cast.order(north=0.05, cod_due=money(12800))

    announced = cast.look(hers)
    assert (announced["status"], announced["milestone_no"]) == ("pending", 0)
    assert announced["cod"] == {"due": money(12800), "paid": False}
    assert announced["vehicle"] is None

    plan = cast.plan()
    assert plan["left_out"] == []
    (run,) = cast.release(plan)
    cast.receive(*orders, hers)
    promised = cast.look(hers)
    assert promised["promise"]["start"] < promised["promise"]["end"]

    planned_start = datetime.fromisoformat(run["stops"][0]["planned_start_at"])
    cast.wait(until=planned_start - timedelta(minutes=10))
    cast.leave(run)
    left = cast.look(hers)
    assert left["status"] == "out_for_delivery"
    before = [stop for stop in run["stops"] if stop["no"] < stop_of(run, hers)["no"]]
    told = left["stops_before"]
    assert told is None or told == len(before)  # far away she is told the window only

    for stop in before:
        cast.wait(minutes=6)
        for visit in stop["visits"]:
            cast.deliver(run, next(order for order in orders if order["id"] == visit["shipment_id"]))

    position = {"fixed_at": house.clock.now().isoformat(), "lat": 30.31, "lon": 120.15, "speed_mps": 8.0}
    answer = house.client.post("/v1/positions", json=[position], headers=cast.phones[van])
    assert answer.status_code == 200, answer.text
    near = cast.look(hers)
    assert near["stops_before"] == 0
    assert (near["vehicle"]["lat"], near["vehicle"]["lon"]) == (30.31, 120.15)
    assert [order for order in orders if order["id"] in str(near) or order["tracking_no"] in str(near)] == []

    cast.wait(minutes=6)
    cast.deliver(run, hers, to_whom="herself", cash={"amount": money(12800), "means": "qr"})
    done = cast.look(hers)
    assert (done["status"], done["milestone_no"]) == ("delivered", 3)
    assert done["cod"]["paid"] is True
    assert done["vehicle"] is None
    times = [line["at"] for line in done["timeline"]]
    assert times == sorted(times, reverse=times[0] > times[-1])
    assert len({line["seq"] for line in done["timeline"]}) == len(done["timeline"])
