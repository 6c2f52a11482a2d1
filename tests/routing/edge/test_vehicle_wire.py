"""What travels about vehicles, and what about them cannot be meant."""

from __future__ import annotations

from typing import Any

import pytest

from logistics.kit.errors import Invalid
from logistics.routing.edge.vehicle_wire import DriveRestWire, VehicleIn, check, columns_of, limits_of, vehicle_out
from tests.routing.edge.days import vehicle
from tests.routing.edge.desk import money

AREA = {"point": {"lat": 30.27, "lon": 120.15}, "radius_m": 800}
NOON = {"earliest": "11:30", "latest": "13:30", "duration_s": 1800}


def entered(limits: dict[str, Any], **changes: Any) -> VehicleIn:
    body = {
        "name": "Van 1", "depot_id": "sit_1", "capacity_g": 1, "capacity_cm3": 1, "capacity_parcels": 1,
        "cash_minor_max": 0, "fixed_cost": money(0), "cost_per_km": money(0), "cost_per_h": money(0),
        "limits": limits,
    }  # fmt: skip
    return VehicleIn.model_validate(body | changes)


def test_nothing_is_kept_that_was_not_said() -> None:
    assert columns_of(entered({}))["limits"] == {}
    assert columns_of(entered({"skills": ["Tail Lift", "tail lift", "cold"]}))["limits"] == {
        "skills": ["tail lift", "cold"]
    }


def test_what_is_kept_is_told_again() -> None:
    limits = {
        "overtime_s_max": 3600, "overtime_cost_per_h": money(4500), "stops_max": 80, "trips_max": 2, "breaks": [NOON],
        "drive_rest": {}, "open_end": True, "familiar": [AREA], "unfamiliar_cost": money(300),
    }  # fmt: skip
    row = vehicle()
    row.sqlmodel_update(columns_of(entered(limits)))
    told = vehicle_out(row).limits
    assert told == limits_of(row) == entered(limits).limits
    assert (told.stops_max, told.reload_s, told.distance_m_max) == (80, 900, None)


def test_a_rest_without_figures_is_the_european_one() -> None:
    # (EC) No 561/2006: 4.5 h = 16,200 s, 45 min = 2,700 s.
    assert DriveRestWire().model_dump() == {"drive_s_max": 16_200, "duration_s": 2_700}


@pytest.mark.parametrize(
    ("limits", "changes", "field", "expected"),
    [
        ({"overtime_cost_per_h": {"amount_minor": 1, "currency": "EUR"}}, {}, "limits.overtime_cost_per_h", "CNY"),
        ({"overtime_cost_per_h": money(-1)}, {}, "limits.overtime_cost_per_h", "0 or more"),
        ({"unfamiliar_cost": money(1)}, {}, "limits.familiar", "areas, or no unfamiliar_cost"),
        ({"open_end": True, "end_depot_id": "sit_2"}, {}, "limits.end_depot_id", "one of the two"),
        ({"breaks": [NOON | {"earliest": "06:00"}]}, {}, "limits.breaks[0].earliest", "within 08:00-18:00"),
        (
            {"breaks": [NOON, NOON | {"latest": "11:00"}]},
            {},
            "limits.breaks[1].latest",
            "11:30 or later, within 08:00-18:00",
        ),
        ({"breaks": [NOON | {"latest": "18:00"}]}, {}, "limits.breaks[0].latest", "11:30 or later, within 08:00-18:00"),
        ({}, {"cost_per_h": {"amount_minor": 1, "currency": "EUR"}}, "cost_per_h", "CNY"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    limits: dict[str, Any], changes: dict[str, Any], field: str, expected: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check(entered(limits, **changes))
    assert [(one.field, one.expected) for one in refused.value.errors] == [(field, expected)]


def test_everything_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        check(entered({"unfamiliar_cost": money(-1), "open_end": True, "end_depot_id": "x", "breaks": [NOON]},
                      shift_start="14:00"))  # fmt: skip
    assert [one.field for one in refused.value.errors] == [
        "limits.unfamiliar_cost",
        "limits.end_depot_id",
        "limits.breaks[0].earliest",
    ]


def test_a_break_after_midnight_belongs_to_a_night_shift() -> None:
    night = {"earliest": "23:30", "latest": "01:00", "duration_s": 1800}
    check(entered({"breaks": [night]}, shift_start="20:00", shift_end="04:00"))
    with pytest.raises(Invalid):
        check(entered({"breaks": [night]}))
