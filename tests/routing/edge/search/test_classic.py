"""Rounds are counted instead of seconds: the same on every machine."""

from dataclasses import replace
from itertools import pairwise, product

import pytest

from logistics.kit.edge.clock import monotonic_s
from logistics.routing.construct import Drafts, complete, fixed_beginnings
from logistics.routing.cost import weight
from logistics.routing.edge.pyvrp_solver import Orders
from logistics.routing.edge.search import breeding, classic, ruin_orders
from logistics.routing.edge.search.classic import solve, takes_turns_late
from logistics.routing.edge.search.pool import Pool
from logistics.routing.edge.search.warming import warm
from logistics.routing.edge.solving import Limits
from logistics.routing.model import Break, Option, Pick, Problem, ServiceLevel, TimeWindow
from logistics.routing.violations import check_plan
from tests.routing.edge.search.inline import Inline
from tests.routing.edge.search.towns import town, town_of_trips

LIMITS_ROUNDS = 700
LIMITS = Limits(seconds=60, rounds_max=LIMITS_ROUNDS, cores=2, seed=5)


@pytest.mark.parametrize("timed", [False, True])
def test_the_plan_gets_better_epoch_by_epoch_and_breaks_nothing(*, timed: bool) -> None:
    problem = town(90, timed=timed)
    seen: list[Drafts] = []
    executor = Inline()
    found = solve(problem, LIMITS, executor, lambda drafts, _seconds: seen.append(drafts))
    assert not check_plan(problem, complete(problem, found))
    weights = [weight(problem, complete(problem, drafts)) for drafts in seen]
    epochs = classic.epochs_of(LIMITS, has_plan=False, late=False)
    assert (len(seen), seen[-1]) == (len(epochs), found)
    true = sum(epoch.early > 0 for epoch in epochs)  # from here on routes cost what they do
    assert weights[true:] == sorted(weights[true:], reverse=True)
    assert weights[-1] == min(weights) < weights[0]
    sizes = [len(part.tasks) for part, _, _ in executor.asked]
    assert len(sizes) == 2 * len(epochs)
    whole = 2 * sum(epoch.early > 0 for epoch in epochs)
    assert set(sizes[:whole]) == {90}  # small enough to look for one route less
    assert all(30 <= size <= 60 for size in sizes[whole:])
    orders = [order for _, _, order in executor.asked if isinstance(order, Orders)]
    assert sum(order.rounds_max or 0 for order in orders) <= LIMITS_ROUNDS
    assert all(order.penalties for order in orders[2:])
    ruins = [order for _, _, order in executor.asked if isinstance(order, ruin_orders.Orders)]
    assert sum(order.rounds_max or 0 for order in ruins) <= LIMITS_ROUNDS * ruin_orders.RUINS_A_ROUND
    heats = [order.heat for order in ruins]
    assert heats == sorted(heats, reverse=True)
    assert (heats[0][0], heats[-1][1]) == pytest.approx(classic.HEAT)


def test_every_plan_told_of_a_day_with_several_trips_can_be_driven() -> None:
    problem = town_of_trips(70)
    seen: list[Drafts] = []
    solve(problem, replace(LIMITS, rounds_max=100), Inline(), lambda drafts, _seconds: seen.append(drafts))
    assert any(len(trips) > 1 for drafts in seen for _, trips in drafts)
    assert [check_plan(problem, complete(problem, drafts)) for drafts in seen] == [()] * len(seen)


def test_what_pyvrp_cannot_express_is_left_to_ruin_and_recreate() -> None:
    """Every van rests; one has a stop to begin with, which stays where it is."""
    problem = town(90)
    due = Break(TimeWindow(100, 2**40), 50)
    first = Pick(7)
    cars = [replace(car, breaks=(due,), fixed=(first,) * (number == 0)) for number, car in enumerate(problem.vehicles)]
    problem, executor = replace(problem, vehicles=tuple(cars)), Inline()
    found = solve(problem, LIMITS, executor, start=fixed_beginnings(problem))
    assert check_plan(problem, complete(problem, found)) == ()
    assert dict(found)[0][0][0] == first
    orders = [order for _, _, order in executor.asked]
    assert all(isinstance(order, ruin_orders.Orders) for order in orders)
    assert {len(part.tasks) for part, _, _ in executor.asked} > {90}  # whole at first, then in parts
    assert sum(order.rounds_max for order in orders) == pytest.approx(
        LIMITS_ROUNDS * ruin_orders.RUINS_A_ROUND, rel=0.1
    )
    heats = [order.heat for order in orders]
    assert (heats[0][0], heats[-1][1]) == pytest.approx(classic.HEAT)
    assert orders[0].route_price > 0 == orders[-1].route_price
    assert not classic.breeds(problem, Limits(seconds=classic.BRED_FROM_S))


def test_what_routes_share_is_dealt_to_the_parts_and_never_exceeded() -> None:
    """Half of all may have theirs at one dear store with room for five; a carrier takes four of the others."""
    problem = town(90)
    shop = Option(1, cost=-200, kind="store", room="shop", room_use=1)
    tasks = [
        replace(one, options=(*one.options, shop)) if one_no % 2 else replace(one, leave_cost=0, carrier="x")
        for one_no, one in enumerate(problem.tasks)
    ]
    problem, executor = replace(problem, tasks=tuple(tasks), room={"shop": 5}, quotas={"x": 4}), Inline()
    seen: list[Drafts] = []
    solve(problem, LIMITS, executor, lambda drafts, _seconds: seen.append(drafts))
    assert [check_plan(problem, complete(problem, drafts)) for drafts in seen] == [()] * len(seen)
    dealt = [(part.room["shop"], part.quotas["x"]) for part, _, _ in executor.asked if len(part.tasks) < 90]
    pairs = list(zip(dealt[::2], dealt[1::2], strict=True))
    assert pairs
    assert {(one[0] + other[0], one[1] + other[1]) for one, other in pairs} == {(5, 4)}
    plan = complete(problem, seen[-1])
    assert len(plan.to_carrier) == 4
    assert sum(visit.pick.option for route in plan.routes for visit in route.visits) == 5


def test_a_service_level_is_dealt_to_the_parts_and_holds_for_the_whole() -> None:
    """All would rather have theirs at a dear store, which is their second choice; nine in ten must get their first."""
    problem = town(90)
    shop = Option(1, cost=-200, kind="store", preference=1)
    tasks = tuple(replace(one, options=(*one.options, shop)) for one in problem.tasks)
    problem, executor = replace(problem, tasks=tasks, levels=(ServiceLevel(0, 90),)), Inline()
    seen: list[Drafts] = []
    solve(problem, LIMITS, executor, lambda drafts, _seconds: seen.append(drafts))
    assert [check_plan(problem, complete(problem, drafts)) for drafts in seen] == [()] * len(seen)
    credit = [order.credit for part, _, order in executor.asked if len(part.tasks) < 90]
    assert credit
    assert {one + other for (one,), (other,) in zip(credit[::2], credit[1::2], strict=True)} <= {0, -1}
    plan = complete(problem, seen[-1])
    assert sum(visit.pick.option for route in plan.routes for visit in route.visits) == 9


def test_from_a_plan_it_goes_on_colder_and_a_short_time_is_not_cut_small() -> None:
    short = classic.epochs_of(Limits(seconds=1.0), has_plan=True, late=False)
    long = classic.epochs_of(Limits(seconds=60.0), has_plan=False, late=False)
    assert len(short) < len(long) / 2
    assert sum(epoch.share for epoch in short) == pytest.approx(1.0)
    assert max(epoch.heat[0] for epoch in short if epoch.heat) < min(classic.HEAT[0], 1.0)


def test_on_large_days_pyvrp_has_its_turns_when_it_is_cold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classic, "LARGE_FROM", 61)
    for seconds, has_plan in product((1.0, 3.0, 10.0, 60.0), (False, True)):
        small = classic.epochs_of(Limits(seconds=seconds), has_plan=has_plan, late=False)
        large = classic.epochs_of(Limits(seconds=seconds), has_plan=has_plan, late=True)
        ruins = [epoch.heat for epoch in large if epoch.heat]
        assert ruins == [epoch.heat for epoch in small if epoch.heat]
        assert (large[0].heat, large[-1].heat) == (None, None)
        turns = [before.heat for before, epoch in pairwise(large[:-1]) if not epoch.heat]
        cold = [heat for heat in ruins if heat[1] < classic.TURNS_BELOW]
        assert all(heat and heat[1] < classic.TURNS_BELOW for heat in turns)
        assert len(cold) // 2 <= len(turns) <= len(cold) // 2 + 1
        for epochs in (small, large):
            assert sum(epoch.share for epoch in epochs) == pytest.approx(1.0)
    few, many = town(60), town(61)
    assert [takes_turns_late(one) for one in (few, many)] == [False, True]
    to_leave = replace(many.tasks[7], leave_cost=100)
    assert not takes_turns_late(replace(many, tasks=(*many.tasks[:7], to_leave, *many.tasks[8:])))


@pytest.mark.parametrize(("smallest", "goes_on"), [(30, True), (200, False)])
def test_large_parts_hand_on_the_plan_as_it_stands_while_hot(
    smallest: int, *, goes_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classic, "GOES_ON_FROM", smallest)
    executor = Inline()
    solve(town(90), LIMITS, executor)
    ruins = [order for _, _, order in executor.asked if isinstance(order, ruin_orders.Orders)]
    hot = [order.best_from for order in ruins if order.heat[1] > classic.GOES_ON_ABOVE]
    cold = [order.best_from for order in ruins if order.heat[1] <= classic.GOES_ON_ABOVE]
    assert set(hot) == {float(goes_on)}
    assert set(cold) == {0.0}


def test_whether_parts_are_large_is_told_by_their_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 50 and 40 tasks are parts of 45: else a search could change its ways from one cut to the next."""
    monkeypatch.setattr(classic, "EARLY_WHOLE_MAX", 0)
    monkeypatch.setattr(classic, "GOES_ON_FROM", 48)
    executor = Inline()
    solve(town(90), LIMITS, executor)
    ruins = [(len(part.tasks), order) for part, _, order in executor.asked if isinstance(order, ruin_orders.Orders)]
    assert {size for size, _ in ruins} == {40, 50}
    assert not any(order.best_from for _, order in ruins)


def test_routes_cost_more_at_first_unless_there_is_a_plan() -> None:
    early = [epoch.early for epoch in classic.epochs_of(LIMITS, has_plan=False, late=False)]
    assert early[0] == 1.0
    assert early == sorted(early, reverse=True)
    assert sum(share > 0 for share in early) == pytest.approx(len(early) / 2, abs=1)
    assert not any(epoch.early for epoch in classic.epochs_of(LIMITS, has_plan=True, late=False))
    executor = Inline()
    problem = town(70)
    found = solve(problem, LIMITS, executor)
    prices = [order.route_price for _, _, order in executor.asked if isinstance(order, ruin_orders.Orders)]
    mean = weight(problem, complete(problem, found))[1] / len(found)
    assert mean * classic.ROUTE_PRICE / 2 < prices[0] < mean * classic.ROUTE_PRICE * 2
    assert prices[-1] == 0


def without_fixed_costs(problem: Problem) -> Problem:
    return replace(problem, vehicles=tuple(replace(car, cost_fixed=0) for car in problem.vehicles))


def test_a_small_day_with_more_time_than_one_search_can_use_is_bred(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = without_fixed_costs(town(classic.BRED_MAX - 1)), without_fixed_costs(town(classic.BRED_MAX))
    long, short = Limits(seconds=classic.BRED_FROM_S), Limits(seconds=classic.BRED_FROM_S - 1)
    asked = product((few, many), (long, short, replace(long, rounds_max=100)))
    assert [classic.breeds(*one) for one in asked] == [True, *[False] * 5]
    assert not classic.breeds(town(60), long)  # its vans cost something by themselves
    assert not classic.breeds(replace(few, vehicles=(replace(few.vehicles[0], capacity=(9,)), *few.vehicles[1:])), long)
    two_ways = tuple(replace(task, options=task.options * 2) for task in few.tasks)
    assert not classic.breeds(replace(few, tasks=two_ways), long)
    monkeypatch.setattr(classic, "BRED_FROM_S", 1.0)
    monkeypatch.setattr(classic, "ENDS_IF_BRED", (0.2, 0.3))
    monkeypatch.setattr(breeding, "CHILD_S", 0.05)
    problem, executor = without_fixed_costs(town(60)), Inline()
    told: list[Drafts] = []
    warm()  # loading compiled code may take longer than all of the time below
    found = solve(problem, Limits(seconds=4.0), executor, lambda drafts, _seconds: told.append(drafts))
    kinds = [type(order) for _, _, order in executor.asked]
    assert kinds == [Orders] * 2 + [ruin_orders.Orders] * (len(kinds) - 4) + [Orders] * 2
    assert found == told[-1]
    costs = [weight(problem, complete(problem, one)) for one in told]
    assert costs[-1] == min(costs)
    prices = [order.route_price for _, _, order in executor.asked[2:3]]
    assert prices[0] > 0
    again = Inline()
    solve(problem, Limits(seconds=1.0), again, start=found)
    assert not any(start == () for _, start, _ in again.asked)
    heats = [order.heat[0] for _, _, order in again.asked if isinstance(order, ruin_orders.Orders)]
    assert max(heats, default=0.0) <= classic.HEAT_FROM_PLAN[0] < breeding.CHILD_HEAT[0]  # a slow machine may do few


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    problem = town(70)
    assert solve(problem, LIMITS, Inline()) == solve(problem, LIMITS, Inline())
    assert solve(problem, LIMITS, Inline()) != solve(problem, replace(LIMITS, seed=6), Inline())


def test_a_small_problem_is_searched_whole_from_what_there_is() -> None:
    problem = town(20)
    start = solve(problem, replace(LIMITS, rounds_max=10), Inline())
    executor = Inline()
    found = solve(problem, LIMITS, executor, start=start)
    assert weight(problem, complete(problem, found)) <= weight(problem, complete(problem, start))
    assert {len(part.tasks) for part, _, _ in executor.asked} == {20}
    first: Orders = executor.asked[0][2]
    assert executor.asked[0][1] != ()
    assert first.seed != executor.asked[1][2].seed


def test_very_many_tasks_are_searched_by_regions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classic, "REGIONS_FROM", 50)
    problem = town(60)
    found = solve(problem, LIMITS, Inline())
    assert not check_plan(problem, complete(problem, found))


def test_nothing_is_waited_for_that_nobody_wants() -> None:
    problem: Problem = town(60)
    seen: list[Drafts] = []
    with Pool(2) as pool:
        found = solve(problem, Limits(seconds=60), pool, lambda drafts, _s: seen.append(drafts), lambda: not seen)
        asked_s = monotonic_s()
        assert found == seen[-1]
    assert monotonic_s() - asked_s < 20  # the workers heard of it, else they would go on for their share of a minute


@pytest.mark.parametrize(("tasks", "parts"), [(140, 2), (260, 4), (300, 6)])
def test_each_core_gets_equally_many_parts(tasks: int, parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classic, "RUIN_PART_SIZE", 60)
    monkeypatch.setattr(classic, "EARLY_WHOLE_MAX", 60)
    executor = Inline()
    solve(town(tasks), replace(LIMITS, rounds_max=60), executor)
    cut = [len(part.tasks) for part, _, order in executor.asked if isinstance(order, ruin_orders.Orders)]
    assert len(cut) % parts == 0
    for first in range(0, len(cut), parts):
        assert sum(cut[first : first + parts]) == tasks
        assert max(cut[first : first + parts]) < 1.5 * tasks / parts


def test_a_part_has_more_routes_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classic, "RUIN_PART_SIZE", 10)  # what one van carries
    monkeypatch.setattr(classic, "EARLY_WHOLE_MAX", 10)
    executor = Inline()
    solve(town(130), replace(LIMITS, rounds_max=60), executor)
    routes = [len(start) for _, start, order in executor.asked if isinstance(order, ruin_orders.Orders)]
    assert sum(routes) / len(routes) >= classic.ROUTES_MIN


def test_what_was_found_is_told_while_the_next_is_searched() -> None:
    executor, asked = Inline(), []
    solve(town(70), LIMITS, executor, lambda _drafts, _seconds: asked.append(len(executor.asked)))
    epochs = len(classic.epochs_of(LIMITS, has_plan=False, late=False))
    assert asked == [*range(4, 2 * epochs + 1, 2), 2 * epochs]
