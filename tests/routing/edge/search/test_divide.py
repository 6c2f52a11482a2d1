from random import Random

import numpy as np
import pytest

from logistics.routing.construct import complete
from logistics.routing.cost import plan_cost
from logistics.routing.edge.search.divide import Share, cut_out, deal_spares, halve, most_different, split
from logistics.routing.matrix import PlaneTravel, TravelMatrix
from logistics.routing.model import Option, Pick, Problem, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, task, van
from tests.routing.test_replay import rush


def row(count: int = 12, vans: int = 6) -> Problem:
    """Places 1..count along a street."""
    return line_problem(list(range(count + 1)), vehicles=[van(number) for number in range(vans)])


def routes(*groups: tuple[int, ...]) -> Share:
    return Share(tuple((car, (tuple(Pick(task) for task in group),)) for car, group in enumerate(groups)), ())


def _tasks_of(share: Share) -> list[int]:
    return [pick.task for _, trips in share.routes for pick in trips[0]] + list(share.loose)


def test_a_part_costs_what_its_routes_cost_in_the_whole() -> None:
    shop = Option(4, service_s=3, windows=(TimeWindow(0, 900),))
    tasks = [task(0), task(1, Option(2, cost=4), shop), task(2), task(3)]
    cars = [van(0), van(1, start=5, end=None, depot=3, cost_fixed=6, trips_max=2), van(2)]
    problem = line_problem([0, 7, 19, 23, 40, 61], tasks=tasks, vehicles=cars, setup_s=2)
    share = Share(((1, ((Pick(3),), (Pick(1, 1),))),), (2,))
    part = cut_out(problem, share, [0])
    assert (part.tasks, part.vehicles) == ((3, 1, 2), (1, 0))
    assert part.back(part.drafts) == share.routes
    plan = complete(part.problem, part.drafts)
    assert not check_plan(part.problem, plan)
    assert plan_cost(part.problem, plan) == plan_cost(problem, complete(problem, share.routes))
    assert len(part.problem.places) == 5  # 4, 2 and 3 for the tasks, 5 and 3 for one vehicle, 0 for the other


def test_a_part_drives_at_the_hours_of_the_whole_and_begins_with_what_is_fixed() -> None:
    places = [0, 7, 19, 23]
    cars = [van(0), van(1, fixed=(Pick(2), Pick(0)))]
    problem = line_problem(places, vehicles=cars, travel=(rush(places, begins_s=30, factor=3),))
    share = Share(((1, ((Pick(2), Pick(0)),)),), ())
    part = cut_out(problem, share, [])
    assert part.back(((0, (part.problem.vehicles[0].fixed,)),)) == share.routes
    ours, whole = complete(part.problem, part.drafts), complete(problem, share.routes)
    arrivals = [stop.arrive_s for stop in ours.routes[0].stops]
    assert arrivals == [stop.arrive_s for stop in whole.routes[0].stops]
    assert arrivals[-1] > 30


def test_a_part_of_a_plane_is_a_plane_and_equal_arrays_are_sent_once() -> None:
    xy = np.asarray([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])
    problem = line_problem([0, 1, 2], travel=(PlaneTravel(xy, 2.0),))
    part = cut_out(problem, routes((1,)), [])
    assert isinstance(part.problem.travel[0], PlaneTravel)
    assert part.problem.travel[0].travel_m(0, 1) == 20
    matrix = cut_out(row(), routes((1,)), []).problem.travel[0]
    assert isinstance(matrix, TravelMatrix)
    assert matrix.seconds is matrix.metres


@pytest.mark.parametrize("seed", range(5))
def test_a_street_is_cut_at_one_place_and_nothing_is_lost(seed: int) -> None:
    share = Share(routes((0, 1), (2, 3), (4, 5), (6, 7)).routes, (8, 9, 10, 11))
    one, other = halve(row(), share, Random(seed))
    sides = [sorted(_tasks_of(half)) for half in (one, other)]
    assert sorted(sides) == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]] or {len(side) for side in sides} == {4, 8}
    assert sorted(sides[0] + sides[1]) == list(range(12))
    assert max(min(sides)) < min(max(sides))  # no place of one half lies within the other


@pytest.mark.parametrize(("count", "sizes"), [(1, {12}), (2, {6}), (3, {4}), (4, {2, 4}), (6, {2}), (9, {2})])
def test_it_is_cut_into_so_many_parts_of_the_same_work(count: int, sizes: set[int]) -> None:
    share = routes((0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11))
    parts = split(row(), share, Random(1), count)
    assert {part.size for part in parts} == sizes
    assert len(parts) == min(count, 6)  # a route stays whole
    assert sorted(task for part in parts for task in _tasks_of(part)) == list(range(12))


def test_vehicles_that_stand_by_are_dealt_once_and_few() -> None:
    shares = [routes((0,)), Share(((1, ((Pick(1),),)),), ())]
    kinds = [[0, 1, 2, 3, 4], [5], list(range(6, 100))]
    hands = deal_spares(kinds, shares, Random(1))
    dealt = hands[0] + hands[1]
    assert len(set(dealt)) == len(dealt)
    assert {2, 3, 4, 5} <= set(dealt)
    assert not {0, 1} & set(dealt)
    assert sum(car >= 6 for car in dealt) == 4  # two for each of two shares


def test_of_several_cuts_the_one_least_like_the_last_is_made() -> None:
    last = [routes((0, 1), (2, 3)), routes((4, 5), (6, 7))]
    across = [routes((0, 1), (4, 5)), routes((2, 3), (6, 7))]
    turned = [last[1], last[0]]
    assert most_different([last, turned, across], last) is across
    assert most_different([last, across], []) is last
