from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from logistics.routing.construct import complete, fixed_beginnings
from logistics.routing.cost import plan_cost, weight
from logistics.routing.edge.search import ruin
from logistics.routing.edge.search.ruin import ARC_SHARE, CHUNK, day_of, natural_temperature, search, temperature_of
from logistics.routing.edge.search.ruin_orders import Orders
from logistics.routing.edge.search.trips import with_trips
from logistics.routing.model import Option, Pick, Problem, ServiceLevel, TimeWindow
from logistics.routing.schedule import schedule_plan
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, task, van
from tests.routing.edge.search.ruin_days import played_day, random_day, searched
from tests.routing.edge.search.towns import town
from tests.routing.tiny import every_plan, tiny


@pytest.mark.parametrize("seed", range(30))
def test_what_it_claims_is_what_the_judge_says(seed: int) -> None:
    problem = random_day(seed)
    answer = searched(problem)
    plan = complete(problem, answer.drafts)
    assert check_plan(problem, plan) == ()
    assert (answer.missing, answer.cost) == weight(problem, plan)


@pytest.mark.parametrize("seed", range(40))
def test_of_days_that_are_played_through_it_claims_no_less_than_the_judge_says(seed: int) -> None:
    """The judge leaves later where hours or rests make that cheaper."""
    problem = played_day(seed)
    answer = searched(problem, rounds=1500)
    plan = complete(problem, with_trips(problem, answer.drafts))
    assert check_plan(problem, plan) == ()
    missing, cost = weight(problem, plan)
    assert missing == answer.missing
    assert cost <= answer.cost


def cheapest(problem: Problem) -> int:
    """Try every plan of the tiny day."""
    costs = []
    for trips, carrier in every_plan(problem):
        routes = [(vehicle, (picks,)) for vehicle, picks in enumerate(trips)]
        plan = schedule_plan(problem, routes, to_carrier=[2] if carrier else [])
        if not check_plan(problem, plan):
            costs.append(plan_cost(problem, plan).total)
    return min(costs)


def test_the_tiny_day_is_solved_to_the_optimum() -> None:
    problem = tiny()
    answer = searched(problem)
    assert (answer.missing, answer.cost) == (0, cheapest(problem))


def test_of_several_windows_one_is_met() -> None:
    """Who comes at 10 waits for 30; the second place, 10 farther, closes at 15 and opens again at 60."""
    tasks = [
        task(0, Option(1, (TimeWindow(0, 5), TimeWindow(30, 40)))),
        task(1, Option(2, (TimeWindow(0, 15), TimeWindow(60, 70)))),
    ]
    problem = line_problem([0, 10, 20], tasks=tasks)
    answer = searched(problem)
    plan = complete(problem, answer.drafts)
    assert check_plan(problem, plan) == ()
    assert answer.missing == 0
    again = search(day_of(problem), answer.drafts, Orders(seconds=60.0, rounds_max=1))
    assert (again.missing, again.cost) == (0, answer.cost)


def test_the_same_seed_finds_the_same_plan() -> None:
    problem = random_day(5)
    assert searched(problem, seed=3).drafts == searched(problem, seed=3).drafts


def test_a_vehicle_is_saved_where_that_is_asked_for() -> None:
    """Ten and ten on one side, one trip of each van reaches all; both drive 80 m, the second costs 5 more."""
    problem = line_problem([0, 10, 20, -10, -20], vehicles=[van(0, cost_fixed=5), van(1, cost_fixed=5)])
    start = ((0, ((Pick(0), Pick(1)),)), (1, ((Pick(2), Pick(3)),)))
    fewer = search(day_of(problem), start, Orders(seconds=60.0, rounds_max=200, fewer=True))
    assert len(fewer.drafts) == 1
    assert fewer.missing == 0


@pytest.mark.parametrize(("route_price", "routes", "cost"), [(0, 2, 40), (5, 2, 40), (20, 1, 47)])
def test_where_routes_cost_more_one_route_is_best_though_two_cost_less(
    route_price: int, routes: int, cost: int
) -> None:
    """Ten on either side of the depot: each van drives 20 for its own; one that does both pays 7 for the other's."""
    problem = line_problem(
        [0, 10, -10],
        tasks=[task(0, vehicle_cost={"van1": 7}), task(1, vehicle_cost={"van0": 7})],
        vehicles=[van(0), van(1)],
    )
    start = ((0, ((Pick(0),),)), (1, ((Pick(1),),)))
    answer = search(day_of(problem), start, Orders(seconds=60.0, rounds_max=300, route_price=route_price))
    assert (len(answer.drafts), answer.cost) == (routes, cost)


@pytest.mark.parametrize("seed", range(5))
def test_who_goes_on_gets_the_plan_as_it_stands_dearer_or_not(seed: int) -> None:
    """From a good plan, so hot that it melts: the best one seen is the one it began with."""
    problem = town(60)
    start = search(day_of(problem), (), Orders(60.0, rounds_max=3000)).drafts
    hot = Orders(60.0, seed=seed, rounds_max=1000, heat=(4.0, 3.0), pools=False)
    best, stands = (search(day_of(problem), start, replace(hot, best_from=best_from)) for best_from in (0.0, 1.0))
    before = weight(problem, complete(problem, start))
    assert (best.missing, best.cost) <= before < (stands.missing, stands.cost)
    plan = complete(problem, stands.drafts)
    assert check_plan(problem, plan) == ()
    assert (stands.missing, stands.cost) == weight(problem, plan)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_is_looked_for_from_a_share_of_the_time_on(seed: int) -> None:
    """Hot all along, from a good plan: none is as good again, but some are better than the last one."""
    problem = town(60)
    start = search(day_of(problem), (), Orders(60.0, rounds_max=3000)).drafts
    hot = Orders(60.0, seed=seed, rounds_max=4 * CHUNK, heat=(4.0, 3.0), pools=False)
    costs = [search(day_of(problem), start, replace(hot, best_from=share)).cost for share in (0.0, 0.5, 1.0)]
    assert costs == sorted(set(costs))


def test_a_start_that_breaks_rules_is_not_kept() -> None:
    """Three pieces in a van for two: the route is taken apart, and what fits goes in again."""
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,)), van(1, capacity=(2,))])
    start = ((0, ((Pick(0), Pick(1), Pick(2)),)),)
    answer = search(day_of(problem), start, Orders(seconds=60.0, rounds_max=50))
    assert check_plan(problem, complete(problem, answer.drafts)) == ()
    assert answer.missing == 0


def test_what_cannot_all_be_done_leaves_out_the_least_urgent() -> None:
    """One van for one piece: of priorities 0, 2, 1 the second stays; 1 + 0 and 1 + 1 are left out."""
    tasks = [task(0, priority=0), task(1, priority=2), task(2, priority=1)]
    answer = searched(line_problem([0, 10, 20, 30], tasks=tasks, vehicles=[van(0, capacity=(1,))]))
    assert answer.drafts == ((0, ((Pick(1),),)),)
    assert answer.missing == 3


def test_the_pool_holds_the_routes_of_the_best_plan() -> None:
    answer = searched(random_day(2))
    assert sum(column[2] for column in answer.columns) > 0


def test_the_natural_temperature_is_the_median_way_to_the_nearest() -> None:
    """Three places at 10, 20, 40: the ways are 10, 30; 10, 20; 20, 30: the median of 10 10 20 20 30 30 is 20."""
    assert natural_temperature(day_of(line_problem([0, 10, 20, 40])).tables) == 20.0


def test_a_plan_of_long_ways_is_hotter_than_its_places_are_near() -> None:
    """Three at 100, 101, 102: their ways are 1 in the median, but each route pays 100, 101 or 102 for an arc."""
    day = day_of(line_problem([0, 100, 101, 102], vehicles=[van(0), van(1), van(2)]))
    assert temperature_of(day, ()) == 1.0
    apart = tuple((number, ((Pick(number),),)) for number in range(3))
    assert temperature_of(day, apart) == pytest.approx(ARC_SHARE * 101.0)


def test_routes_are_collected_only_for_who_wants_them() -> None:
    day = day_of(random_day(5))
    orders = Orders(seconds=60.0, rounds_max=400)
    with_pool, without = search(day, (), orders), search(day, (), replace(orders, pools=False))
    assert with_pool.columns
    assert without.columns == ()
    assert without.drafts == with_pool.drafts


def test_it_stops_in_time_however_long_its_last_rounds_take(monkeypatch: pytest.MonkeyPatch) -> None:
    """A round takes 0.1 ms by this clock; chunks alone, of 50 ms, would end 30 ms too late."""
    now_s = [100.0]

    def slow(_tables: object, _state: object, rounds: int, *_others: object) -> int:
        now_s[0] += rounds * 1e-4
        return 0

    monkeypatch.setattr(ruin, "monotonic_s", lambda: now_s[0])
    monkeypatch.setattr(ruin, "anneal", slow)
    search(day_of(random_day(5)), (), Orders(seconds=0.52))
    assert 0.52 <= now_s[0] - 100.0 < 0.525


def test_where_rounds_are_counted_the_clock_does_not_cool_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    day, orders = day_of(random_day(1)), Orders(seconds=60.0, rounds_max=2_000)
    heats: dict[float, list[float]] = {}
    for tick_s in (0.001, 1.0):
        clock, seen = itertools.count(), heats.setdefault(tick_s, [])
        monkeypatch.setattr(ruin, "monotonic_s", lambda clock=clock, tick_s=tick_s: next(clock) * tick_s)
        monkeypatch.setattr(ruin, "anneal", lambda *given, seen=seen: seen.append(given[3][0]))
        assert search(day, (), orders).rounds == 2_000
    assert heats[0.001] == heats[1.0] == sorted(heats[1.0], reverse=True)
    assert len(set(heats[1.0])) == 4  # it looks at the clock every 500 rounds


def test_what_is_fixed_stays_even_where_a_plan_is_begun_anew() -> None:
    """The fixed visit alone misses the service level, and another one is late: the rest of the start is given up."""
    tasks = [task(0), task(1), task(2), task(3, Option(4, preference=1))]
    cars = [van(0, cost_per_m=9, fixed=(Pick(3),)), van(1)]
    problem = line_problem([0, 10, 20, 30, 40], tasks=tasks, vehicles=cars, levels=(ServiceLevel(0, 70),))
    for start in (fixed_beginnings(problem), ((0, ((Pick(3),),)), (1, ((Pick(0),),)))):
        found = search(day_of(problem), start, Orders(seconds=60.0, rounds_max=2_000))
        assert found.missing == 0
        assert check_plan(problem, complete(problem, found.drafts)) == ()
    late = replace(problem, levels=(), vehicles=(replace(cars[0], shift=TimeWindow(0, 30)), cars[1]))
    kept = search(day_of(late), fixed_beginnings(late), Orders(seconds=60.0, rounds_max=500))
    assert [trips[0][0] for vehicle, trips in kept.drafts if vehicle == 0] == [Pick(3)]
