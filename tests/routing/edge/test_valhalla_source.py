"""What is asked of Valhalla and how its answers are read, over HTTP on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from logistics.kit.edge.http_client import HttpClient
from logistics.kit.errors import Failure
from logistics.kit.geo import Point, great_circle_m
from logistics.routing.edge.off_road import NOWHERE_M
from logistics.routing.edge.valhalla_source import Valhalla, decoded
from logistics.routing.matrix import UNREACHABLE
from tests.routing.edge.table_servers import Fault, Server, serving, speak_valhalla

A, B, C = Point(lat=30.0, lon=120.0), Point(lat=30.0, lon=120.01), Point(lat=30.01, lon=120.0)
ISLAND, NOWHERE = Point(lat=31.0, lon=120.0), Point(lat=50.0, lon=120.0)
LOCATED = Fault(200, json.dumps([{"edges": [{"correlated_lat": 30.0, "correlated_lon": 120.0}]}] * 2))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(speak_valhalla) as one:
        one.side_max = 50
        yield one


def valhalla(server: Server) -> Valhalla:
    return Valhalla(server.url, HttpClient(timeout_s=5.0, pause=lambda _s: None))


def test_a_block_is_read(server: Server) -> None:
    server.off_m[B] = 700
    block = valhalla(server).block([A, B], [C, A])
    metres = great_circle_m(A, C)
    assert block.seconds[0, 0] == pytest.approx(metres / 10, abs=0.6)
    assert block.metres[0, 0] == pytest.approx(metres, abs=0.6)
    assert block.origins_off_m[0] == 0
    assert block.origins_off_m[1] == pytest.approx(700, abs=1)


def test_the_version_is_that_of_the_tiles(server: Server) -> None:
    assert valhalla(server).version(A) == "3.9.1/1795336322"


def test_places_are_located_once(server: Server) -> None:
    one = valhalla(server)
    one.block([A], [B])
    one.block([A, C], [B])
    assert server.asked == ["/locate", "/sources_to_targets", "/locate", "/sources_to_targets"]
    one.block([A, C], [B])
    assert server.asked[4:] == ["/sources_to_targets"]


def test_an_island_and_a_desert_do_not_spoil_the_others(server: Server) -> None:
    one = valhalla(server)
    points = [A, ISLAND, B, NOWHERE, C]
    block = one.block(points, points)
    assert (block.seconds < UNREACHABLE).tolist() == [
        [True, False, True, False, True],
        [False, True, False, False, False],
        [True, False, True, False, True],
        [False] * 5,
        [True, False, True, False, True],
    ]
    assert block.targets_off_m[3] == NOWHERE_M
    assert block.targets_off_m[1] == 0
    # What is learnt of regions holds for the next block, with places that were not among the first.
    far = Point(lat=31.0, lon=120.02)
    assert (one.block([A, ISLAND], [far, B]).seconds < UNREACHABLE).tolist() == [[False, True], [True, False]]


@pytest.mark.parametrize("fault", [Fault(503), Fault(cut=True)])
def test_a_passing_trouble_is_asked_again(server: Server, fault: Fault) -> None:
    server.faults = [fault]
    assert valhalla(server).block([A], [B]).seconds[0, 0] > 0


def test_a_no_is_not_asked_again(server: Server) -> None:
    server.side_max = 1
    with pytest.raises(Failure, match="answered 400, 'Exceeded max locations"):
        valhalla(server).block([A, B], [A, B])
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(200, "no JSON")],
        [Fault(200, "{}")],
        [Fault(200, "[]")],
        [Fault(200, "[3, 4]")],
        [Fault(200, '[{"edges": [{}]}, {"edges": []}]')],
        [LOCATED, Fault(200, "{}")],
        [LOCATED, Fault(200, '{"sources_to_targets": {}, "units": "miles"}')],
        [LOCATED, Fault(200, '{"sources_to_targets": {"durations": [[1]]}, "units": "kilometers"}')],
    ],
)
def test_garbage_is_a_failure_and_no_figure(server: Server, faults: list[Fault]) -> None:
    server.faults = list(faults)
    with pytest.raises(Failure) as failure:
        valhalla(server).block([A], [B])
    assert not failure.value.retry


def test_a_server_that_parts_a_place_from_itself_is_not_believed(server: Server) -> None:
    server.faults = [LOCATED, *[Fault(400, '{"error_code": 170}')] * 20]
    with pytest.raises(Failure, match="which places hang together"):
        valhalla(server).block([A, B], [A, B])


def test_a_line_is_decoded(server: Server) -> None:
    one = valhalla(server)
    line = one.line([A, B])
    assert line == [Point(lat=29.999984, lon=120.000158), Point(lat=29.999476, lon=120.000089)]
    server.faults = [Fault(200, '{"trip": {"legs": [{}]}}')]
    with pytest.raises(Failure, match="its route has no line"):
        one.line([A, B])


def test_the_alphabet_of_lines() -> None:
    # The example of the format's own description, with six decimals instead of five.
    assert decoded("_p~iF~ps|U_ulLnnqC") == [Point(lat=3.85, lon=-12.02), Point(lat=4.07, lon=-12.095)]
