"""Two results that were kept, side by side."""

from __future__ import annotations

import pytest

from logistics.kit.edge.wire import MoneyWire
from logistics.kit.errors import Conflict
from logistics.routing.edge.comparing import comparison_out
from logistics.routing.edge.plan_wire import result_of
from tests.routing.builders import plan_of
from tests.routing.edge.days import day

DAY = day()
FOUND = result_of(DAY, plan_of(DAY.problem, "0 1"))
SENT = result_of(DAY, plan_of(DAY.problem, "0", to_carrier=[1]))


def test_who_goes_to_a_carrier_now_is_told_with_where_she_was() -> None:
    found = comparison_out(SENT, FOUND)
    (one,) = [each for each in found.differences if each.change == "to_carrier"]
    assert (one.shipment_id, one.tracking_no, one.recipient_name) == ("shp_1", "T1", "Name 1")
    assert one.before is not None
    assert one.after is not None
    assert (one.before.vehicle_name, one.before.stop_no, one.before.kind) == ("Van 0", 2, "door")
    assert (one.after.carrier, one.after.vehicle_id) == ("express", None)
    assert one.before.start_at == FOUND.routes[0].stops[1].start_at


def test_nothing_differs_from_itself() -> None:
    found = comparison_out(FOUND, FOUND)
    assert (found.differences, found.routes, found.left_out_more) == ([], [], 0)


def test_money_of_two_kinds_is_not_compared() -> None:
    assert FOUND.summary is not None
    euros = FOUND.summary.model_copy(update={"cost": MoneyWire(amount_minor=1, currency="EUR")})
    with pytest.raises(Conflict):
        comparison_out(FOUND, FOUND.model_copy(update={"summary": euros}))
