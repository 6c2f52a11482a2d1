"""What the routes of delivery decide themselves."""

from __future__ import annotations

import pytest

from tests.delivery.stage import Day, code_of


def test_runs_are_listed_by_day_and_state(sqlite_day: Day) -> None:
    day = sqlite_day
    day.released([day.shipment()])
    (seen,) = day.house.get("/v1/runs?on=2026-11-24&state=released")["items"]
    assert (seen["id"], seen["visits_count"], seen["stops_done"]) == (day.run_id, 1, 0)
    assert day.house.get("/v1/runs?on=2026-11-25")["items"] == []
    assert day.house.get("/v1/runs?state=closed")["items"] == []


def test_the_run_one_is_on_comes_before_the_next(sqlite_day: Day) -> None:
    day = sqlite_day
    day.underway([day.shipment()])
    first = day.run_id
    day.released([day.shipment()])
    assert day.house.get("/v1/runs/current", day.driver)["id"] == first


def test_an_attempt_needs_a_key(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    day.underway([made])
    body = {"shipment_id": made["id"], "outcome": "delivered"}
    path = f"/v1/runs/{day.run_id}/attempts"
    answer = day.house.client.post(path, json=body, headers=day.driver)
    assert (answer.status_code, code_of(answer)) == (400, "idempotency_key_missing")
    headers = {**day.driver, "Idempotency-Key": "k"}
    first = day.house.client.post(path, json=body, headers=headers)
    again = day.house.client.post(path, json=body, headers=headers)
    assert (first.status_code, first.json()) == (201, again.json())
    assert [one["id"] for one in day.house.get(path)] == [first.json()["id"]]


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("proof.data", {"outcome": "delivered", "proof": {"kind": "photo", "data": "*** no base 64 ***"}}),
        ("proof.data", {"outcome": "delivered", "proof": {"kind": "photo", "data": "aGVsbG8="}}),
        ("reason", {"outcome": "failed", "reason": "because"}),
        ("reason", {"outcome": "failed"}),
        ("outcome", {"outcome": "eaten"}),
        (
            "cash.means",
            {"outcome": "delivered", "cash": {"amount": {"amount_minor": 1, "currency": "CNY"}, "means": "x"}},
        ),
    ],
)
def test_a_field_that_is_wrong_is_named(sqlite_day: Day, field: str, body: dict[str, object]) -> None:
    day = sqlite_day
    made = day.shipment()
    day.underway([made])
    answer = day.on_run("attempts", {"shipment_id": made["id"], **body})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_a_proof_without_data_is_noted_but_cannot_be_shown(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    day.underway([made])
    done = day.ok(day.attempt(made, proof={"kind": "photo"}))
    assert done["proof_kind"] == "photo"
    path = f"/v1/runs/{day.run_id}/attempts/{done['id']}/proof"
    assert day.house.client.get(path, headers=day.driver).status_code == 404


def test_a_code_is_kept_as_it_was_said(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment()
    day.underway([made])
    done = day.ok(day.attempt(made, proof={"kind": "code", "data": "4711"}))
    answer = day.house.client.get(f"/v1/runs/{day.run_id}/attempts/{done['id']}/proof", headers=day.driver)
    assert answer.text == "4711"


def test_what_does_not_exist(sqlite_day: Day) -> None:
    day = sqlite_day
    day.underway([day.shipment()])
    assert day.arrive(99).status_code == 404
    assert day.house.client.get("/v1/runs/run_0", headers=day.driver).status_code == 404
