"""`logistics plan FILE`: plan a file of deliveries from the command line, without a database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from logistics.kit.edge.context import Settings
from logistics.kit.encodings import decoded
from logistics.kit.errors import Failure, Refusal
from logistics.kit.findings import Finding
from logistics.routing.edge import engine
from logistics.routing.edge.engine import Outcome
from logistics.routing.edge.matrix_source import TravelSource
from logistics.routing.edge.off_road import named
from logistics.routing.edge.order_file import OrderFile, read_orders
from logistics.routing.edge.solving import SECONDS_DEFAULT, Limits
from logistics.routing.edge.sources import travel_source
from logistics.routing.edge.vehicle_file import read_vehicles
from logistics.routing.explain import explain_plan
from logistics.routing.model import LIMITLESS, Option, Place, Problem, Route, Task, TimeWindow, Vehicle
from logistics.routing.violations import driven_m

app = typer.Typer(add_completion=False, help="Plan a file of deliveries.")

SHIFT = TimeWindow(8 * 3600, 18 * 3600)
# Without prices in the file a plan weighs what costs money anywhere: a vehicle as much as 50 km, an hour as 30 km.
VEHICLE_M, HOUR_M = 50_000, 30_000
UNITS_A_METRE = 3_600
EXPLAINED_MAX = 20
METRES_A_KM = 1000


@app.command()
def plan(  # noqa: PLR0913, PLR0917 - one for each option of the command
    file: Annotated[
        Path, typer.Argument(help="deliveries: .csv, .json, or the Loggi form", exists=True, dir_okay=False)
    ],
    vehicles: Annotated[
        int, typer.Option(min=1, help="how many vehicles there are at each depot, if the file names none")
    ] = 10,
    seconds: Annotated[float, typer.Option(min=0.5, help="how long to search")] = SECONDS_DEFAULT,
    capacity: Annotated[
        int, typer.Option(min=0, help="of each vehicle, in the unit of `size`; 0: as the file says")
    ] = 0,
    travel: Annotated[
        str, typer.Option(help="geodesic; roads with --map; osrm or valhalla with --server")
    ] = "geodesic",
    map_file: Annotated[Path | None, typer.Option("--map", help="OSM extract (.osm.pbf or .osm)")] = None,
    server: Annotated[str, typer.Option(help="address of the OSRM or Valhalla server")] = "",
    out: Annotated[Path | None, typer.Option(help="write the plan as JSON")] = None,
) -> None:
    """Plan the deliveries of a file; print the routes, and why anything was left out."""
    settings = Settings(roads_file=map_file, osrm_url=server, valhalla_url=server)
    try:
        written = plan_file(file, vehicles, seconds, capacity=capacity, source=travel_source(travel, settings))
    except (Refusal, Failure) as trouble:
        typer.echo(_trouble(trouble), err=True)
        raise typer.Exit(1) from None
    typer.echo("\n".join(_lines(written)))
    if out:
        out.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def plan_file(file: Path, vehicles: int, seconds: float, *, capacity: int = 0, source: TravelSource) -> dict[str, Any]:
    """Plan the deliveries of a file and return the plan as JSON values; times are local times of day."""
    orders = read_orders(file.name, decoded(file.read_bytes()))
    points = [*orders.depots, *(one.point for one in orders.deliveries)]
    cars = _vehicles(orders, vehicles, capacity or orders.capacity or LIMITLESS)
    matrix, findings = source.matrix(points, _hours(cars))
    problem = Problem(
        places=tuple(Place(point) for point in points),
        tasks=tuple(_tasks(orders)),
        vehicles=cars,
        travel=(matrix,),
        dimensions=("size",),
    )
    outcome = engine.solve(problem, Limits(seconds=seconds))
    return {
        "name": file.stem,
        "cost_m": outcome.costs.total // UNITS_A_METRE,
        "distance_m": sum(driven_m(problem, route) for route in outcome.plan.routes),
        "vehicles": len(outcome.plan.routes),
        "violations": [f"{one.rule} by {one.amount}" for one in outcome.violations],
        "findings": [f"{one.where}: {one.message}" for one in (*_named(orders, findings), *outcome.findings)],
        "routes": [_route(problem, route) for route in outcome.plan.routes],
        "to_carrier": [problem.tasks[task].id for task in outcome.plan.to_carrier],
        "left_out": _left_out(problem, outcome),
    }


def _hours(cars: Sequence[Vehicle]) -> TimeWindow:
    """Return the hours in which anybody drives."""
    ends = [car.shift.end_s + car.overtime_s_max for car in cars]
    return TimeWindow(min(car.shift.start_s for car in cars), max(ends))


def _named(orders: OrderFile, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    depots = {place: f"depot {place + 1}" for place in range(len(orders.depots))}
    doors = {place: one.id for place, one in enumerate(orders.deliveries, start=len(orders.depots))}
    return named(findings, depots | doors)


def _tasks(orders: OrderFile) -> Iterator[Task]:
    numbers = {one.id: number for number, one in enumerate(orders.deliveries)}
    for place, one in enumerate(orders.deliveries, start=len(orders.depots)):
        windows = tuple(TimeWindow(*window) for window in one.windows_s)
        yield Task(
            one.id,
            (Option(place, windows, one.service_s, collect=(one.collect,) if one.collect else ()),),
            deliver=(one.size,),
            priority=one.priority,
            leave_cost=None if one.carrier_price is None else one.carrier_price * UNITS_A_METRE,
            skills=one.skills,
            brings_from=numbers[one.pair] if one.pair else None,
        )


def _vehicles(orders: OrderFile, count: int, size_max: int) -> tuple[Vehicle, ...]:
    like = Vehicle(
        id="",
        start=0,
        end=0,
        shift=SHIFT,
        capacity=(size_max,),
        cost_fixed=VEHICLE_M * UNITS_A_METRE,
        cost_per_m=UNITS_A_METRE,
        cost_per_s=HOUR_M,
        cost_per_s_overtime=HOUR_M // 2,
    )
    if orders.vehicles is not None:
        return read_vehicles(orders.vehicles, like, len(orders.depots))
    return tuple(
        replace(like, id=f"{depot + 1}.{number + 1}", start=depot, end=depot)
        for depot in range(len(orders.depots))
        for number in range(count)
    )


def _route(problem: Problem, route: Route) -> dict[str, Any]:
    return {
        "vehicle": problem.vehicles[route.vehicle].id,
        "depart": _clock(route.trips[0].depart_s),
        "back": _clock(route.trips[-1].back_s),
        "distance_m": driven_m(problem, route),
        "size": sum(problem.delivers(visit.pick.task)[0] for visit in route.visits),
        "rests": [[_clock(rest.start_s), _clock(rest.end_s)] for rest in route.rests],
        "stops": [
            {
                "trip": trip_no,
                "arrive": _clock(stop.arrive_s),
                "start": _clock(stop.start_s),
                "depart": _clock(stop.depart_s),
                "ids": [problem.tasks[visit.pick.task].id for visit in stop.visits],
            }
            for trip_no, trip in enumerate(route.trips, start=1)
            for stop in trip.stops
        ],
    }


def _left_out(problem: Problem, outcome: Outcome) -> list[dict[str, str]]:
    few = outcome.plan.left_out[:EXPLAINED_MAX]
    why = {one.task: one for one in explain_plan(problem, type(outcome.plan)(outcome.plan.routes, (), few))}
    return [
        {"id": problem.tasks[task].id, "reason": why[task].reason if task in why else ""}
        for task in outcome.plan.left_out
    ]


def _lines(written: dict[str, Any]) -> Iterator[str]:
    for route in written["routes"]:
        km = route["distance_m"] / METRES_A_KM
        yield (
            f"vehicle {route['vehicle']}  {route['depart']}-{route['back']}  {km:.1f} km  "
            f"{len(route['stops'])} stops  size {route['size']}"
        )
        for no, stop in enumerate(route["stops"], start=1):
            if stop["trip"] > 1 and route["stops"][no - 2]["trip"] < stop["trip"]:
                yield f"       trip {stop['trip']}"
            yield f"  {no:3d}  {stop['start']}  {', '.join(stop['ids'])}"
        yield from (f"       rest {begin}-{end}" for begin, end in route["rests"])
    for one in written["left_out"]:
        yield f"left out: {one['id']} ({one['reason'] or 'not explained'})"
    if written["to_carrier"]:
        yield f"to a carrier: {', '.join(written['to_carrier'])}"
    yield from (f"note: {text}" for text in written["findings"])
    planned = sum(len(stop["ids"]) for route in written["routes"] for stop in route["stops"])
    yield (
        f"{planned} planned with {written['vehicles']} vehicles over {written['distance_m'] / METRES_A_KM:.1f} km, "
        f"{len(written['to_carrier'])} to a carrier, {len(written['left_out'])} left out, "
        f"{len(written['violations'])} violations"
    )


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"


def _trouble(trouble: Refusal | Failure) -> str:
    if isinstance(trouble, Refusal) and trouble.errors:
        return "\n".join(f"{one.field}: {one.message} (expected: {one.expected})" for one in trouble.errors)
    return trouble.detail
