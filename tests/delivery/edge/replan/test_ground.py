"""What is read of a day, and what cannot be asked of it."""

from __future__ import annotations

import pytest

from tests.delivery.edge.replan.road import Road, insert
from tests.delivery.stage import code_of


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"kind": "vehicle_lost", "run_id": "run_none"}, 404, "not_found"),
        ({"kind": "cancel", "shipment_id": "shp_none"}, 409, "not_on_run"),
        ({"kind": "insert", "shipment_id": "shp_none"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_is_refused(road: Road, change: dict[str, object], status: int, code: str) -> None:
    road.release([road.order(1)])
    answer = road.asked(change)
    assert (answer.status_code, code_of(answer)) == (status, code)


def test_a_day_without_runs_has_nothing_to_replan(road: Road) -> None:
    assert code_of(road.asked(insert(road.order(1)))) == "no_runs"


def test_some_runs_may_be_asked_alone_and_name_the_day(road: Road) -> None:
    first, second = road.release([road.order(1)], [road.order(-1)])
    new = insert(road.order(2))
    body = {"run_ids": [second], "changes": [new], "seconds": 0}
    (placed,) = road.ok(road.house.post("/v1/replans", body, road.dispatcher))["inserted"]
    assert placed["run_id"] == second
    assert road.proposed(new)["inserted"][0]["run_id"] == first
