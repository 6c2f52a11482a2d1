"""Positions over HTTP, in three dialects."""

from __future__ import annotations

import base64
from typing import Any

from tests.living import House
from tests.tracking.builders import VEHICLE, add_token

HERE = {"lat": 30.25, "lon": 120.16}
NOON_S = 1_795_521_600


def van(house: House) -> dict[str, str]:
    return add_token(house.ctx.db, "ld_van", "driver", vehicle_id=VEHICLE)


def at(minute: int, **more: Any) -> dict[str, Any]:
    return {"fixed_at": f"2026-11-24T11:{minute:02}:00Z", **HERE, **more}


def where(house: House) -> list[tuple[str, float, str]]:
    return [(one["vehicle_id"], one["lat"], one["fixed_at"]) for one in house.get("/v1/vehicles/positions")]


def test_a_batch_is_taken_and_what_is_not_believed_is_named(house: House) -> None:
    batch = [at(1, speed_mps=8), {"lat": 1}, at(2, lat=0, lon=0), at(3)]
    answer = house.client.post("/v1/positions", json=batch, headers=van(house))
    assert answer.status_code == 200
    assert answer.json()["accepted"] == 2
    assert [one["index"] for one in answer.json()["rejected"]] == [1, 2]
    assert answer.json()["rejected"][1]["reason"] == "zero"
    assert where(house) == [(VEHICLE, 30.25, "2026-11-24T11:03:00Z")]
    query = "start=2026-11-24T00:00:00Z&end=2026-11-24T12:00:00Z"
    history = house.get(f"/v1/vehicles/{VEHICLE}/positions?{query}")
    assert [one["rejected"] for one in history] == ["", "zero", ""]


def test_osmand_speaks_in_the_query_or_a_form(house: House) -> None:
    van(house)
    said = {"id": "ld_van", "timestamp": str(NOON_S - 60), "lat": "30.25", "lon": "120.16", "speed": "10"}
    assert house.client.get("/v1/positions/osmand", params=said).status_code == 200
    said["timestamp"] = str((NOON_S - 30) * 1000)
    assert house.client.post("/v1/positions/osmand", data=said).status_code == 200
    assert where(house) == [(VEHICLE, 30.25, "2026-11-24T11:59:30Z")]
    speed = house.get("/v1/vehicles/positions")[0]["speed_mps"]
    assert abs(speed - 5.14444) < 1e-6


def test_osmand_without_id_is_400_and_of_a_stranger_404(sqlite_house: House) -> None:
    assert sqlite_house.client.get("/v1/positions/osmand?lat=1&lon=1").status_code == 400
    assert sqlite_house.client.get("/v1/positions/osmand?id=nope&lat=1&lon=1").status_code == 404
    van(sqlite_house)
    assert sqlite_house.client.get("/v1/positions/osmand?id=ld_van&lat=1&lon=1").status_code == 422


def test_owntracks_is_answered_with_an_empty_list_whatever_it_says(house: House) -> None:
    van(house)
    basic = {"Authorization": "Basic " + base64.b64encode(b"phone:ld_van").decode()}
    location = {"_type": "location", "tst": NOON_S - 60, **HERE, "vel": 36, "acc": 5, "batt": 80}
    for body in (location, {"_type": "location", "lat": "?"}, {"_type": "lwt"}, {"_type": "transition", **HERE}):
        answer = house.client.post("/v1/positions", json=body, headers=basic)
        assert (answer.status_code, answer.json()) == (200, [])
    assert where(house) == [(VEHICLE, 30.25, "2026-11-24T11:59:00Z")]
    assert house.get("/v1/vehicles/positions")[0]["speed_mps"] == 10.0


def test_a_declared_datum_is_converted(sqlite_house: House) -> None:
    house = sqlite_house
    house.client.post("/v1/positions?datum=gcj02", json=[at(1)], headers=van(house))
    (_, lat, _) = where(house)[0]
    assert 0.0005 < abs(lat - 30.25) < 0.01
    assert (
        house.client.post(
            "/v1/positions?datum=mars", json=[at(2)], headers={"Authorization": "Bearer ld_van"}
        ).status_code
        == 422
    )


def test_only_a_device_with_a_vehicle_reports(sqlite_house: House) -> None:
    post = sqlite_house.client.post
    assert post("/v1/positions", json=[at(1)]).status_code == 401
    assert post("/v1/positions", json=[at(1)], headers={"Authorization": "Bearer nope"}).status_code == 401
    assert post("/v1/positions", json=[at(1)], headers={"Authorization": "Basic !"}).status_code == 401
    assert post("/v1/positions", json=[at(1)], headers=sqlite_house.merchant).status_code == 403


def test_what_is_no_batch_is_refused_with_what_would_be_right(sqlite_house: House) -> None:
    headers = van(sqlite_house)
    for content in (b"{nope", b"7", b'{"lat": 1}'):
        answer = sqlite_house.client.post("/v1/positions", content=content, headers=headers)
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
    assert sqlite_house.client.post("/v1/positions", json=[at(1)] * 1001, headers=headers).status_code == 422
    assert sqlite_house.client.post("/v1/positions", json=[], headers=headers).json()["accepted"] == 0


def test_a_full_queue_says_when_to_come_back(sqlite_house: House, monkeypatch: Any) -> None:
    monkeypatch.setattr("logistics.tracking.edge.writer.QUEUE_FIXES_MAX", 0)
    answer = sqlite_house.client.post("/v1/positions", json=[at(1)], headers=van(sqlite_house))
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "2"


def test_what_could_not_be_written_is_to_be_sent_again(sqlite_house: House, monkeypatch: Any) -> None:
    def away(*_: Any) -> Any:
        raise OSError("away")

    monkeypatch.setattr("logistics.tracking.edge.writer._insert", away)
    assert sqlite_house.client.post("/v1/positions", json=[at(1)], headers=van(sqlite_house)).status_code == 503
