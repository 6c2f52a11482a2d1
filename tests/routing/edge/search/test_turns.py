"""Time and rounds dealt to turns."""

import pytest

from logistics.routing.edge.search import turns as module
from logistics.routing.edge.search.turns import Turns
from logistics.routing.edge.solving import Limits


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give a clock that stands still until told otherwise."""
    moment = [100.0]
    monkeypatch.setattr(module, "monotonic_s", lambda: moment[0])
    return moment


def test_a_turn_has_its_share_or_what_is_left(now: list[float]) -> None:
    turns = Turns(Limits(10.0, cores=1, seed=7), lambda: True, now[0])
    assert turns.next(0.5) == Limits(5.0, cores=1, seed=7)
    now[0] += 8.0
    assert turns.passed_s == 8.0
    assert turns.next(0.5) == Limits(2.0, cores=1, seed=7)
    now[0] += 2.0
    assert turns.next(0.5) is None


def test_rounds_are_dealt_too_and_never_none(now: list[float]) -> None:
    turns = Turns(Limits(60.0, rounds_max=10), lambda: True, now[0])
    assert [turns.next(share) for share in (0.25, 0.01)] == [Limits(15.0, 3), Limits(0.6, 1)]


def test_what_has_no_turn_may_go_on_for_its_share_and_never_beyond_the_end(now: list[float]) -> None:
    turns = Turns(Limits(10.0), lambda: True, now[0])
    goes_on = turns.has_time(0.3)
    now[0] += 2.9
    assert goes_on()
    now[0] += 0.2
    assert not goes_on()
    late = turns.has_time(0.9)
    now[0] += 6.8
    assert late()
    now[0] += 0.2
    assert not late()


def test_where_rounds_are_counted_the_clock_says_nothing(now: list[float]) -> None:
    goes_on = Turns(Limits(10.0, rounds_max=5), lambda: True, now[0]).has_time(0.1)
    now[0] += 1000.0
    assert goes_on()


def test_what_nobody_wants_any_more_has_no_turn(now: list[float]) -> None:
    wanted = [True]
    turns = Turns(Limits(10.0, rounds_max=5), lambda: wanted[0], now[0])
    goes_on = turns.has_time(0.5)
    assert goes_on()
    wanted[0] = False
    assert not goes_on()
    assert turns.next(0.5) is None
