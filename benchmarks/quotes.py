"""How far off a checkout's quotes are: calibrated on some days of a city, measured on the days after.

Each day is solved by the engine; what a stop really costs is what the plan would save without it. Compared are the
starting values as an operator would enter them from the vans' own prices, the same times one learned factor, and the
calibrated model. Amounts are thousands of the day's cost units. ``SECONDS`` is for one day; set it lower for a look.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean, median

from benchmarks.days import DAY, DETOUR, METRES_A_SECOND, UNITS_A_METRE, UNITS_A_SECOND, make_day
from logistics.kit.geo import great_circle_m
from logistics.modes.calibration import PLANS_MIN, Error, Lesson, Observed, measured
from logistics.modes.insertion import M_PER_KM, InsertionModel, Stop, stop_cost
from logistics.modes.surroundings import Seen, Surroundings
from logistics.routing.edge import engine
from logistics.routing.edge.solving import Limits
from logistics.routing.marginal import marginal_cost
from logistics.routing.model import Plan, Problem
from logistics.routing.model import Stop as Halt

SECONDS, DAYS_OF_A_CITY, DAYS_SEEN = 3.0, 8, 5
TOWNS = ((11, 100), (12, 200))  # city's seed, doors a day
UNITS = 1000.0
KM2 = 16.0 * 16.0
STOPS_A_VAN = 28.0


def main() -> None:
    """Print, city by city, how far off each of the three is."""
    for city, doors in TOWNS:
        lessons = _lessons(city, doors)
        start = _starting(doors)
        error = measured(lessons, start.prices, start.usual_between_km)
        assert error is not None, "some days were learned from and others left to measure"
        _print(city, doors, error, _one_factor(lessons, start))


def _print(city: int, doors: int, error: Error, factor: tuple[float, float]) -> None:
    print(f"city {city}, {doors} doors a day, {error.plans_count} days not seen before, {error.stops_count} stops")
    print(f"  a stop really costs {error.mean_actual:.2f} in the mean")
    rows = (
        ("starting values", error.start_median_absolute, error.start_bias),
        ("starting values times one learned factor", *factor),
        ("calibrated", error.median_absolute, error.bias),
    )
    for name, off, bias in rows:
        print(f"  {name}: half of the stops are off by {off:.2f} or less, mean {bias:+.2f}")
    print(
        f"  ratio to the starting values {error.median_absolute / error.start_median_absolute:.2f}, to one factor"
        f" {error.median_absolute / factor[0]:.2f}; {100 * error.coverage:.0f} % in the interval told (aim: 80 %)"
    )


def _starting(doors: int) -> InsertionModel:
    """Return what an operator would enter who knows the vans' prices and how many doors there are."""
    by_km = UNITS_A_METRE * M_PER_KM + UNITS_A_SECOND * M_PER_KM / METRES_A_SECOND
    at_door = UNITS_A_SECOND * (60 + 112)  # set-up and a mean service
    return InsertionModel(
        stop_cost=at_door / UNITS,
        km_cost=by_km / UNITS,
        detour=DETOUR,
        stops_per_route=STOPS_A_VAN,
        stops_per_km2=doors / KM2,
    )


def _lessons(city: int, doors: int) -> list[Lesson]:
    days = [_solved(city, doors, number) for number in range(DAYS_OF_A_CITY)]
    seen = [_seen(problem, plan) for problem, plan in days]
    return [_lesson(number, *days[number], Surroundings(*_before(seen, number))) for number in range(DAYS_OF_A_CITY)]


def _solved(city: int, doors: int, number: int) -> tuple[Problem, Plan]:
    problem = make_day(doors, 1000 * city + number, city=city)
    return problem, engine.solve(problem, Limits(seconds=SECONDS)).plan


def _before(seen: Sequence[list[Seen]], number: int) -> tuple[list[Seen], int]:
    """Return the stops of the days before, as a quote would know them; the first day must do with its own."""
    last = seen[max(0, number - DAYS_SEEN) : number] or seen[:1]
    return [spot for day in last for spot in day], len(last)


def _lesson(number: int, problem: Problem, plan: Plan, around: Surroundings) -> Lesson:
    halts = [stop for route in plan.routes for stop in route.stops]
    observed = tuple(_observed(problem, plan, halt, around) for halt in halts)
    return Lesson(date(2026, 1, 1) + timedelta(days=number), observed)


def _observed(problem: Problem, plan: Plan, halt: Halt, around: Surroundings) -> Observed:
    depot, place = problem.places[0].point, problem.places[halt.place].point
    assert depot is not None
    assert place is not None
    tasks = [visit.pick.task for visit in halt.visits]
    windows = problem.tasks[tasks[0]].options[0].windows
    stop = Stop(
        depot_m=great_circle_m(depot, place),
        between_km=around.between_km(place),
        parcels_count=sum(problem.tasks[task].deliver[0] for task in tasks),
        window_s=float(windows[0].end_s - windows[0].start_s) if windows else float(DAY.end_s - DAY.start_s),
    )
    return Observed(stop, marginal_cost(problem, plan, tasks) / UNITS)


def _seen(problem: Problem, plan: Plan) -> list[Seen]:
    points = [problem.places[stop.place].point for route in plan.routes for stop in route.stops]
    return [(point.lat, point.lon, 1.0) for point in points if point]


def _one_factor(lessons: Sequence[Lesson], start: InsertionModel) -> tuple[float, float]:
    """Return the median error and the bias of the starting values times actual / predicted of the days before."""
    off: list[float] = []
    for number in range(PLANS_MIN, len(lessons)):
        before = [one for lesson in lessons[:number] for one in lesson.observed]
        scale = fmean(one.cost for one in before) / fmean(_start_cost(start, one) for one in before)
        off += [scale * _start_cost(start, one) - one.cost for one in lessons[number].observed]
    return median(abs(one) for one in off), fmean(off)


def _start_cost(start: InsertionModel, one: Observed) -> float:
    return stop_cost(start.prices, one.stop, start.usual_between_km)


if __name__ == "__main__":
    main()
