"""From shipments to a problem: places, windows, shifts, cash, room."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from logistics.kit.errors import Conflict
from logistics.routing import cost_units
from logistics.routing.edge import store
from logistics.routing.edge.day_planner import Day, read_day
from logistics.routing.edge.halts import DOOR_SETUP_S
from logistics.routing.edge.matrix_source import Geodesic
from logistics.routing.edge.tables import PlanRow
from logistics.routing.model import ServiceLevel, TimeWindow
from tests.builders import NOON
from tests.living import HANGZHOU, House
from tests.routing.edge.desk import ON, money, order, planned, van


def test_one_house_with_two_parcels_is_one_stop(sqlite_house: House) -> None:
    van(sqlite_house)
    order(sqlite_house)
    order(sqlite_house)
    (route,) = planned(sqlite_house)["routes"]
    assert [len(stop["visits"]) for stop in route["stops"]] == [2]


def test_the_till_takes_the_money_in_the_store(sqlite_house: House) -> None:
    van(sqlite_house, cash_minor_max=0)
    consents = [{"kind": "store", "channel": "checkout"}]
    order(sqlite_house, mode="pickup", service_point_id=sqlite_house.store_id, consents=consents, cod_due=money(500))
    (route,) = planned(sqlite_house)["routes"]
    assert (route["load"]["cash_minor"], route["stops"][0]["site_id"]) == (0, sqlite_house.store_id)


def day_of(house: House, on: str = ON, **wishes: Any) -> Day:
    plan = PlanRow(
        id="pln_x",
        on=date.fromisoformat(on),
        depot_ids=[house.depot_id],
        seconds=1,
        travel="geodesic",
        state="queued",
        created_at=NOON,
        **wishes,
    )
    with house.ctx.db.reading() as session:
        return read_day(session, plan, Geodesic())


def test_times_are_seconds_of_the_local_day(sqlite_house: House) -> None:
    van(sqlite_house)
    window = {"start": f"{ON}T09:00:00+08:00", "end": f"{ON}T11:00:00+08:00"}
    order(sqlite_house, window=window)
    day = day_of(sqlite_house)
    assert day.epoch.isoformat() == "2026-11-24T16:00:00+00:00"
    assert day.problem.vehicles[0].shift == TimeWindow(8 * 3600, 18 * 3600)
    assert day.problem.tasks[0].options[0].windows == (TimeWindow(9 * 3600, 11 * 3600),)
    assert day.problem.places[day.problem.tasks[0].options[0].place].setup_s == DOOR_SETUP_S


def test_planned_during_the_day_a_shift_begins_now_and_one_that_is_over_does_not_count(sqlite_house: House) -> None:
    van(sqlite_house)
    van(sqlite_house, name="Night van", shift_start="18:00", shift_end="02:00")
    day = day_of(sqlite_house, "2026-11-24")  # it is 20:00 there
    assert [(car.name, noun.shift) for car, noun in zip(day.vehicles, day.problem.vehicles, strict=True)] == [
        ("Night van", TimeWindow(20 * 3600, 26 * 3600))
    ]
    assert [(one.where, one.code) for one in day.findings] == [("vehicle Van 1", "shift_over")]


def test_a_window_that_is_over_binds_nobody_and_the_overdue_go_first(sqlite_house: House) -> None:
    van(sqlite_house)
    window = {"start": "2026-11-24T09:00:00+08:00", "end": "2026-11-24T11:00:00+08:00"}
    order(sqlite_house, deliver_on="2026-11-24", window=window)
    (task,) = day_of(sqlite_house).problem.tasks
    assert (task.options[0].windows, task.priority) == ((), 1)


def test_what_lies_at_a_depot_leaves_with_its_vehicles(sqlite_house: House) -> None:
    mine = van(sqlite_house)
    order(sqlite_house, depot_id=sqlite_house.depot_id)
    order(sqlite_house)
    bound = sorted((task.vehicles or frozenset()) == {mine} for task in day_of(sqlite_house).problem.tasks)
    assert bound == [False, True]


def test_cash_boards_at_the_door_and_stores_have_room(sqlite_house: House) -> None:
    van(sqlite_house, cash_minor_max=20_000)
    order(sqlite_house, cod_due=money(12_800))
    day = day_of(sqlite_house)
    assert day.problem.tasks[0].options[0].collect == (0, 0, 0, 12_800)
    assert day.problem.vehicles[0].capacity[-1] == 20_000
    assert day.problem.room == {sqlite_house.store_id: 50}


def test_an_address_that_is_nowhere_has_no_door(sqlite_house: House) -> None:
    van(sqlite_house)
    order(sqlite_house, recipient={"name": "x", "phone": "+86 138 0013 8000", "address": "somewhere"})
    assert day_of(sqlite_house).problem.tasks[0].options == ()


def test_only_vehicles_in_service_are_planned(sqlite_house: House) -> None:
    vehicle_id = van(sqlite_house)
    with sqlite_house.ctx.db.transaction() as tx:
        store.get_vehicle(tx.session, vehicle_id).retired = True
    assert day_of(sqlite_house).vehicles == ()


def test_what_was_said_of_a_vehicle_and_a_shipment_is_in_the_problem(sqlite_house: House) -> None:
    area = {"point": HANGZHOU, "radius_m": 500}
    limits = {"skills": ["tail lift"], "trips_max": 2, "familiar": [area], "unfamiliar_cost": money(300)}
    vehicle_id = van(sqlite_house, limits=limits | {"open_end": True})
    windows = [{"start": f"{ON}T{hour}:00:00+08:00", "end": f"{ON}T{hour + 1}:00:00+08:00"} for hour in (14, 10)]
    order(sqlite_house, window=windows[0], other_windows=windows[1:], skills=["Tail Lift"], priority=3)
    order(sqlite_house, north=0.001)
    day = day_of(sqlite_house)
    (car,) = day.problem.vehicles
    assert (car.skills, car.trips_max, car.end) == (frozenset({"tail lift"}), 2, None)
    far, near = day.problem.tasks
    assert (far.skills, far.priority) == (frozenset({"tail lift"}), 3)
    assert far.options[0].windows == (TimeWindow(10 * 3600, 11 * 3600), TimeWindow(14 * 3600, 15 * 3600))
    assert far.vehicle_cost == {vehicle_id: cost_units.of_minor(300)}
    assert near.vehicle_cost == {}


def test_a_route_may_end_at_another_depot(sqlite_house: House) -> None:
    south = sqlite_house.site("Depot South", ["depot"], point={"lat": 30.2, "lon": 120.15})
    van(sqlite_house, limits={"end_depot_id": south["id"]})
    day = day_of(sqlite_house)
    (car,) = day.problem.vehicles
    assert car.end is not None
    assert (day.points[car.start].lat, day.points[car.end].lat) == (30.27, 30.2)


def test_what_a_plan_shall_keep_as_a_whole_is_in_the_problem(sqlite_house: House) -> None:
    van(sqlite_house)
    levels = [{"preference_max": 0, "percent": 80}]
    wishes: dict[str, Any] = {"levels": levels, "quotas": {"sf": 2}, "balance_cost_per_h": money(3600)}
    problem = day_of(sqlite_house, **wishes).problem
    assert (problem.levels, problem.quotas) == ((ServiceLevel(0, 80),), {"sf": 2})
    assert problem.balance_cost_per_s * 3600 == cost_units.of_minor(3600)
    with pytest.raises(Conflict):
        day_of(sqlite_house, balance_cost_per_h={"amount_minor": 1, "currency": "EUR"})


def test_of_several_windows_those_that_are_over_bind_nobody(sqlite_house: House) -> None:
    van(sqlite_house)
    day = "2026-11-24"  # it is 20:00 there
    past = {"start": f"{day}T09:00:00+08:00", "end": f"{day}T11:00:00+08:00"}
    later = {"start": f"{day}T21:00:00+08:00", "end": f"{day}T22:00:00+08:00"}
    order(sqlite_house, deliver_on=day, window=past, other_windows=[later])
    (task,) = day_of(sqlite_house, day).problem.tasks
    assert task.options[0].windows == (TimeWindow(21 * 3600, 22 * 3600),)
