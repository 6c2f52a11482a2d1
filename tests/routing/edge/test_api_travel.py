"""Plans over a travel server, through the API: what it says of places is shown, and its silence is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from logistics.kit.edge import http_client
from logistics.kit.geo import Point
from logistics.routing.edge import sources
from logistics.routing.edge.remembered_travel import Memory
from tests.living import HANGZHOU, House
from tests.ports import free_port
from tests.routing.edge.desk import ON, asked, order, planned, van, work
from tests.routing.edge.table_servers import Fault, Server, serving, speak_osrm

TRAVELS = ("geodesic", "roads", "osrm", "valhalla")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(speak_osrm) as one:
        yield one


@pytest.fixture
def desk(sqlite_house: House, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Give a house that asks this server, and loses no time in trying again."""
    monkeypatch.setattr(http_client, "PAUSE_S_FIRST", 0.0)
    set_up(sqlite_house, osrm_url=server.url, travel_cache_dir=tmp_path / "kept")
    return sqlite_house


def set_up(house: House, **settings: Any) -> None:
    house.ctx.settings = replace(house.ctx.settings, **settings)


@pytest.mark.parametrize("travel", TRAVELS[1:])
def test_travel_that_is_not_set_up_is_refused_and_says_what_is(sqlite_house: House, travel: str) -> None:
    body = {"on": ON, "depot_ids": [sqlite_house.depot_id], "travel": travel}
    answer = sqlite_house.post("/v1/plans", body)
    assert (answer.status_code, answer.json()["errors"][0]["expected"]) == (422, "geodesic")


def test_a_plan_over_a_server_follows_its_figures(desk: House) -> None:
    van(desk)
    order(desk, 0.01)
    plan = planned(desk, travel="osrm")
    assert (plan["state"], plan["error"], plan["findings"]) == ("done", "", [])
    # 0.01 degrees are 1112 m over the ground, there and back; the server adds no detour.
    assert plan["routes"][0]["distance_m"] == pytest.approx(2 * 1112, abs=4)


def test_off_the_road_is_told_and_what_is_not_reached_is_not_planned(desk: House, server: Server) -> None:
    van(desk)
    near, beside = order(desk, 0.01), order(desk, 0.02)
    island = order(desk, 0.03)
    server.island_lat = HANGZHOU["lat"] + 0.025
    at = {one["id"]: one["tracking_no"] for one in (near, beside, island)}
    server.off_m = {Point(lat=round(HANGZHOU["lat"] + 0.02, 5), lon=HANGZHOU["lon"]): 640}
    plan = planned(desk, travel="osrm")
    assert plan["state"] == "done"
    done = {visit["shipment_id"] for route in plan["routes"] for stop in route["stops"] for visit in stop["visits"]}
    assert done == {near["id"], beside["id"]}
    assert [one["shipment_id"] for one in plan["left_out"]] == [island["id"]]
    assert plan["violations"] == []
    found = {(one["where"], one["code"]) for one in plan["findings"]}
    assert {(f"shipment {at[beside['id']]}", "off_road"), (f"shipment {at[island['id']]}", "not_reached")} <= found


@pytest.mark.parametrize(
    ("faults", "words"),
    [
        ([Fault(503)] * 9, "gives no travel times: it answered 503"),
        ([Fault(cut=True)] * 9, "gives no travel times: it did not answer"),
        ([Fault(200, "<html>")], "cannot be understood"),
        ([Fault(), Fault(400, '{"code": "InvalidUrl", "message": "URL string malformed"}')], "URL string malformed"),
    ],
)
def test_a_server_that_fails_fails_the_plan_with_a_sentence(
    desk: House, server: Server, faults: list[Fault], words: str
) -> None:
    van(desk)
    order(desk)
    server.faults = list(faults)
    plan = planned(desk, travel="osrm")
    assert plan["state"] == "failed"
    assert words in plan["error"]
    assert f"OSRM at {server.url}" in plan["error"]
    server.faults.clear()
    assert planned(desk, travel="osrm")["state"] == "done"  # the next one finds it well


@pytest.mark.parametrize(
    ("url", "words"),
    [("DEAD", "gives no travel times"), ("localhost", "LOGISTICS_OSRM_URL: 'localhost' is no address of a server")],
)
def test_an_address_where_nobody_is_fails_the_plan_with_a_sentence(desk: House, url: str, words: str) -> None:
    set_up(desk, osrm_url=f"http://127.0.0.1:{free_port()}" if url == "DEAD" else url)
    van(desk)
    order(desk)
    plan_id = asked(desk, travel="osrm")
    assert work(desk) == 1
    plan = desk.get(f"/v1/plans/{plan_id}")
    assert plan["state"] == "failed"
    assert words in plan["error"]


def test_a_plan_is_worked_on_though_the_server_is_silent(desk: House, server: Server) -> None:
    vehicle_id = van(desk)
    one = order(desk)
    plan = planned(desk, travel="osrm")
    path, moves = f"/v1/plans/{plan['id']}", {"moves": [{"shipment_id": one["id"], "vehicle_id": vehicle_id}]}
    headers = {**desk.operator, "If-Match": f'"{plan["version"]}"'}
    assert desk.post(f"{path}/preview", moves).status_code == 200  # asks for ways that are not open as yet, too
    server.asked.clear()
    server.faults = [Fault(503)] * 9
    assert desk.post(f"{path}/preview", moves).status_code == 200
    assert desk.client.get(f"{path}/tasks/{one['id']}", headers=desk.operator).status_code == 200
    assert server.asked == []
    edited = desk.client.patch(path, json=moves, headers=headers)
    assert (edited.status_code, edited.json()["summary"]) == (200, plan["summary"])
    assert len(server.asked) == 1  # the line on the map, which is drawn straight then


def test_what_is_forgotten_is_asked_for_once_and_refused_with_a_sentence(
    desk: House, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    vehicle_id = van(desk)
    one = order(desk)
    plan = planned(desk, travel="osrm")
    path, moves = f"/v1/plans/{plan['id']}", {"moves": [{"shipment_id": one["id"], "vehicle_id": vehicle_id}]}
    headers = {**desk.operator, "If-Match": f'"{plan["version"]}"'}
    monkeypatch.setattr(sources, "MEMORY", Memory())
    server.faults = [Fault(503)] * 3
    for refused in (
        desk.client.patch(path, json=moves, headers=headers),
        desk.post(f"{path}/preview", moves),
        desk.client.get(f"{path}/tasks/{one['id']}", headers=desk.operator),
    ):
        problem = refused.json()
        assert (refused.status_code, problem["type"].rpartition(":")[2]) == (503, "travel_unavailable")
        assert "OSRM at" in problem["detail"]
    assert server.faults == []
    assert desk.client.patch(path, json=moves, headers=headers).status_code == 200
