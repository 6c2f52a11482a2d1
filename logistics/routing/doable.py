"""The tasks of a problem that can be done at all, as a problem of their own.

A shipment whose address nobody found, or that was refused on the way, has no option: it goes to a carrier or is left
out whatever is decided. A search need not know of it, and none of them has to say where it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from logistics.routing.construct import Drafts
from logistics.routing.model import Pick, Problem, Task, Vehicle
from logistics.routing.pairs import leader_of


@dataclass(frozen=True, slots=True)
class Doable:
    """A problem without what cannot be done; ``tasks``: what its tasks are in the whole."""

    problem: Problem
    tasks: tuple[int, ...]

    def of_whole(self, drafts: Drafts) -> Drafts:
        """Return routes of the whole in the numbers of the part; what cannot be done is off them."""
        number = _numbers(self.tasks)
        return tuple(
            (vehicle, tuple(tuple(_renamed(pick, number) for pick in trip if pick.task in number) for trip in trips))
            for vehicle, trips in drafts
        )

    def back(self, drafts: Drafts) -> Drafts:
        """Return routes of the part in the numbers of the whole."""
        return tuple(
            (vehicle, tuple(tuple(Pick(self.tasks[pick.task], pick.option) for pick in trip) for trip in trips))
            for vehicle, trips in drafts
        )


def doable(problem: Problem) -> Doable | None:
    """Return the problem without tasks that have no option, nor those that go only together with one; None if all can.

    A carrier's quota is smaller by those of them it takes along.
    """
    stuck = _stuck(problem)
    if not stuck:
        return None
    tasks = tuple(task for task in range(len(problem.tasks)) if task not in stuck)
    number = _numbers(tasks)
    gone = Counter(problem.tasks[task].carrier for task in stuck if problem.tasks[task].leave_cost is not None)
    smaller = replace(
        problem,
        tasks=tuple(_task(problem.tasks[task], number) for task in tasks),
        vehicles=tuple(_vehicle(car, number) for car in problem.vehicles),
        quotas={carrier: max(0, most - gone[carrier]) for carrier, most in problem.quotas.items()},
    )
    return Doable(smaller, tasks)


def _stuck(problem: Problem) -> set[int]:
    """Return what cannot be done: a task without an option, and who fetches for it or brings from it."""
    fixed = {pick.task for car in problem.vehicles for pick in car.fixed}
    leaders = {leader_of(problem, number) for number, noun in enumerate(problem.tasks) if not noun.options}
    return {
        number
        for number, noun in enumerate(problem.tasks)
        if number not in fixed and (number in leaders or noun.brings_from in leaders)
    }


def _numbers(tasks: tuple[int, ...]) -> dict[int, int]:
    return {task: number for number, task in enumerate(tasks)}


def _task(task: Task, number: dict[int, int]) -> Task:
    return task if task.brings_from is None else replace(task, brings_from=number[task.brings_from])


def _vehicle(car: Vehicle, number: dict[int, int]) -> Vehicle:
    return replace(car, fixed=tuple(_renamed(pick, number) for pick in car.fixed)) if car.fixed else car


def _renamed(pick: Pick, number: dict[int, int]) -> Pick:
    return Pick(number[pick.task], pick.option)
