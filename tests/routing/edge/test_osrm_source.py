"""What is asked of OSRM and how its answers are read, over HTTP on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest

from logistics.kit.edge.http_client import TRIES, HttpClient
from logistics.kit.errors import Failure
from logistics.kit.geo import Point, great_circle_m
from logistics.routing.edge.off_road import NOWHERE_M
from logistics.routing.edge.osrm_source import Osrm
from logistics.routing.matrix import UNREACHABLE
from tests.ports import free_port
from tests.routing.edge.table_servers import Fault, Server, serving, speak_osrm

A, B, C = Point(lat=30.0, lon=120.0), Point(lat=30.0, lon=120.01), Point(lat=30.01, lon=120.0)
ISLAND, NOWHERE = Point(lat=31.0, lon=120.0), Point(lat=50.0, lon=120.0)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(speak_osrm) as one:
        yield one


def osrm(server: Server, timeout_s: float = 5.0) -> Osrm:
    return Osrm(server.url, HttpClient(timeout_s=timeout_s, pause=lambda _s: None))


def test_a_block_is_read(server: Server) -> None:
    server.off_m[B] = 12
    block = osrm(server).block([A, B], [C, A, ISLAND])
    metres = great_circle_m(A, C)
    assert block.seconds[0, 0] == pytest.approx(metres / 10, abs=0.1)
    assert block.metres[0, 0] == round(metres)
    assert (block.seconds[0, 1], block.metres[0, 1]) == (0, 0)
    assert (block.seconds[1, 2], block.metres[1, 2]) == (UNREACHABLE, UNREACHABLE)
    assert (block.origins_off_m.tolist(), block.targets_off_m.tolist()) == ([0, 12], [0, 0, 0])
    assert block.version == "2026-10"


def test_the_version_is_that_of_the_map(server: Server) -> None:
    assert osrm(server).version(A) == "2026-10"
    server.version = ""
    assert osrm(server).version(A) == ""


def test_a_place_without_a_road_does_not_spoil_the_others(server: Server) -> None:
    block = osrm(server).block([NOWHERE, A], [B, NOWHERE, C])
    assert (block.seconds[1] < UNREACHABLE).tolist() == [True, False, True]
    assert block.seconds[0].tolist() == [UNREACHABLE] * 3
    assert (block.origins_off_m.tolist(), block.targets_off_m.tolist()) == ([NOWHERE_M, 0], [0, NOWHERE_M, 0])
    assert (osrm(server).block([NOWHERE], [A]).seconds == UNREACHABLE).all()


def test_a_line_has_no_doubled_corners(server: Server) -> None:
    assert osrm(server).line([A, B, C, A]) == [A, B, C, A]


def test_a_long_line_is_asked_for_in_parts_that_join(server: Server) -> None:
    way = [Point(lat=30.0, lon=round(120 + number / 1000, 5)) for number in range(150)]
    assert osrm(server).line(way) == way
    assert len(server.asked) == 2
    assert server.asked[1].startswith(f"/route/v1/driving/{way[99].lon:.5f},")  # it begins where the first one ends


@pytest.mark.parametrize("fault", [Fault(503), Fault(502, "<html>"), Fault(cut=True)])
def test_a_passing_trouble_is_asked_again(server: Server, fault: Fault) -> None:
    server.faults = [fault, fault]
    assert osrm(server).block([A], [B]).seconds[0, 0] > 0
    assert len(server.asked) == 3


def test_a_slow_answer_is_not_waited_for_and_asked_again(server: Server) -> None:
    over = threading.Event()
    server.faults = [Fault(after=over)]
    try:
        assert osrm(server, timeout_s=0.3).block([A], [B]).seconds[0, 0] > 0
    finally:
        over.set()
    assert len(server.asked) == 2


@pytest.mark.parametrize(("fault", "word"), [(Fault(503), "503"), (Fault(cut=True), "did not answer")])
def test_a_lasting_trouble_is_a_sentence_after_a_few_tries(server: Server, fault: Fault, word: str) -> None:
    server.faults = [fault] * 9
    with pytest.raises(Failure, match=word) as failure:
        osrm(server).block([A], [B])
    assert failure.value.retry
    assert failure.value.detail.startswith(f"OSRM at {server.url} gives no travel times: it ")
    assert len(server.asked) == TRIES


def test_nobody_there_is_a_sentence() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(Failure, match=f"OSRM at {url} gives no travel times"):
        Osrm(url, HttpClient(pause=lambda _s: None)).version(A)


def test_a_no_is_not_asked_again(server: Server) -> None:
    server.side_max = 1
    with pytest.raises(Failure, match="answered 400, 'Too many table coordinates'") as failure:
        osrm(server).block([A, B], [A, B])
    assert not failure.value.retry
    assert len(server.asked) == 1


FINE = {
    "code": "Ok",
    "durations": [[1.5]],
    "distances": [[9]],
    "sources": [{"distance": 0}],
    "destinations": [{"distance": 0}],
}


@pytest.mark.parametrize(
    "body",
    [
        "<html>no JSON</html>",
        "7",
        "{}",
        json.dumps({**FINE, "durations": [[1, 2]]}),
        json.dumps({**FINE, "durations": [[1], [2]]}),
        json.dumps({**FINE, "durations": [["soon"]]}),
        json.dumps({**FINE, "durations": [[-1]]}),
        json.dumps({**FINE, "durations": [[1e12]]}),
        json.dumps({**FINE, "durations": [[float("nan")]]}),
        json.dumps({**FINE, "durations": 3}),
        json.dumps({**FINE, "distances": None}),
        json.dumps({**FINE, "sources": [{}]}),
        json.dumps({**FINE, "sources": []}),
        json.dumps({**FINE, "destinations": [{"distance": -1}]}),
    ],
)
def test_garbage_is_a_failure_and_no_figure(server: Server, body: str) -> None:
    server.faults = [Fault(200, body)]
    with pytest.raises(Failure) as failure:
        osrm(server).block([A], [B])
    assert not failure.value.retry


@pytest.mark.parametrize(
    "body",
    ["{}", '{"routes": []}', '{"routes": [{"geometry": {"coordinates": [[1]]}}]}',
     '{"routes": [{"geometry": {"coordinates": [[1, 999]]}}]}'],
)  # fmt: skip
def test_a_line_that_is_none_is_a_failure(server: Server, body: str) -> None:
    server.faults = [Fault(200, body)]
    with pytest.raises(Failure, match="its route has no line"):
        osrm(server).line([A, B])
