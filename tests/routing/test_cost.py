"""The cost against sums done by hand, and against a plain re-reckoning of every plan of a tiny day."""

from itertools import pairwise

from logistics.routing.cost import Costs, plan_cost, weight
from logistics.routing.model import Option, Pick, Problem, TimeWindow
from logistics.routing.schedule import schedule_plan
from logistics.routing.violations import Rule, check_plan
from tests.routing.builders import line_problem, plan_of, task, van
from tests.routing.tiny import Decision, every_plan, tiny

W = TimeWindow


def test_each_part_of_the_cost_is_told_apart() -> None:
    tasks = [task(0, Option(1, service_s=10, cost=7)), task(1, leave_cost=30), task(2)]
    cars = [
        van(0, cost_fixed=100, cost_per_m=2, cost_per_s=3, shift=W(0, 25), overtime_s_max=60, cost_per_s_overtime=5)
    ]
    problem = line_problem([0, 10, 20, 30], tasks=tasks, vehicles=cars)
    # 20 m at 2; 30 s (20 driving, 10 serving) at 3; 5 s of overtime at 5; option 7; carrier 30; task 2 has no price.
    costs = plan_cost(problem, plan_of(problem, "0", to_carrier=[1], left_out=[2]))
    assert costs == Costs(fixed=100, distance=40, time=90, overtime=25, options=7, carrier=30)
    assert costs.total == 292


def test_who_does_it_may_cost_too() -> None:
    tasks = [task(0, vehicle_cost={"van1": 7, "van0": -2}), task(1, vehicle_cost={"van9": 5})]
    problem = line_problem([0, 10, 20], tasks=tasks, vehicles=[van(0), van(1)])
    assert plan_cost(problem, plan_of(problem, "/ 0 1")).assignment == 7
    assert plan_cost(problem, plan_of(problem, "0 1")).assignment == -2


def test_the_longest_day_costs_by_how_much_it_is_longer_than_the_mean() -> None:
    problem = line_problem([0, 10, 25], vehicles=[van(0), van(1), van(2)], balance_cost_per_s=3)
    # 20 s and 50 s, mean 35; the van that stays at home does not count.
    assert plan_cost(problem, plan_of(problem, "0 / 1")).balance == 45
    assert plan_cost(problem, plan_of(problem, "0 1")).balance == 0
    assert plan_cost(problem, plan_of(problem, "", left_out=[0, 1])).balance == 0


def test_a_vehicle_that_stays_at_home_costs_nothing() -> None:
    problem = line_problem([0, 10], vehicles=[van(0), van(1, cost_fixed=1000)])
    assert plan_cost(problem, plan_of(problem, "0 /")).total == 20


def test_what_is_left_out_weighs_before_cost() -> None:
    problem = line_problem([0, 10, 20], tasks=[task(0), task(1, priority=2)])
    assert weight(problem, plan_of(problem, "0", left_out=[1])) == (3, 20)
    assert weight(problem, plan_of(problem, "1", left_out=[0])) == (1, 40)


def plainly(problem: Problem, decision: Decision) -> tuple[bool, int]:
    """Reckon feasibility and cost again, second by second, sharing no code with the judge."""
    routes, carrier = decision
    x = [0, 12, 30, 20, 50, 44]
    total, fine, shop = (25 if carrier else 0), True, 0
    for vehicle, picks in enumerate(routes):
        if not picks:
            continue
        home = (0, 44)[vehicle]
        cash = sum((20, 30, 0)[pick.task] for pick in picks)
        fine &= len(picks) <= (2, 3)[vehicle] and cash <= (40, 60)[vehicle]
        runs = []
        for leave in range(0 if vehicle == 0 else 10, 120):
            now, here, last, kept = leave, home, -1, True
            for pick in picks:
                option = problem.option(pick.task, pick.option)
                if option.place != last:
                    now += abs(x[option.place] - here) + 2
                windows = [(w.start_s, w.end_s) for w in option.windows] or [(0, 10**6)]
                begin = next((max(now, a) for a, b in windows if now <= b), None)
                kept &= begin is not None
                now = (now if begin is None else begin) + option.service_s
                here, last = x[option.place], option.place
            back = now + abs(here - home)
            runs.append((not kept, back, -leave))
        late, back, leave = min(runs)
        fine &= not late and (vehicle == 0 or back <= 110)
        metres = sum(abs(a - b) for a, b in _pairs([home, *(x[_place(problem, p)] for p in picks), home]))
        total += (5 + metres + (back + leave)) if vehicle == 0 else 2 * metres
        total += sum(problem.option(p.task, p.option).cost for p in picks)
        shop += sum(bool(problem.option(p.task, p.option).room) for p in picks)
    return fine and shop <= 1, total


def _place(problem: Problem, pick: Pick) -> int:
    return problem.option(pick.task, pick.option).place


def _pairs(way: list[int]) -> list[tuple[int, int]]:
    return list(pairwise(way))


def test_judge_and_cost_agree_with_a_plain_reckoning_of_every_plan() -> None:
    problem = tiny()
    seen = {True: 0, False: 0}
    for decision in every_plan(problem):
        routes, carrier = decision
        timed = [(vehicle, [picks]) for vehicle, picks in enumerate(routes)]
        plan = schedule_plan(problem, timed, to_carrier=[2] if carrier else [])
        violations = check_plan(problem, plan)
        fine, total = plainly(problem, decision)
        assert (not violations) == fine, (decision, violations)
        assert Rule.TIMES not in {violation.rule for violation in violations}
        seen[fine] += 1
        if fine:
            assert plan_cost(problem, plan).total == total, decision
    assert min(seen.values()) > 10  # both kinds really occur
