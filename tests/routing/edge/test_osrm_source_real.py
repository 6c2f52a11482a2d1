"""A real osrm-routed, with a map of our own: it and our roads say the same, and what it does not reach is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from logistics.kit.edge.context import Settings
from logistics.kit.edge.http_client import HttpClient
from logistics.kit.errors import Failure
from logistics.kit.geo import great_circle_m
from logistics.routing.edge.osrm_source import Osrm
from logistics.routing.edge.sources import travel_source
from tests.conftest import skip_loudly
from tests.routing.edge.real_town import check_like_our_roads, lost, places, reached, write_town
from tests.routing.edge.road_servers import find_osrm, osrm_serving

FREE = '{"parts": [{"from": "00:00", "percent": 100}]}'


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_town(tmp_path_factory.mktemp("osrm"))


@pytest.fixture(scope="module")
def url(town: Path) -> Iterator[str]:
    programs = find_osrm()
    if programs is None:
        skip_loudly("a real OSRM server: no program osrm-routed, see docs/guides/travel.md")
    with osrm_serving(programs, town, "spring", "--max-table-size", "9") as served:
        yield served


def settings(url: str, town: Path, folder: Path) -> Settings:
    profile = folder / "free.json"
    profile.write_text(FREE, encoding="utf-8")
    return Settings(
        roads_file=town, osrm_url=url, osrm_table_max=9, travel_cache_dir=folder / "kept", speed_profile_file=profile
    )


def test_it_agrees_with_our_roads(url: str, town: Path, tmp_path: Path) -> None:
    ours = settings(url, town, tmp_path)
    travel, findings = travel_source("osrm", ours).matrix(places())
    check_like_our_roads(travel, town, percents=(80, 150))
    size = len(travel)
    assert reached(travel) == [True] * (size - 2) + [False] * 2
    assert lost(travel) == 2 * 2 * (size - 2) + 2
    assert [(one.where, one.code) for one in findings] == [
        (f"points[{size - 3}]", "off_road"),
        (f"points[{size - 2}]", "not_reached"),
        (f"points[{size - 1}]", "not_reached"),
    ]
    by_roads, same = travel_source("roads", ours).matrix(places())
    assert ([(one.where, one.code) for one in same], reached(by_roads)) == (
        [(one.where, one.code) for one in findings],
        reached(travel),
    )


def test_its_table_is_kept_by_the_version_of_its_map(url: str, town: Path, tmp_path: Path) -> None:
    ours = settings(url, town, tmp_path)
    first, _ = travel_source("osrm", ours).matrix(places())
    (kept,) = (tmp_path / "kept").iterdir()
    written = kept.stat().st_mtime_ns
    again, _ = travel_source("osrm", ours).matrix(places())
    assert kept.stat().st_mtime_ns == written
    assert [again.travel_s(0, place) for place in range(len(again))] == [
        first.travel_s(0, place) for place in range(len(first))
    ]
    assert Osrm(url, HttpClient()).version(places()[0]) == "spring"


def test_its_line_leads_from_end_to_end(url: str) -> None:
    way = places()[:3]
    line = Osrm(url, HttpClient()).line(way)
    assert len(line) > len(way)
    assert great_circle_m(line[0], way[0]) < 50
    assert great_circle_m(line[-1], way[-1]) < 50


def test_a_block_above_its_limit_is_a_sentence(url: str) -> None:
    with pytest.raises(Failure, match="answered 400, 'Too many table coordinates'"):
        Osrm(url, HttpClient()).block(places()[:11], places()[:11])
