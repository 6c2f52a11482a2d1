"""Random small days of all features at once: whatever comes back may be driven, and is no worse than what went in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from logistics.routing.construct import complete
from logistics.routing.edge.ortools_solver import holding, job, rank
from logistics.routing.edge.solving import Limits
from logistics.routing.matrix import HourlyMatrix, matrix_of
from logistics.routing.model import Break, DriveRest, Option, Pick, Problem, ServiceLevel, Task, TimeWindow, Vehicle
from logistics.routing.violations import check_plan
from tests.routing.builders import line_matrix, line_problem, task, text_of, van
from tests.routing.edge.searched import solved

W = TimeWindow
TASKS, PLACES = 5, 6
QUICK = Limits(seconds=0.25, rounds_max=15)


@st.composite
def windows(draw: st.DrawFn) -> tuple[TimeWindow, ...]:
    first = draw(st.integers(0, 200))
    return draw(st.sampled_from([(), (W(first, first + 60),), (W(first, first + 9), W(first + 80, first + 150))]))


@st.composite
def tasks(draw: st.DrawFn, number: int) -> Task:
    options = [
        Option(
            place=draw(st.integers(1, PLACES)),
            windows=draw(windows()),
            service_s=draw(st.integers(0, 9)),
            preference=preference,
            cost=draw(st.integers(-20, 20)),
            room=draw(st.sampled_from(["", "shop"])) if preference else "",
            collect=(draw(st.integers(0, 1)),),
        )
        for preference in range(draw(st.integers(1, 2)))
    ]
    origin = draw(st.sampled_from([None, None, 0])) if number else None
    return task(
        number,
        *options,
        deliver=(draw(st.integers(0, 2)),),
        priority=draw(st.integers(0, 2)),
        leave_cost=draw(st.sampled_from([None, 0, 60])),
        carrier="post",
        vehicle_cost={"van1": draw(st.integers(-9, 9))},
        brings_from=origin,
        aboard=draw(st.sampled_from([None, None, "van0"])) if origin is None else None,
    )


@st.composite
def vans(draw: st.DrawFn, number: int) -> Vehicle:
    begin = draw(st.integers(0, 150))
    changes: dict[str, Any] = {
        "start": draw(st.integers(0, 1)),
        "end": draw(st.sampled_from([None, 0, 1])),
        "shift": W(draw(st.integers(0, 40)), draw(st.integers(120, 400))),
        "overtime_s_max": draw(st.sampled_from([0, 30])),
        "cost_per_s": draw(st.integers(0, 2)),
        "cost_per_s_overtime": 3,
        "cost_fixed": draw(st.sampled_from([0, 30])),
        "capacity": (draw(st.integers(1, 6)),),
        "trips_max": draw(st.integers(1, 3)),
        "reload_s": draw(st.integers(0, 10)),
        "depot": draw(st.sampled_from([None, 0])),
        "stops_max": draw(st.sampled_from([None, 2])),
        "distance_m_max": draw(st.sampled_from([None, 150])),
        "duration_s_max": draw(st.sampled_from([None, 180])),
        "breaks": draw(st.sampled_from([(), (Break(W(begin, begin + 60), 20),)])),
        "drive_rest": draw(st.sampled_from([None, DriveRest(60, 15)])),
        "underway": draw(st.booleans()),
    }
    return van(number, **changes)


@st.composite
def days(draw: st.DrawFn) -> Problem:
    positions = [0, *draw(st.lists(st.integers(-40, 60), min_size=PLACES, max_size=PLACES))]
    calm = line_matrix(positions)
    slow = matrix_of([[2 * int(one) for one in row] for row in calm.seconds], calm.metres.tolist())
    travel = draw(st.sampled_from([calm, calm, HourlyMatrix((0, 100), (calm, slow), calm)]))
    return line_problem(
        positions,
        tasks=[draw(tasks(number)) for number in range(TASKS)],
        vehicles=[draw(vans(number)) for number in range(2)],
        setup_s=draw(st.integers(0, 5)),
        travel=(travel,),
        room={"shop": 2},
        levels=draw(st.sampled_from([(), (ServiceLevel(0, 60),)])),
        quotas=draw(st.sampled_from([{}, {"post": 1}])),
        balance_cost_per_s=draw(st.sampled_from([0, 1])),
    )


@settings(max_examples=40, deadline=None)
@given(days())
def test_whatever_comes_back_may_be_driven(problem: Problem) -> None:
    plan = solved(problem, QUICK)
    assert check_plan(problem, plan) == ()


@settings(max_examples=15, deadline=None)
@given(days(), st.integers(0, 3))
def test_a_search_from_a_plan_gives_no_worse_one(problem: Problem, seed: int) -> None:
    start = tuple((route.vehicle, route.picks) for route in solved(problem, QUICK).routes)
    answer = job(problem, start, 0.1, seed)
    assert rank(problem, answer.drafts) <= rank(problem, start)


def test_a_job_runs_on_any_executor_and_begins_without_a_plan() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(2,), trips_max=2)])
    with ThreadPoolExecutor(1) as executor:
        answer = executor.submit(job, problem, (), 0.2, 1).result()
    assert answer.rounds > 0
    assert complete(problem, answer.drafts).left_out == ()


def test_a_job_without_anything_to_do_has_nothing_to_say() -> None:
    assert job(replace(line_problem([0, 10]), vehicles=()), (), 1, 0).rounds == 0


def test_what_breaks_a_rule_is_not_kept_but_what_is_fixed() -> None:
    problem = line_problem([0, 10, 20, 30], vehicles=[van(0, capacity=(1,), fixed=(Pick(2),)), van(1)])
    held = holding(problem, ((0, ((Pick(2), Pick(0)),)), (1, ((Pick(1),),))))
    assert text_of(complete(problem, held)) == "2 / 1"
