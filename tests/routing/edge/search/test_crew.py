from collections.abc import Iterator
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.edge.pyvrp_solver import Orders
from logistics.routing.edge.search.crew import Crew, Job
from tests.routing.builders import line_problem
from tests.routing.edge.search.inline import Inline

PROBLEM = line_problem([0, 10, 20])
ORDERS = Orders(seconds=10, rounds_max=5)


class Deaf(Executor):
    """Takes jobs and never does them."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ARG002 - it does nothing with them
        """Forget it."""
        return Future()


def test_answers_come_with_the_numbers_of_their_jobs() -> None:
    executor = Inline()
    smaller = line_problem([0, 10])
    found = Crew(executor, 2, lambda: True).ask([(PROBLEM, (), ORDERS), (smaller, (), ORDERS), (PROBLEM, (), ORDERS)])
    assert [len(found[number].drafts[0][1][0]) for number in range(3)] == [2, 1, 2]
    assert len({order.ticket for _, _, order in executor.asked}) == 1
    assert executor.asked[0][2].ticket > 0


@pytest.mark.parametrize(("cores", "order"), [(2, ["1", "2", "told", "3"]), (3, ["1", "2", "3", "told"])])
def test_what_is_done_meanwhile_is_done_once_all_are_busy(cores: int, order: list[str]) -> None:
    executor, seen = Inline(), []

    def jobs() -> Iterator[Job]:
        for _ in range(3):
            yield PROBLEM, (), ORDERS
            seen.append(str(len(executor.asked)))

    Crew(executor, cores, lambda: True).ask(jobs(), meanwhile=lambda: seen.append("told"))
    assert seen == order


def test_the_first_sent_is_the_first_taken() -> None:
    crew = Crew(Inline(), 1, lambda: True)
    for number, problem in enumerate((PROBLEM, line_problem([0, 10]))):
        crew.send(number, (problem, (), ORDERS))
    until_s = monotonic_s() + 10
    sizes = [len(answer.drafts[0][1][0]) for answer in (crew.oldest(until_s), crew.oldest(until_s)) if answer]
    assert (sizes, crew.oldest(until_s)) == ([2, 1], None)


def test_nobody_waits_for_what_is_not_wanted_or_too_late() -> None:
    turns = iter([True, True, False])
    crew = Crew(Deaf(), 1, lambda: next(turns, False))
    assert crew.ask([(PROBLEM, (), ORDERS), (PROBLEM, (), ORDERS)]) == {}
    late = Crew(Deaf(), 1, lambda: True)
    late.send(0, (PROBLEM, (), ORDERS))
    assert late.is_busy
    assert late.oldest(monotonic_s() + 0.01) is None
    late.call_off()
    assert not late.is_busy
