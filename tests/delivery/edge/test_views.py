"""A run as its driver sees it."""

from __future__ import annotations

from tests.delivery.stage import Day, labels, money


def test_planned_expected_and_actual_stand_side_by_side(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment(cod=500, parcels=2, note="second floor")
    day.released([made])
    (stop,) = day.run()["stops"]
    assert (stop["planned_start_at"], stop["planned_end_at"]) == ("2026-11-24T12:10:00Z", "2026-11-24T12:15:00Z")
    assert stop["actual_at"] is None
    (visit,) = stop["visits"]
    assert (visit["recipient_name"], visit["phone_masked"]) == ("王小明", "*** 8000")
    assert (visit["cod_due"], visit["note"]) == (money(500), "second floor")
    assert [parcel["label"] for parcel in visit["parcels"]] == labels([made])
    day.ok(day.load(labels([made])))
    day.house.clock.advance(minutes=12)
    day.ok(day.depart())
    day.house.clock.advance(minutes=9)
    seen = day.ok(day.arrive(1))
    # arrived at 12:21: from five minutes before to ten after
    assert seen["actual_at"] == "2026-11-24T12:21:00Z"
    assert seen["expected"] == {"start": "2026-11-24T12:16:00Z", "end": "2026-11-24T12:31:00Z"}


def test_what_is_on_board_is_listed(sqlite_day: Day) -> None:
    day = sqlite_day
    one, two = day.shipment(), day.shipment()
    day.underway([one], [two])
    assert day.run()["aboard"] == labels([one, two])
    day.ok(day.attempt(one))
    day.ok(day.attempt(two, "refused"))
    assert day.run()["aboard"] == labels([two])
    assert day.run()["stops_done"] == 2
