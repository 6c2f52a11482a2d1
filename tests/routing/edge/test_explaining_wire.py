"""Repairs and ways as they travel: figures as money, and the changes by hand that do them."""

from __future__ import annotations

from logistics.routing import cost_units
from logistics.routing.edge.explaining_wire import REPAIRS_MAX, group_out, moves_of, reason_out, repairs_out
from logistics.routing.explain import Explanation, Repair
from logistics.routing.insertion import Insertion, Load
from logistics.routing.model import Pick
from logistics.routing.reasons import Reason
from tests.routing.edge.days import day

DAY = day()
THERE = Insertion(Pick(0), 0, 1, 2, 0, ())


def test_an_insertion_is_written_as_a_change_by_hand() -> None:
    (one,) = moves_of(DAY, THERE)
    assert one.model_dump() == {
        "shipment_id": "shp_0", "vehicle_id": "van0", "position": 2, "trip": 1, "load": None, "kind": "door",
        "site_id": "",
    }  # fmt: skip


def test_a_trip_is_cut_once_though_two_are_put_in() -> None:
    both = Insertion(Pick(0), 0, 1, 0, 0, (), more=((Pick(1), 1),), load=Load.AFTER)
    assert [(one.shipment_id, one.position, one.trip, one.load) for one in moves_of(DAY, both)] == [
        ("shp_0", 0, 1, "after"),
        ("shp_1", 1, 1, None),
    ]


def test_a_repair_tells_what_it_costs_more_than_what_is_spent_already() -> None:
    price = cost_units.of_minor(1240)
    repair = Repair(Reason.SHIFT, Pick(0), 0, 1800, price, insertion=THERE, start_s=60)
    (one,) = repairs_out(DAY, Explanation(0, Reason.SHIFT, (repair,)), instead_of=cost_units.of_minor(200))
    assert (one.code, one.price.amount_minor, one.vehicle_name, one.text) == (
        "shift",
        1040,
        "Van 0",
        "30 min more of Van 0",
    )
    assert (one.start_at, [move.position for move in one.moves]) == (DAY.moment(60), [2])


def test_what_no_edit_can_do_has_no_moves() -> None:
    closed = Repair(Reason.CLOSED, Pick(0), None, 1, 0, "express", needs=("not_wished",))
    more = Repair(Reason.VEHICLES, Pick(0), 0, 1, 5)
    written = repairs_out(DAY, Explanation(0, Reason.CLOSED, (closed, more)))
    assert [(one.moves, one.needs) for one in written] == [([], ["not_wished"]), ([], [])]
    leave = Repair(Reason.CARRIER, Pick(0), None, 0, 5, "express")
    (one,) = repairs_out(DAY, Explanation(0, Reason.CARRIER, (leave,)))
    assert [(move.shipment_id, move.vehicle_id) for move in one.moves] == [("shp_0", None)]


def test_only_so_many_repairs_travel() -> None:
    many = tuple(Repair(Reason.VEHICLES, Pick(0), 0, 1, cost) for cost in range(REPAIRS_MAX + 3))
    assert len(repairs_out(DAY, Explanation(0, Reason.VEHICLES, many))) == REPAIRS_MAX


def test_a_group_is_named_only_if_there_are_several() -> None:
    assert group_out(DAY, (1,)) == []
    assert group_out(DAY, (0, 1)) == ["shp_0", "shp_1"]


def test_several_reasons_travel_as_codes() -> None:
    why = Explanation(0, Reason.SEVERAL, (), (Reason.CASH, Reason.SHIFT))
    assert reason_out(DAY, why).together == ["cash", "shift"]
