"""Makes a plan hold: takes off routes what breaks a rule, and what costs more than leaving it.

Says what it took off and why; nothing is dropped in silence. It does not look for a better place: `construct.fill`
does.
"""

from __future__ import annotations

from dataclasses import replace

from logistics.kit.findings import Finding
from logistics.routing.construct import leave
from logistics.routing.cost import route_cost
from logistics.routing.edits import take_off
from logistics.routing.model import Pick, Plan, Problem, Route
from logistics.routing.schedule import schedule_plan, schedule_route
from logistics.routing.violations import Rule, Violation, check_plan, check_route, check_whole


def without_violations(problem: Problem, plan: Plan) -> tuple[Plan, list[Finding]]:
    """Take off routes whatever breaks a rule, one task at a time, and say so."""
    findings, judged = [], dict[int, _Judged]()
    plan = _within_quotas(problem, plan)
    while violations := _check(problem, plan, judged):
        found = next(((one, task) for one in violations if (task := _culprit(problem, plan, one)) is not None), None)
        if found is None:
            break
        violation, task = found
        plan = _within_quotas(problem, take_off(problem, plan, task))
        findings.append(_taken_off(f"task {problem.tasks[task].id}", violation))
    return plan, findings


def _taken_off(where: str, broken: Violation) -> Finding:
    message = f"taken off its route: it broke the rule {broken.rule}"
    amount = broken.amount if broken.unit else 0
    return Finding(where, broken.rule, message, amount=amount, unit=broken.unit, name=broken.name)


_Judged = tuple[Route, tuple[Violation, ...]]


def _check(problem: Problem, plan: Plan, judged: dict[int, _Judged]) -> tuple[Violation, ...]:
    """Return what `check_plan` does; a route that stayed as it was (the same object) is judged once."""
    for route in plan.routes:
        if id(route) not in judged:
            judged[id(route)] = route, check_route(problem, route)
    routes = [violation for route in plan.routes for violation in judged[id(route)][1]]
    return (*routes, *check_whole(problem, plan))


def _within_quotas(problem: Problem, plan: Plan) -> Plan:
    """Leave out what a carrier does not take any more."""
    carried, too_many = leave(problem, plan.to_carrier)
    return replace(plan, to_carrier=tuple(sorted(carried)), left_out=tuple(sorted((*plan.left_out, *too_many))))


def without_losses(problem: Problem, plan: Plan) -> Plan:
    """Leave to a carrier whatever costs more on its route: a search cut short may not have come round to it."""
    routes = [_without_losses_on(problem, route) for route in plan.routes]
    kept = {visit.pick.task for route in routes for visit in route.visits}
    left = [task for task in plan.vehicle_of() if task not in kept]
    timed = [(route.vehicle, route.picks) for route in routes]
    lighter = schedule_plan(problem, timed, to_carrier=(*plan.to_carrier, *left), left_out=plan.left_out)
    return plan if set(check_plan(problem, lighter)) - set(check_plan(problem, plan)) else lighter


def _culprit(problem: Problem, plan: Plan, violation: Violation) -> int | None:
    """Return a task on a route whose leaving makes the violation smaller; none if no route is to blame."""
    fixed = {pick.task for car in problem.vehicles for pick in car.fixed}
    on_routes = plan.vehicle_of()
    if violation.task in on_routes:
        return None if violation.task in fixed else violation.task
    users = [
        visit.pick.task
        for route in plan.routes
        if violation.vehicle in {None, route.vehicle}
        for visit in route.visits
        if _adds_to(problem, visit.pick, violation) and visit.pick.task not in fixed
    ]
    return users[-1] if users else None


def _adds_to(problem: Problem, pick: Pick, violation: Violation) -> bool:
    """Tell whether a pick takes anything of what there is too little of."""
    if violation.rule is Rule.LEVEL:
        return problem.option(pick.task, pick.option).preference > int(violation.name)
    if violation.rule is Rule.QUOTA:
        return False  # those are on no route
    if not violation.name:
        return True
    if violation.name not in problem.dimensions:
        return problem.option(pick.task, pick.option).room == violation.name
    index = problem.dimensions.index(violation.name)
    return problem.delivers(pick.task)[index] + problem.collects(pick)[index] > 0


def _without_losses_on(problem: Problem, route: Route) -> Route:
    fixed = problem.vehicles[route.vehicle].fixed
    for visit in tuple(route.visits):
        price = problem.tasks[visit.pick.task].leave_cost
        if price is None or visit.pick in fixed:
            continue
        trips = [[pick for pick in trip if pick != visit.pick] for trip in route.picks]
        lighter = schedule_route(problem, route.vehicle, trips)
        saved = route_cost(problem, route).total - route_cost(problem, lighter).total
        if saved > price and not check_route(problem, lighter):
            route = lighter
    return route
