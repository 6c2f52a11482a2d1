"""OR-Tools in a process of its own: what it found is heard, and it ends when nobody wants more."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

import pytest

from logistics.routing.construct import Drafts
from logistics.routing.edge import ortools_process, ortools_solver
from logistics.routing.edge.solving import Broke, Died, Found, Limits
from logistics.routing.model import Pick, Problem
from tests.routing.builders import line_problem, van

DAY = line_problem([0, 30, 10, 20], vehicles=[van(0, capacity=(2,)), van(1)])
ONE = ((0, ((Pick(0),),)),)


def dies(problem: Problem, limits: Limits, started_s: float, start: Drafts, line: Connection) -> None:
    line.send(Found(0.1, 1, ONE))
    os._exit(1)


def breaks(problem: Problem, limits: Limits, started_s: float, start: Drafts, line: Connection) -> None:
    line.send(Broke("ValueError: 42"))


def dawdles(problem: Problem, limits: Limits, started_s: float, start: Drafts, line: Connection) -> None:
    line.send(Found(0.1, 1, ONE))
    time.sleep(60)


def ask(seconds: float, wanted: Callable[[], bool] = lambda: True) -> tuple[Drafts, list[Drafts]]:
    found: list[Drafts] = []
    with ThreadPoolExecutor(1) as unused:
        limits = Limits(seconds=seconds, rounds_max=20)
        best = ortools_process.solve(DAY, limits, unused, lambda drafts, _: found.append(drafts), wanted)
    return best, found


def test_what_it_finds_is_handed_over() -> None:
    best, found = ask(5)
    assert best == found[-1]
    assert sorted(pick.task for _, trips in best for trip in trips for pick in trip) == [0, 1, 2]


@pytest.mark.parametrize(("fault", "why"), [(dies, "ended early"), (breaks, "ValueError: 42")])
def test_a_process_that_gives_up_is_said(monkeypatch: pytest.MonkeyPatch, fault: Callable[..., None], why: str) -> None:
    monkeypatch.setattr(ortools_solver, "solve_in_process", fault)
    with pytest.raises(Died, match=why):
        ask(5)


def test_it_ends_as_soon_as_nobody_wants_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ortools_solver, "solve_in_process", dawdles)
    asked = iter([True] * 20)
    began_s = time.monotonic()
    ask(60, lambda: next(asked, False))
    assert time.monotonic() - began_s < 30
