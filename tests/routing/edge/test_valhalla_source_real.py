"""A real valhalla_service, with a map of our own: it and our roads say the same, and what it does not reach is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from logistics.kit.edge.context import Settings
from logistics.kit.edge.http_client import HttpClient
from logistics.kit.geo import great_circle_m
from logistics.routing.edge.sources import travel_source
from logistics.routing.edge.valhalla_source import Valhalla
from tests.conftest import skip_loudly
from tests.routing.edge.real_town import check_like_our_roads, lost, places, reached, write_town
from tests.routing.edge.road_servers import find_program, valhalla_serving

FREE = '{"parts": [{"from": "00:00", "percent": 100}]}'


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_town(tmp_path_factory.mktemp("valhalla"))


@pytest.fixture(scope="module")
def url(town: Path) -> Iterator[str]:
    service = find_program("valhalla_service")
    if service is None:
        skip_loudly("a real Valhalla server: no program valhalla_service, see docs/guides/travel.md")
    with valhalla_serving(service, town) as served:
        yield served


def test_it_agrees_with_our_roads(url: str, town: Path, tmp_path: Path) -> None:
    profile = tmp_path / "free.json"
    profile.write_text(FREE, encoding="utf-8")
    ours = Settings(
        valhalla_url=url, valhalla_table_max=8, travel_cache_dir=tmp_path / "kept", speed_profile_file=profile
    )
    travel, findings = travel_source("valhalla", ours).matrix(places())
    check_like_our_roads(travel, town, percents=(60, 130))
    size = len(travel)
    assert reached(travel) == [True] * (size - 2) + [False] * 2
    assert lost(travel) == 2 * 2 * (size - 2) + 2
    assert [(one.where, one.code) for one in findings] == [
        (f"points[{size - 3}]", "off_road"),
        (f"points[{size - 2}]", "not_reached"),
        (f"points[{size - 1}]", "not_reached"),
    ]
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_its_line_leads_from_end_to_end(url: str) -> None:
    way = places()[:3]
    line = Valhalla(url, HttpClient()).line(way)
    assert len(line) > len(way)
    assert great_circle_m(line[0], way[0]) < 50
    assert great_circle_m(line[-1], way[-1]) < 50
