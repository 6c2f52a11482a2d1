from __future__ import annotations

from typing import Any

from logistics.routing.construct import complete
from logistics.routing.cost import plan_cost, route_cost
from logistics.routing.edge.ortools_master import Column, Frame, combine, cut, drafts_of, reduced_costs
from logistics.routing.model import Option, Pick, Problem, ServiceLevel
from logistics.routing.schedule import schedule_route
from logistics.routing.violations import check_plan
from tests.routing.builders import line_problem, task, van

SECONDS = 20.0  # a limit that is never reached


def column(problem: Problem, *picks: Pick, vehicle: int = 0) -> Column:
    return Column(vehicle, (picks,), route_cost(problem, schedule_route(problem, vehicle, (picks,))).total)


def shop_day(**changes: Any) -> Problem:
    """Two tasks at 30 and -30, or both in the shop at 10 for 2 more than driving."""
    shop = Option(3, cost=2, preference=1, room="shop")
    tasks = [task(0, Option(1), shop), task(1, Option(2), shop)]
    fields: dict[str, Any] = {"vehicles": [van(0), van(1)], "room": {"shop": 2}}
    return line_problem([0, 30, -30, 10], tasks=tasks, **(fields | changes))


def all_columns(problem: Problem) -> list[Column]:
    singles = [[Pick(t, o)] for t in range(2) for o in range(2)]
    doubles = [[Pick(0, a), Pick(1, b)] for a in range(2) for b in range(2)]
    return [column(problem, *picks) for picks in (*singles, *doubles)]


def chosen(problem: Problem) -> int:
    """Return what the best choice costs; the judge finds nothing wrong with it."""
    whole = Frame((0, 0), 2)
    found = combine(problem, whole, all_columns(problem), (), SECONDS)
    assert found is not None
    plan = complete(problem, drafts_of(whole, found))
    assert check_plan(problem, plan) == ()
    return plan_cost(problem, plan).total


def test_the_cheapest_routes_are_put_together() -> None:
    """Both in the shop: 10 there, 10 back, 2 and 2 for the options."""
    assert chosen(shop_day()) == 24


def test_room_holds_over_all_routes() -> None:
    """One in the shop (10 + 2), on the way to or from the other: 60 + 2 with the one at 30."""
    assert chosen(shop_day(room={"shop": 1})) == 62


def test_levels_hold_over_all_routes() -> None:
    """All first choices: 30 out, 60 across, 30 back."""
    assert chosen(shop_day(levels=(ServiceLevel(0, 100),))) == 120


def test_quotas_hold_over_all_routes() -> None:
    """A carrier takes one for 1 and no more; the other goes to the shop for 22."""
    shop = Option(3, cost=2, room="shop")
    tasks = [task(n, Option(n + 1), shop, leave_cost=1, carrier="post") for n in range(2)]
    problem = line_problem(
        [0, 30, -30, 10], tasks=tasks, vehicles=[van(0), van(1)], room={"shop": 2}, quotas={"post": 1}
    )
    assert chosen(problem) == 23


def test_no_more_routes_than_allowed() -> None:
    """One van only may move; two would take one parcel each, and one of them carries only one."""
    problem = shop_day(vehicles=[van(0, capacity=(1,)), van(1, capacity=(1,))])
    columns = [one for one in all_columns(problem) if len(one.picks) == 1]
    found = combine(problem, Frame((0, 0), 1), columns, (), SECONDS)
    assert found is not None
    assert len(found) == 1


def test_a_cut_never_drops_the_incumbent() -> None:
    problem = shop_day()
    dear = [column(problem, Pick(0), vehicle=0), column(problem, Pick(1), vehicle=1)]
    kept = cut(problem, Frame((0, 0), 2), all_columns(problem), dear, 4)
    assert len(kept) == 4
    assert kept[:2] == dear


def test_columns_of_the_best_choice_cost_nothing_beyond() -> None:
    problem = shop_day()
    columns = all_columns(problem)
    reduced = reduced_costs(problem, Frame((0, 0), 2), columns)
    assert reduced is not None
    best = columns.index(column(problem, Pick(0, 1), Pick(1, 1)))
    assert abs(reduced[best]) < 1e-6
    assert max(reduced) > 10


def test_vehicles_of_a_kind_are_handed_out_once() -> None:
    problem = shop_day()
    routes = [column(problem, Pick(0)), column(problem, Pick(1))]
    assert [vehicle for vehicle, _ in drafts_of(Frame((0, 0), 2), routes)] == [0, 1]
