"""A child has whole routes of both plans, every task once at most, every vehicle once at most."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.routing.construct import Drafts
from logistics.routing.edge.search.crossing import cross
from logistics.routing.model import Pick, Problem
from tests.routing.builders import line_problem, van

TASKS, VANS = 12, 8
KINDS = [[0, 1, 2, 3], [4, 5], [6], [7]]
STREET: Problem = line_problem(list(range(TASKS + 1)), vehicles=[van(number) for number in range(VANS)])


@st.composite
def plans(draw: st.DrawFn) -> Drafts:
    """Draw some tasks on some routes, of one trip or two."""
    tasks = draw(st.permutations(range(TASKS)))
    done = tasks[: draw(st.integers(1, TASKS))]
    cars = draw(st.permutations(range(VANS)))[: draw(st.integers(1, min(VANS, len(done))))]
    cuts = [round(number * len(done) / len(cars)) for number in range(len(cars) + 1)]
    routes = [done[start:end] for start, end in pairwise(cuts)]
    halves = [(one[: len(one) // 2], one[len(one) // 2 :]) for one in routes]
    return tuple(
        (car, tuple(tuple(Pick(task) for task in trip) for trip in half if trip))
        for car, half in zip(cars, halves, strict=True)
    )


def tasks_of(drafts: Drafts) -> list[int]:
    return [pick.task for _, trips in drafts for trip in trips for pick in trip]


@given(plans(), plans(), st.integers(0, 2**32))
def test_nothing_is_done_twice_and_nothing_is_made_up(one: Drafts, other: Drafts, seed: int) -> None:
    child = cross(STREET, one, other, KINDS, Random(seed))
    assert len(set(tasks_of(child))) == len(tasks_of(child))
    assert set(tasks_of(child)) <= set(tasks_of(one)) | set(tasks_of(other))
    cars = [car for car, _ in child]
    assert len(set(cars)) == len(cars)
    assert all(trips and all(trips) for _, trips in child)


@given(plans(), plans(), st.integers(0, 2**32))
def test_who_drives_stands_in_for_who_drove(one: Drafts, other: Drafts, seed: int) -> None:
    like = {car: number for number, kind in enumerate(KINDS) for car in kind}
    child = cross(STREET, one, other, KINDS, Random(seed))
    for car, trips in child:
        before = [who for who, whole in (*one, *other) if set(tasks_of(((0, trips),))) <= set(tasks_of(((0, whole),)))]
        assert like[car] in {like[who] for who in before}


@given(plans(), st.integers(0, 2**32))
def test_a_plan_crossed_with_itself_is_itself(one: Drafts, seed: int) -> None:
    assert sorted(cross(STREET, one, one, KINDS, Random(seed))) == sorted(one)


@pytest.mark.parametrize("seed", range(20))
def test_routes_give_way_to_those_that_do_most_of_the_same(seed: int) -> None:
    """Three neighbouring doors a route; the other plan has them in the opposite order, so each has its counterpart."""
    groups = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (9, 10, 11)]
    one = tuple((car, (tuple(Pick(task) for task in group),)) for car, group in enumerate(groups))
    other = tuple((3 - car, (tuple(reversed(trips[0])),)) for car, trips in one)
    child = cross(STREET, one, other, KINDS, Random(seed))
    assert sorted(tasks_of(child)) == list(range(TASKS))
    new = sorted(trips[0][0].task // 3 for _, trips in child if trips[0][0].task > trips[0][-1].task)
    assert 1 <= len(new) <= 2
    assert new == list(range(new[0], new[0] + len(new)))  # neighbours
