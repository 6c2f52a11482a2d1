"""Tells those who quote at checkouts what the stops of released plans really cost.

A plan that drivers got is the truth about its day, as far as it was planned: a sample of its halts is taken out, one
at a time, and what the plan saves by it is what the halt cost. What is made of that is for `modes` to decide.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from logistics.kit.edge.clock import monotonic_s
from logistics.kit.edge.context import Context
from logistics.kit.edge.scheduler import Jobs
from logistics.kit.errors import Failure, Refusal
from logistics.kit.geo import great_circle_m
from logistics.kit.money import Money
from logistics.modes.calibration import Halt, Teaching
from logistics.modes.edge import learning
from logistics.modes.edge import store as mode_store
from logistics.modes.insertion import Stop as QuotedStop
from logistics.routing import cost_units
from logistics.routing.cost import route_cost
from logistics.routing.edge import handlers, store
from logistics.routing.edge.day_planner import CURRENCY_OF_NOTHING, SERVICE_POINT, Day, read_day
from logistics.routing.edge.sources import travel_source
from logistics.routing.edge.tables import PlanRow
from logistics.routing.marginal import marginal_cost
from logistics.routing.model import Plan, Route, Stop

log = logging.getLogger(__name__)

LOOK_BACK = timedelta(days=14)  # a plan released later than that teaches nothing any more
HALTS_MAX = 80  # of one depot and plan: enough for eight prices, and each is a route timed anew
SECONDS_MAX = 5.0  # for one depot and plan; what was sampled by then is told
JOBS: Jobs = {"routing.calibrate": (60.0, "logistics.routing.edge.calibrating:learn_from_plans")}


def learn_from_plans(context: Context) -> None:
    """Let every released plan teach once, the oldest first."""
    since = context.clock.now() - LOOK_BACK
    with context.db.reading() as session:
        known = mode_store.list_learned(session, since)
        waiting = [plan_id for plan_id in store.list_released(session, since) if plan_id not in known]
    for plan_id in waiting:
        told = _told(context, plan_id)
        with context.db.transaction() as tx:
            for teaching in told:
                learning.learn(teaching, tx=tx)


def _told(context: Context, plan_id: str) -> list[Teaching]:
    """Return what a plan teaches; one whose day cannot be read again says so by teaching nothing."""
    with context.db.reading() as session:
        row = store.get_plan(session, plan_id)
        try:
            day = read_day(session, row, travel_source(row.travel, context.settings))
            plan = handlers.plan_of(session, day, row.drafts)
        except (Refusal, Failure) as trouble:
            log.warning("plan %s teaches nothing about the cost of a stop: %r", plan_id, trouble)
            nothing = Money(0, CURRENCY_OF_NOTHING)
            return [Teaching(row.id, depot_id, row.on, nothing) for depot_id in row.depot_ids]
    return teachings(row, day, plan)


def teachings(row: PlanRow, day: Day, plan: Plan) -> list[Teaching]:
    """Return what a plan teaches about each of its depots; its halts are drawn by the plan's own id."""
    told = []
    for depot_id in row.depot_ids:
        routes = [route for route in plan.routes if day.vehicles[route.vehicle].depot_id == depot_id]
        halts = [(route, stop) for route in routes for stop in route.stops]
        drawn = Random(f"{row.id} {depot_id}").sample(halts, min(HALTS_MAX, len(halts)))
        told.append(
            Teaching(
                plan_id=row.id,
                depot_id=depot_id,
                on=row.on,
                cost=cost_units.to_money(sum(route_cost(day.problem, route).total for route in routes), day.currency),
                halts=tuple(_priced(day, plan, drawn)),
                stops=tuple(day.points[stop.place] for _, stop in halts),
            )
        )
    return told


def _priced(day: Day, plan: Plan, drawn: list[tuple[Route, Stop]]) -> Iterator[Halt]:
    until_s = monotonic_s() + SECONDS_MAX
    for route, stop in drawn:
        if monotonic_s() > until_s:
            break
        yield _halt(day, plan, route, stop)


def _halt(day: Day, plan: Plan, route: Route, stop: Stop) -> Halt:
    """Return a halt as it would have been asked about at a checkout, and what the plan saves without it."""
    tasks = [visit.pick.task for visit in stop.visits]
    shipments = [day.shipments[task] for task in tasks]
    first = stop.visits[0].pick
    is_store = day.problem.option(first.task, first.option).kind == SERVICE_POINT
    widths_s = [
        (one.window_end - one.window_start).total_seconds() for one in shipments if one.window_start and one.window_end
    ]
    place = day.points[stop.place]
    asked = QuotedStop(
        depot_m=great_circle_m(day.points[day.problem.vehicles[route.vehicle].start], place),
        parcels_count=sum(one.parcels_count for one in shipments),
        takes_cash=not is_store and any(one.cod_due_minor for one in shipments),
        is_store=is_store,
        window_s=None if is_store else min(widths_s, default=None),
    )
    return Halt(place, asked, cost_units.to_money(marginal_cost(day.problem, plan, tasks), day.currency))
