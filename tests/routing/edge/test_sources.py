"""Which source there is under which name."""

from __future__ import annotations

from pathlib import Path

import pytest

from logistics.kit.edge.context import Settings
from logistics.kit.errors import Failure, Invalid
from logistics.kit.geo import Point
from logistics.routing.edge.matrix_source import Geodesic, RoadTravel
from logistics.routing.edge.osrm_source import Osrm
from logistics.routing.edge.server_travel import ServerTravel
from logistics.routing.edge.sources import travel_source
from logistics.routing.edge.valhalla_source import Valhalla
from tests.ports import free_port
from tests.routing.edge.table_servers import serving, speak_osrm
from tests.routing.edge.towns import random_town, write_osm

A, B = Point(lat=30.0, lon=120.0), Point(lat=30.0, lon=120.01)


def test_what_is_set_up_is_to_be_had(tmp_path: Path) -> None:
    assert Settings().travels == ["geodesic"]
    roads_file = write_osm(tmp_path / "town.osm", *random_town(3))
    settings = Settings(roads_file=roads_file, osrm_url="http://127.0.0.1:1", valhalla_url="http://127.0.0.1:2/v")
    assert settings.travels == ["geodesic", "roads", "osrm", "valhalla"]
    assert isinstance(travel_source("geodesic", settings), Geodesic)
    assert isinstance(travel_source("roads", settings), RoadTravel)
    osrm, valhalla = travel_source("osrm", settings), travel_source("valhalla", settings)
    assert isinstance(osrm, ServerTravel)
    assert isinstance(valhalla, ServerTravel)
    assert isinstance(osrm.server, Osrm)
    assert isinstance(valhalla.server, Valhalla)


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
