from __future__ import annotations

from datetime import date, timedelta

import pytest

from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.modes.calibration import PLANS_MIN, Basis, Halt, Knowledge, Teaching
from logistics.modes.edge import handlers, learning, store
from logistics.modes.edge.schemas import FleetTermsIn, InsertionWire
from logistics.modes.edge.tables import LessonRow
from logistics.modes.insertion import FEATURES, Stop
from tests.living import House

NORTH, SOUTH = "sit_north", "sit_south"
WAY = FEATURES.index("out_and_back_km")


def at(step: int) -> Point:
    """Return a place, each about 111 m north of the one before."""
    return Point(lat=30 + step / 1000, lon=120)


def teaching(number: int, depot_id: str = NORTH, halts: int = 20, currency: str = "CNY", base: int = 500) -> Teaching:
    """Make what a plan tells: a halt costs 5.00 and 0.30 for each step from the depot."""
    told = []
    for step in range(halts):
        stop = Stop(depot_m=111.0 * step, window_s=7200.0 if step % 2 else None)
        told.append(Halt(at(step), stop, Money(base + 30 * step, currency)))
    on = date(2026, 11, 1) + timedelta(days=number)
    whole = Money(100_00, currency)
    return Teaching(f"pln_{number}", depot_id, on, whole, tuple(told), tuple(halt.place for halt in told))


def teach(house: House, *told: Teaching) -> None:
    for one in told:
        with house.ctx.db.transaction() as tx:
            learning.learn(one, tx=tx)


def known(house: House, depot_id: str = NORTH, currency: str = "CNY") -> Knowledge:
    with house.ctx.db.reading() as session:
        return learning.known_about(session, depot_id, currency)


def lessons(house: House, depot_id: str = NORTH) -> list[LessonRow]:
    with house.ctx.db.reading() as session:
        return store.list_lessons(session, depot_id, "CNY", 99)


def test_the_starting_values_hold_until_enough_was_seen(house: House) -> None:
    assert known(house) == Knowledge()
    teach(house, teaching(1))
    assert (known(house).basis, known(house).figures) == (Basis.STARTING, None)
    teach(house, teaching(2))
    assert known(house).basis is Basis.OWN
    figures = known(house).figures
    assert figures is not None
    assert (figures.plans_count, figures.stops_count) == (PLANS_MIN, 40)


def test_a_depot_that_saw_too_few_goes_by_those_of_all(house: House) -> None:
    teach(house, teaching(1), teaching(2))
    assert known(house, SOUTH).basis is Basis.POOLED
    teach(house, teaching(3, SOUTH))
    assert known(house, SOUTH).basis is Basis.POOLED
    around = known(house, SOUTH).surroundings
    assert around is not None  # how dense its own days are is known from one
    teach(house, teaching(4, SOUTH, base=2_000))
    north, south = known(house).figures, known(house, SOUTH).figures
    assert known(house, SOUTH).basis is Basis.OWN
    assert north is not None
    assert south is not None
    assert south.prices.sum() > north.prices.sum()


def test_what_was_learned_in_one_money_says_nothing_about_another(house: House) -> None:
    teach(house, teaching(1), teaching(2))
    assert known(house, currency="EUR") == Knowledge()


def test_the_same_plan_twice_teaches_once(house: House) -> None:
    teach(house, teaching(1), teaching(1), teaching(1))
    assert known(house).basis is Basis.STARTING
    assert len(lessons(house)) == 1


def test_a_plan_that_tells_nothing_is_remembered_and_changes_nothing(house: House) -> None:
    teach(house, teaching(1), teaching(2))
    before = known(house).figures
    teach(house, Teaching("pln_3", NORTH, date(2026, 11, 9), Money(0, "CNY")))
    after = known(house).figures
    assert before is not None
    assert after is not None
    assert after.prices.tolist() == before.prices.tolist()
    with house.ctx.db.reading() as session:
        assert "pln_3" in store.list_learned(session, house.clock.now() - timedelta(days=1))
        assert store.list_learned(session, house.clock.now() + timedelta(seconds=1)) == set()


def test_no_door_is_kept(house: House) -> None:
    told = teaching(1)
    exact = Point(lat=30.123456, lon=120.654321)
    teach(house, Teaching(told.plan_id, NORTH, told.on, told.cost, told.halts, (*told.stops, exact)))
    (row,) = lessons(house)
    assert row.seen[-1] == [30.123, 120.654, 1.0]
    assert not any("lat" in name or "place" in name for one in row.observed for name in one)


def test_of_very_many_stops_a_part_stands_for_all(house: House) -> None:
    told = teaching(1)
    many = tuple(at(step) for step in range(1_000))
    teach(house, Teaching(told.plan_id, NORTH, told.on, told.cost, told.halts, many))
    (row,) = lessons(house)
    assert len(row.seen) <= learning.SEEN_MAX
    assert sum(count for _, _, count in row.seen) == pytest.approx(1_000, rel=0.01)


def test_a_lesson_sees_the_days_before_as_a_quote_would(house: House) -> None:
    teach(house, teaching(1), teaching(2, halts=1))
    first, second = lessons(house)
    # at(0) on the second day: the fifth of the first day's stops is at(4), 445 m away
    assert second.observed[0]["between_km"] == pytest.approx((3.14159 / 5) ** 0.5 * 0.445, rel=0.01)
    # on the first day it sees the others but not itself: the fifth is at(5)
    assert first.observed[0]["between_km"] == pytest.approx((3.14159 / 5) ** 0.5 * 0.556, rel=0.01)


def test_the_pull_is_towards_what_was_entered_for_the_depot(house: House) -> None:
    entered = FleetTermsIn(insertion=InsertionWire(km_cost=400, detour=1, stops_per_route=10))
    with house.ctx.db.transaction() as tx:
        handlers.set_fleet_terms("", entered, tx=tx)
    teach(house, teaching(1))
    with house.ctx.db.reading() as session:
        row = store.find_figures(session, NORTH, "CNY")
    assert row is not None
    assert row.starting[WAY] == pytest.approx(40)
