"""Which source there is under which name."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from logistics.kit.edge.context import Settings
from logistics.kit.edge.http_client import BODY_BYTES_MAX
from logistics.kit.errors import Failure, Invalid, Unavailable
from logistics.kit.geo import Point
from logistics.routing.edge import sources
from logistics.routing.edge.matrix_source import Geodesic, RoadTravel
from logistics.routing.edge.osrm_source import Osrm
from logistics.routing.edge.remembered_travel import Memory, NotedTravel
from logistics.routing.edge.server_travel import ServerTravel
from logistics.routing.edge.sources import OSRM_SIDE_MAX, travel_at_hand, travel_source
from logistics.routing.edge.table_server import TableServer
from logistics.routing.edge.valhalla_source import LOCATE_MAX, Valhalla
from tests.ports import free_port
from tests.routing.edge.table_servers import Fault, serving, speak_osrm, speak_valhalla
from tests.routing.edge.towns import random_town, write_osm

A, B, C = Point(lat=30.0, lon=120.0), Point(lat=30.0, lon=120.01), Point(lat=30.01, lon=120.0)


def test_what_is_set_up_is_to_be_had(tmp_path: Path) -> None:
    assert Settings().travels == ["geodesic"]
    roads_file = write_osm(tmp_path / "town.osm", *random_town(3))
    settings = Settings(roads_file=roads_file, osrm_url="http://127.0.0.1:1", valhalla_url="http://127.0.0.1:2/v")
    assert settings.travels == ["geodesic", "roads", "osrm", "valhalla"]
    assert isinstance(travel_source("geodesic", settings), Geodesic)
    assert isinstance(travel_source("roads", settings), RoadTravel)
    assert isinstance(server_of("osrm", settings), Osrm)
    assert isinstance(server_of("valhalla", settings), Valhalla)


def server_of(kind: str, settings: Settings) -> TableServer:
    source = travel_source(kind, settings)
    assert isinstance(source, NotedTravel)
    assert isinstance(source.source, ServerTravel)
    return source.source.server


@pytest.mark.parametrize("kind", ["roads", "osrm", "valhalla", "crow"])
def test_what_is_not_set_up_is_refused(kind: str) -> None:
    with pytest.raises(Invalid) as refusal:
        travel_source(kind, Settings())
    assert refusal.value.errors[0].expected == "geodesic"


@pytest.mark.parametrize(
    "url",
    ["127.0.0.1:5000", "ftp://host", "http://", "http://[", "http://host:x", "http://ho st", "http://host?x=1", "x"],
)
def test_an_address_that_is_none_is_refused_by_its_setting(url: str) -> None:
    for kind, setting in (("osrm", "LOGISTICS_OSRM_URL"), ("valhalla", "LOGISTICS_VALHALLA_URL")):
        with pytest.raises(Invalid) as refusal:
            travel_source(kind, Settings(osrm_url=url, valhalla_url=url))
        assert refusal.value.errors[0].field == setting


def test_settings_reach_the_server_and_what_it_said_is_kept(tmp_path: Path) -> None:
    with serving(speak_osrm) as server:
        server.side_max = 2
        server.version = ""
        settings = Settings(
            osrm_url=server.url + "/", osrm_table_max=2, travel_version="spring", travel_cache_dir=tmp_path / "kept"
        )
        travel, _ = travel_source("osrm", settings).matrix([A, B, Point(lat=30.01, lon=120.0)])
        assert travel.reaches(0, 1)
        assert server.tables() == 4
    assert len(list((tmp_path / "kept").iterdir())) == 1


def table(figure: str, side: int) -> str:
    """Write a table as long as servers write it."""
    return "[" + ",".join(["[" + ",".join([figure] * side) + "]"] * side) + "]"


def test_osrm_may_answer_with_a_table_of_the_size_the_guide_recommends() -> None:
    points = [Point(lat=31.2 + number / 10_000, lon=121.4) for number in range(1_000)]
    place = f'{{"hint": "{"x" * 80}", "name": "road", "distance": 1.5, "location": [121.4, 31.2]}}'
    places = "[" + ",".join([place] * 1_000) + "]"
    tables = f'"durations": {table("12345.6", 1_000)}, "distances": {table("123456.7", 1_000)}'
    body = f'{{"code": "Ok", {tables}, "sources": {places}, "destinations": {places}}}'
    assert len(body) > 2 * BODY_BYTES_MAX
    with serving(speak_osrm) as server:
        server.faults = [Fault(200, body)]
        settings = Settings(osrm_url=server.url, osrm_table_max=1_000)
        assert server_of("osrm", settings).block(points, points).seconds.shape == (1_000, 1_000)


def test_valhalla_may_answer_with_a_table_of_the_size_that_is_set() -> None:
    points = [Point(lat=30.1 + number / 10_000, lon=121.4) for number in range(800)]
    tables = f'{{"durations": {table("12345", 800)}, "distances": {table("123.456", 800)}}}'
    with serving(speak_valhalla) as server:
        settings = Settings(valhalla_url=server.url, valhalla_table_max=800)
        valhalla = server_of("valhalla", settings)
        valhalla.block(points[:1], points[:1])
        located = -(-799 // LOCATE_MAX)
        server.asked.clear()
        body = f'{{"sources_to_targets": {tables}, "units": "kilometers"}}'
        assert len(body) > BODY_BYTES_MAX
        server.speak = lambda house, path, params, sent: (
            (200, json.loads(body)) if path.endswith("targets") else speak_valhalla(house, path, params, sent)
        )
        assert valhalla.block(points, points).seconds.shape == (800, 800)
    assert len(server.asked) == located + 1


@pytest.mark.parametrize(("setting", "side_max"), [(0, 1), (100, 100), (1_000, 1_000), (5_000, 1_000)])
def test_osrm_is_asked_for_no_more_than_fits_an_address(setting: int, side_max: int) -> None:
    assert server_of("osrm", Settings(osrm_url="http://127.0.0.1:1", osrm_table_max=setting)).side_max == side_max


def test_the_longest_address_is_one_that_is_sent() -> None:
    far = [Point(lat=-89.12345 + number / 100_000, lon=-179.12345) for number in range(OSRM_SIDE_MAX)]
    with serving(speak_osrm) as server:
        server.faults = [Fault(400, '{"code": "TooBig", "message": "this far"}')]
        settings = Settings(osrm_url=server.url, osrm_table_max=OSRM_SIDE_MAX)
        with pytest.raises(Failure, match="this far"):
            server_of("osrm", settings).block(far, far)


def test_what_a_search_was_told_is_at_hand_when_the_server_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MEMORY", Memory())
    with serving(speak_osrm) as server:
        settings = Settings(osrm_url=server.url, travel_cache_dir=None)
        told = travel_source("osrm", settings).matrix([A, B])
        server.faults = [Fault(503)] * 9
        assert travel_at_hand("osrm", settings).matrix([A, B]) == told
        server.asked.clear()
        with pytest.raises(Unavailable) as refusal:
            travel_at_hand("osrm", settings).matrix([B, A])
        assert (refusal.value.refusal_code, len(server.asked)) == ("travel_unavailable", 1)
    assert isinstance(travel_at_hand("geodesic", settings), Geodesic)


def test_who_waits_does_not_wait_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "AT_HAND_S_MAX", 1)
    over = threading.Event()
    with serving(speak_osrm) as server:
        server.faults = [Fault(after=over)]
        try:
            with pytest.raises(Unavailable, match="did not answer"):
                travel_at_hand("osrm", Settings(osrm_url=server.url, travel_cache_dir=None)).matrix([A, C])
        finally:
            over.set()
        assert len(server.asked) == 1


def test_the_speed_profile_of_the_settings_is_used(tmp_path: Path) -> None:
    profile = tmp_path / "slow.json"
    profile.write_text('{"parts": [{"from": "00:00", "percent": 300}]}', encoding="utf-8")
    roads_file = write_osm(tmp_path / "town.osm", *random_town(3))
    usual, _ = travel_source("roads", Settings(roads_file=roads_file)).matrix([A, B])
    slow, _ = travel_source("roads", Settings(roads_file=roads_file, speed_profile_file=profile)).matrix([A, B])
    assert slow.travel_s(0, 1) == pytest.approx(usual.travel_s(0, 1) * 300 / 162, abs=2)
    profile.write_text("{}", encoding="utf-8")
    with pytest.raises(Invalid, match=r"slow\.json, parts"):
        travel_source("roads", Settings(roads_file=roads_file, speed_profile_file=profile))


def test_a_server_that_is_not_there_is_said() -> None:
    settings = Settings(osrm_url=f"http://127.0.0.1:{free_port()}", travel_timeout_s=1)
    with pytest.raises(Failure, match="gives no travel times"):
        travel_source("osrm", settings).matrix([A, B])
