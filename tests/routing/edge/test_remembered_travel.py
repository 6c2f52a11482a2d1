"""What a server said is remembered while there is room, and given to who waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from logistics.kit.errors import Failure, Unavailable
from logistics.kit.geo import Point
from logistics.routing.edge.matrix_source import Geodesic
from logistics.routing.edge.remembered_travel import Found, Memory, NotedTravel, RememberedTravel
from logistics.routing.model import TimeWindow

PLACES = [Point(lat=30 + number / 100, lon=120) for number in range(4)]
MORNING = TimeWindow(0, 43_200)


@dataclass
class Source:
    """Counts what it is asked; fails when it is told to."""

    asked: list[int] = field(default_factory=list)
    is_silent: bool = False

    def matrix(self, points: Sequence[Point], hours: TimeWindow | None = None) -> Found:
        self.asked.append(len(points))
        if self.is_silent:
            raise Failure("the server did not answer", retry=True)
        return Geodesic().matrix(points, hours)

    def path(self, way: Sequence[Point]) -> list[Point]:
        return list(way)[::-1]


def test_a_search_always_asks_and_who_waits_gets_what_it_was_told() -> None:
    source = Source()
    noted = NotedTravel(source, Memory(), "one")
    noted.matrix(PLACES)
    told = noted.matrix(PLACES)
    source.is_silent = True
    at_hand = RememberedTravel(noted)
    assert (at_hand.matrix(PLACES) is told, source.asked) == (True, [4, 4])
    assert at_hand.path(PLACES[:2]) == PLACES[1::-1]


def test_other_places_hours_or_servers_are_asked_for() -> None:
    source, memory = Source(), Memory()
    at_hand = RememberedTravel(NotedTravel(source, memory, "one"))
    at_hand.matrix(PLACES)
    at_hand.matrix(PLACES[:3])
    at_hand.matrix(PLACES, MORNING)
    RememberedTravel(NotedTravel(source, memory, "two")).matrix(PLACES)
    at_hand.matrix(PLACES)
    assert source.asked == [4, 3, 4, 4]


def test_silence_is_a_refusal_that_says_what_is_missing() -> None:
    with pytest.raises(Unavailable) as refusal:
        RememberedTravel(NotedTravel(Source(is_silent=True), Memory(), "one")).matrix(PLACES)
    assert (refusal.value.refusal_code, refusal.value.status) == ("travel_unavailable", 503)
    assert refusal.value.detail == "the server did not answer; try again later."


def test_the_longest_unused_is_forgotten_first() -> None:
    memory, found = Memory(pairs_max=2 * 16), Geodesic().matrix(PLACES)
    memory.note("a", found)
    memory.note("b", found)
    assert memory.find("a") is found
    memory.note("c", found)
    assert [memory.find(key) is not None for key in "abc"] == [True, False, True]
    memory.note("large", Geodesic().matrix(PLACES * 2))
    assert [memory.find(key) for key in ("a", "c", "large")] == [None, None, None]
