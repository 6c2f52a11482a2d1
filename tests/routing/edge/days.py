"""A small day with shipments and a vehicle that were never in a database."""

from __future__ import annotations

from datetime import UTC, date, datetime

from logistics.kit.geo import Point
from logistics.routing.edge.day_planner import DIMENSIONS, Day
from logistics.routing.edge.tables import VehicleRow
from logistics.routing.edge.ways import Ways
from logistics.routing.model import LIMITLESS, Option, Task
from logistics.shipments.edge.tables import ShipmentRow
from tests.routing.builders import line_problem, van

EPOCH = datetime(2026, 11, 24, 16, tzinfo=UTC)


def day() -> Day:
    """Make a day of two shipments 100 and 200 m from the depot, each of one parcel; the second pays 50.00."""
    tasks = [
        Task("shp_0", (Option(1, service_s=60),), deliver=(500, 1000, 1, 0)),
        Task("shp_1", (Option(2, service_s=60, collect=(0, 0, 0, 5000)),), deliver=(500, 1000, 1, 0), leave_cost=9),
    ]
    cars = [van(0, capacity=(LIMITLESS,) * 4)]
    return Day(
        problem=line_problem([0, 100, 200], tasks=tasks, vehicles=cars, dimensions=DIMENSIONS, setup_s=30),
        epoch=EPOCH,
        currency="CNY",
        shipments=tuple(shipment(number) for number in range(2)),
        vehicles=(vehicle(),),
        ways=(Ways(at_door=True), Ways(at_door=True, carrier="express")),
        stores={},
        points=tuple(Point(lat=30 + number / 1000, lon=120) for number in range(3)),
        findings=(),
    )


def shipment(number: int) -> ShipmentRow:
    return ShipmentRow(
        id=f"shp_{number}",
        merchant_id="mch_1",
        order_ref=str(number),
        content_hash="",
        tracking_no=f"T{number}",
        state="chosen",
        recipient_name=f"Name {number}",
        phone="",
        address=f"Street {number}",
        lat=30 + (number + 1) / 1000,
        lon=120,
        locale="en",
        currency="CNY",
        cod_due_minor=5000 * number,
        weight_g=500,
        volume_cm3=1000,
        parcels_count=1,
        deliver_on=date(2026, 11, 25),
        created_at=EPOCH,
    )


def vehicle() -> VehicleRow:
    return VehicleRow(
        id="van0",
        name="Van 0",
        depot_id="sit_1",
        driver_name="Li",
        capacity_g=1000,
        capacity_cm3=4000,
        capacity_parcels=8,
        cash_minor_max=10_000,
        shift_start="08:00",
        shift_end="18:00",
        currency="CNY",
        fixed_cost_minor=0,
        cost_per_km_minor=0,
        cost_per_h_minor=0,
        created_at=EPOCH,
    )
