"""Two parcels for one door are one halt; work takes as long as is reckoned."""

from __future__ import annotations

import pytest

from logistics.kit.geo import Point
from logistics.routing.edge.halts import Places, load_of, service_s
from logistics.shipments.edge.tables import ShipmentRow
from tests.builders import NOON


def shipment(parcels: int, cod: int = 0) -> ShipmentRow:
    return ShipmentRow(
        id="shp_1", merchant_id="m", order_ref="o", content_hash="", tracking_no="L1", state="planned",
        recipient_name="", phone="", address="", locale="en", currency="CNY", cod_due_minor=cod, weight_g=700,
        volume_cm3=900, parcels_count=parcels, deliver_on=NOON.date(), created_at=NOON,
    )  # fmt: skip


def test_what_lies_closer_than_a_metre_is_one_halt() -> None:
    places = Places()
    first = places.index("door", Point(lat=30.0, lon=120.0), 90)
    assert places.index("door", Point(lat=30.000001, lon=120.0), 90) == first
    assert places.index("door", Point(lat=30.0001, lon=120.0), 90) != first
    assert places.index("sit_1", Point(lat=30.0, lon=120.0), 180) != first
    assert [one.setup_s for one in places.places] == [90, 90, 180]


@pytest.mark.parametrize(
    ("parcels", "cod", "at_door", "seconds"),
    [(1, 0, True, 60 + 15), (3, 0, True, 60 + 45), (1, 990, True, 60 + 15 + 45), (3, 990, False, 15 + 30)],
)
def test_service_takes_its_time_by_parcels_and_cash(parcels: int, cod: int, *, at_door: bool, seconds: int) -> None:
    assert service_s(shipment(parcels, cod), at_door=at_door) == seconds


def test_a_load_has_the_dimensions_of_a_plan() -> None:
    assert load_of(shipment(2, 990)) == (700, 900, 2, 0)
