"""What was not collected leaves the store."""

from __future__ import annotations

from tests.delivery.stage import Day, labels


def test_a_shipment_has_left_with_its_last_parcel_for_its_own_depot(sqlite_day: Day) -> None:
    day = sqlite_day
    south = day.house.site("Depot South", ["depot"])["id"]
    made = day.shipment(parcels=2, depot_id=south)
    day.released(store=[made])
    day.ok(day.load(labels([made])))
    day.ok(day.depart())
    day.ok(day.attempt(made, "handed_over"))
    day.ok(day.store("arrivals", {"labels": labels([made])}))
    day.ok(day.store("refusals", {"shipment_id": made["id"]}))
    one, two = labels([made])
    assert day.ok(day.store("returns", {"labels": [one]}))["left"] == [one]
    assert "LeftServicePoint" not in day.news(made)
    day.ok(day.store("returns", {"labels": [two]}))
    assert day.news(made)[-1] == "LeftServicePoint"
    assert [parcel["holder"] for parcel in day.seen(made)["parcels"]] == [f"site:{south}"] * 2


def test_what_waits_for_its_recipient_stays(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.waiting()
    done = day.ok(day.store("returns", {"labels": [*labels([made]), "nonsense"]}))
    assert done["left"] == []
    assert [finding["code"] for finding in done["findings"]] == ["stays_here", "unknown_label"]
