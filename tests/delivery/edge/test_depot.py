"""At the depot's door."""

from __future__ import annotations

from tests.delivery.stage import Day, labels


def codes(answer: dict[str, object]) -> list[str]:
    findings = answer["findings"]
    assert isinstance(findings, list)
    return [finding["code"] for finding in findings]


def test_parcels_come_in_once(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment(parcels=2)
    first = day.receive([*labels([made]), "nonsense"])
    assert first["accepted"] == labels([made])
    assert codes(first) == ["unknown_label"]
    assert day.receive(labels([made]))["accepted"] == labels([made])
    assert day.news(made).count("ParcelsReceived") == 1
    assert day.holders(made) == ["site", "site"]


def test_a_shipment_is_planned_from_where_it_lies(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    assert day.seen(made)["depot_id"] == ""
    day.receive(labels([made]))
    assert day.seen(made)["depot_id"] == day.house.depot_id


def test_what_is_on_a_vehicle_comes_in_through_its_run(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    day.underway([made])
    assert codes(day.receive(labels([made]))) == ["on_run"]
    day.ok(day.attempt(made))
    assert codes(day.receive(labels([made]))) == ["ended"]


def test_what_a_store_has_comes_in_through_the_store(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.waiting()
    assert codes(day.receive(labels([made]))) == ["at_service_point"]


def test_only_what_was_on_board_is_taken_off(sqlite_day: Day) -> None:
    day = sqlite_day
    made, other = day.shipment(), day.shipment()
    day.underway([made])
    day.ok(day.attempt(made, "failed"))
    assert day.on_run("returns", {"labels": labels([made])}).status_code == 409
    day.ok(day.finish())
    done = day.bring_back(labels([made, other]))
    assert done["accepted"] == labels([made])
    assert codes(done) == ["not_on_board"]
    assert day.bring_back(labels([made]))["accepted"] == labels([made])
    assert day.news(made).count("ReturnedToDepot") == 1


def test_a_store_is_no_depot(sqlite_day: Day) -> None:
    day = sqlite_day
    answer = day.house.post(f"/v1/depots/{day.house.store_id}/receipts", {"labels": []})
    assert answer.status_code == 409
