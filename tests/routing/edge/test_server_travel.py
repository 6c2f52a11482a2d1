"""Travel from a server as a plan sees it: whole tables of blocks, kept by version, findings, hours, silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from logistics.kit.edge.http_client import HttpClient
from logistics.kit.errors import Failure
from logistics.kit.geo import Point, great_circle_m
from logistics.routing.edge.osrm_source import Osrm
from logistics.routing.edge.server_travel import PATTERNS_MAX, ServerTravel, gaps
from logistics.routing.edge.speed_profile import Part, SpeedProfile
from logistics.routing.edge.table_cache import TableCache
from logistics.routing.matrix import UNREACHABLE, HourlyMatrix
from logistics.routing.model import TimeWindow
from tests.routing.edge.table_servers import Fault, Server, serving, speak_osrm

FREE = SpeedProfile((Part(0, 100),))
RUSH = SpeedProfile((Part(0, 100), Part(8 * 3600, 200, {"motorway": 300, "primary": 300})))
TOWN = [Point(lat=30 + number % 5 / 100, lon=120 + number // 5 / 100) for number in range(25)]
ISLAND, NOWHERE = Point(lat=31.0, lon=120.0), Point(lat=50.0, lon=120.0)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(speak_osrm) as one:
        yield one


def travel_of(
    server: Server, profile: SpeedProfile = FREE, folder: Path | None = None, side_max: int = 10, version: str = ""
) -> ServerTravel:
    client = HttpClient(timeout_s=5.0, pause=lambda _s: None)
    return ServerTravel(Osrm(server.url, client, side_max), profile, TableCache(folder), version)


def test_blocks_make_a_whole(server: Server) -> None:
    server.side_max = 10
    travel, findings = travel_of(server).matrix(TOWN)
    assert (server.tables(), findings) == (9, ())
    for origin, a in enumerate(TOWN):
        for target, b in enumerate(TOWN):
            assert travel.travel_m(origin, target) == pytest.approx(great_circle_m(a, b), abs=1)
            assert -0.1 < travel.travel_s(origin, target) - great_circle_m(a, b) / 10 < 1.1  # rounded up


def test_doubled_places_are_asked_for_once_and_answered_each(server: Server) -> None:
    travel, _ = travel_of(server).matrix([TOWN[0], TOWN[1], TOWN[0], Point(lat=TOWN[0].lat + 2e-6, lon=TOWN[0].lon)])
    assert server.asked[-1].count(";") == 3  # two origins, two targets
    assert len(travel) == 4
    assert travel.travel_s(0, 1) == travel.travel_s(3, 1) > 0
    assert travel.travel_s(0, 2) == travel.travel_s(0, 3) == 0


def test_no_places_and_one_place(server: Server) -> None:
    assert len(travel_of(server).matrix([])[0]) == 0
    server.off_m[TOWN[0]] = 800
    travel, findings = travel_of(server).matrix([TOWN[0]])
    assert (travel.travel_s(0, 0), [one.code for one in findings]) == (0, ["off_road"])


def test_who_is_off_the_road_is_told_and_who_is_not_reached_is_cut_off(server: Server) -> None:
    server.off_m = {TOWN[1]: 600, TOWN[2]: 499, TOWN[3]: 30_000}
    travel, findings = travel_of(server).matrix([*TOWN[:5], ISLAND, NOWHERE], TimeWindow(0, 9 * 3600))
    assert [(one.where, one.code) for one in findings] == [
        ("points[1]", "off_road"),
        ("points[3]", "not_reached"),
        ("points[5]", "not_reached"),
        ("points[6]", "not_reached"),
    ]
    assert "600 m" in findings[0].message
    assert [travel.reaches(0, place) for place in range(7)] == [True, True, True, False, True, False, False]
    assert [travel.reaches(place, 0) for place in range(7)] == [True, True, True, False, True, False, False]


def test_the_profile_slows_all_roads_alike(server: Server) -> None:
    travel, _ = travel_of(server, RUSH).matrix(TOWN[:2], TimeWindow(7 * 3600, 10 * 3600))
    assert isinstance(travel, HourlyMatrix)
    free = great_circle_m(TOWN[0], TOWN[1]) / 10
    assert travel.travel_s(0, 1, 7 * 3600) == pytest.approx(free, abs=1)
    assert travel.travel_s(0, 1, 9 * 3600) == pytest.approx(2 * free, abs=1)
    assert travel.travel_s(0, 1) == pytest.approx(1.67 * free, abs=1)  # one hour at 100, two at 200


def test_what_is_known_is_not_asked_again(server: Server, tmp_path: Path) -> None:
    first, _ = travel_of(server, folder=tmp_path).matrix(TOWN[:10])
    assert server.tables() == 1
    again, _ = travel_of(server, folder=tmp_path).matrix(TOWN[:10][::-1])
    assert server.tables() == 1
    assert [again.travel_s(9 - a, 9 - b) for a in range(10) for b in range(10)] == [
        first.travel_s(a, b) for a in range(10) for b in range(10)
    ]
    # One new place among ten: its row, and its column.
    one_more, _ = travel_of(server, folder=tmp_path).matrix([*TOWN[:4], TOWN[20], *TOWN[4:10]])
    assert server.tables() == 1 + 2
    assert one_more.travel_m(4, 5) == pytest.approx(great_circle_m(TOWN[20], TOWN[4]), abs=1)


def test_findings_are_kept_too(server: Server, tmp_path: Path) -> None:
    server.off_m[TOWN[1]] = 700
    asked = [travel_of(server, folder=tmp_path).matrix([*TOWN[:3], ISLAND, NOWHERE])[1] for _ in range(2)]
    assert asked[0] == asked[1]
    assert [one.code for one in asked[0]] == ["off_road", "not_reached", "not_reached"]


def test_another_map_is_asked_anew(server: Server, tmp_path: Path) -> None:
    travel_of(server, folder=tmp_path).matrix(TOWN[:3])
    server.version = "2026-11"
    travel_of(server, folder=tmp_path).matrix(TOWN[:3])
    assert server.tables() == 2


def test_a_server_that_does_not_name_its_map_is_kept_under_the_name_of_the_settings(
    server: Server, tmp_path: Path
) -> None:
    server.version = ""
    for _ in range(2):
        travel_of(server, folder=tmp_path).matrix(TOWN[:3])
    assert server.tables() == 2  # without any name nothing is kept
    for _ in range(2):
        travel_of(server, folder=tmp_path, version="spring").matrix(TOWN[:3])
    assert server.tables() == 3


def test_a_map_that_changes_while_it_is_asked_is_not_kept(server: Server, tmp_path: Path) -> None:
    speak = server.speak

    def changing(one: Server, path: str, params: dict[str, str], body: object) -> tuple[int, object]:
        one.version = f"map {len(one.asked)}"
        return speak(one, path, params, body)

    server.speak = changing
    travel_of(server, folder=tmp_path).matrix(TOWN[:3])
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_takes_for_ever_is_given_up(server: Server) -> None:
    ticks = iter(range(0, 90_000, 250))
    client = HttpClient(timeout_s=5.0, pause=lambda _s: None)
    slow = ServerTravel(Osrm(server.url, client, 5), FREE, now_s=lambda: float(next(ticks)))
    with pytest.raises(Failure, match="too slow to plan with: 2 of 25 parts after 600 s"):
        slow.matrix(TOWN)


def test_a_server_that_fails_fails_the_table_and_straightens_the_lines(server: Server) -> None:
    source = travel_of(server)
    assert source.path(TOWN[:3]) == TOWN[:3]
    server.faults = [Fault(503)] * 99
    with pytest.raises(Failure, match="503"):
        source.matrix(TOWN[:3])
    asked = len(server.asked)
    assert [source.path(TOWN[:2]), source.path(TOWN[:3])] == [TOWN[:2], TOWN[:3]]
    assert len(server.asked) == asked + 3  # tried three times for the first line, not at all for the second
    assert source.path([]) == []


def test_a_line_that_is_refused_does_not_silence_the_others(server: Server) -> None:
    source = travel_of(server)
    server.faults = [Fault(400, '{"code": "NoRoute", "message": "Impossible route between points"}')]
    assert source.path(TOWN[:2]) == TOWN[:2]
    source.path(TOWN[:2])
    assert len(server.asked) == 2


@pytest.mark.parametrize("seed", range(6))
def test_blocks_hold_every_gap_and_keep_to_the_limit(seed: int) -> None:
    chance = np.random.default_rng(seed)
    size = int(chance.integers(2, 40))
    unknown = chance.random((size, size)) < (0.02, 0.9)[seed % 2]
    np.fill_diagonal(unknown, val=False)
    held = np.zeros_like(unknown)
    for rows, columns in gaps(unknown, 7):
        assert len(rows) <= 7
        assert len(columns) <= 7
        held[np.ix_(rows, columns)] = True
    assert not (unknown & ~held).any()


def test_very_different_gaps_are_asked_for_together() -> None:
    size = PATTERNS_MAX + 5
    unknown = np.eye(size, k=1, dtype=bool)  # each row has a gap of its own
    assert len(list(gaps(unknown, 100))) == 1


def test_travel_that_is_not_there_is_not_reckoned_with(server: Server) -> None:
    travel, _ = travel_of(server, RUSH).matrix([TOWN[0], ISLAND], TimeWindow(7 * 3600, 10 * 3600))
    assert travel.travel_s(0, 1) == UNREACHABLE
    assert travel.travel_s(0, 1, 9 * 3600) >= UNREACHABLE
