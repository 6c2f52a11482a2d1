from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import col, select

from logistics.carriers.edge import booking, store
from logistics.carriers.edge.tables import ConsignmentRow
from logistics.kit.edge.clock import system_now
from logistics.kit.edge.tables import OutboxRow
from logistics.kit.errors import Conflict
from tests.carriers.edge.box import Box

FAR_SITE = {"lat": 31.2, "lon": 121.5}
HERE = {"name": "here", "first_price": "1", "distance_m_max": 10}
COD = {"cod_due": {"amount_minor": 12_800, "currency": "CNY"}}


def make_due(carrier: Box) -> None:
    """Let the machine time of the next try be now."""
    with carrier.db.transaction() as tx:
        for row in tx.session.exec(select(ConsignmentRow)):
            row.next_try_at = system_now() - timedelta(seconds=1)
            tx.session.add(row)


def news(carrier: Box) -> list[str]:
    with carrier.db.reading() as session:
        return [row.kind for row in session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))]


def test_a_booking_gets_its_waybill_outside_of_the_transaction(carrier: Box) -> None:
    shipment_id = carrier.house.shipment(**COD)["id"]
    carrier.book(shipment_id)
    assert not carrier.asked
    assert carrier.consignment(shipment_id)["state"] == "booking"
    assert carrier.ask() == 1
    consignment = carrier.consignment(shipment_id)
    shipment = carrier.house.get(f"/v1/shipments/{shipment_id}")
    assert consignment["state"] == "booked"
    assert shipment["state"] == "planned"
    assert (shipment["mode"], shipment["carrier"], shipment["waybill_no"]) == (
        "carrier", "pretend", consignment["waybill_no"],
    )  # fmt: skip
    # 500 g: the first weight 8.00, and 1 % of 128.00, but at least 2.00
    assert consignment["expected_cost"] == {"amount_minor": 1000, "currency": "CNY"}
    assert news(carrier)[-1] == "ConsignmentBooked"


def test_booking_twice_is_booking_once(carrier: Box) -> None:
    shipment_id = carrier.house.shipment()["id"]
    assert carrier.book(shipment_id) == carrier.book(shipment_id)
    carrier.ask()
    assert carrier.book(shipment_id) == carrier.consignment(shipment_id)["id"]
    assert carrier.ask() == 0
    assert len(carrier.asked) == 1


def test_two_that_ask_at_once_ask_once(carrier: Box) -> None:
    carrier.book(carrier.house.shipment()["id"])
    with carrier.db.transaction() as tx:
        claimed = store.list_to_ask(tx.session, system_now(), 10)
        for row in claimed:
            booking._claim(row, tx)  # noqa: SLF001 - the first beat alone
    assert carrier.ask() == 0


def test_an_answer_that_was_lost_is_asked_for_again_under_our_reference(carrier: Box) -> None:
    shipment_id = carrier.house.shipment()["id"]
    carrier.book(shipment_id)
    lost, _ = carrier.desk.book({"reference": carrier.consignment(shipment_id)["id"]})  # the answer never came
    carrier.ask()
    assert carrier.consignment(shipment_id)["waybill_no"] == lost["waybill_no"]


def test_a_carrier_that_is_away_is_asked_again_later(carrier: Box) -> None:
    shipment_id = carrier.house.shipment()["id"]
    carrier.book(shipment_id)
    carrier.is_down = True
    carrier.ask()
    assert carrier.ask() == 0  # not right away
    assert carrier.consignment(shipment_id)["trouble"] == "nobody at home"
    carrier.is_down = False
    make_due(carrier)
    carrier.ask()
    assert carrier.consignment(shipment_id)["state"] == "booked"
    assert carrier.consignment(shipment_id)["trouble"] == ""


def test_after_long_trying_it_is_given_up_and_the_shipment_is_free_again(carrier: Box) -> None:
    shipment_id = carrier.house.shipment()["id"]
    carrier.book(shipment_id)
    carrier.is_down = True
    for _ in range(booking.TRIES_MAX):
        make_due(carrier)
        carrier.ask()
    assert carrier.consignment(shipment_id)["state"] == "failed"
    assert carrier.state(shipment_id) == "chosen"
    assert news(carrier)[-1] == "ConsignmentFailed"
    carrier.is_down = False
    carrier.book(shipment_id)
    carrier.ask()
    assert carrier.consignment(shipment_id)["state"] == "booked"


def test_a_carrier_that_says_no_is_not_asked_again(carrier: Box) -> None:
    shipment_id = carrier.house.shipment()["id"]
    carrier.enter("strict", secret="not the one it knows")
    carrier.book(shipment_id, "strict")
    carrier.ask()
    assert carrier.consignment(shipment_id)["state"] == "failed"
    assert "does not know you" in carrier.consignment(shipment_id)["trouble"]


def test_each_try_waits_twice_as_long_up_to_ten_minutes() -> None:
    assert [booking.retry_after_s(tries) for tries in (1, 2, 3, 9, 12)] == [2, 4, 8, 512, 600]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (
            {"rate_card": {"zones": [{"name": "here", "first_price": "1", "distance_m_max": 10}]}},
            "outside_service_area",
        ),
        ({"rate_card": {"zones": [{"name": "all", "first_price": "1"}], "weight_g_max": 100}}, "too_heavy"),
        ({"collects_cod": False}, "carrier_no_cod"),
        ({"adapter": ""}, "carrier_inactive"),
    ],
)
def test_what_a_carrier_does_not_take_is_not_booked(carrier: Box, more: dict[str, object], code: str) -> None:
    carrier.enter("other", **({"collects_cod": True} | more))
    far = {"name": "a", "phone": "13800138000", "address": "b", "point": FAR_SITE}
    shipment_id = carrier.house.shipment(**COD, recipient=far)["id"]
    with pytest.raises(Conflict) as refused:
        carrier.book(shipment_id, "other")
    assert refused.value.refusal_code == code
    assert carrier.state(shipment_id) == "chosen"


def test_what_another_carrier_has_is_not_booked(carrier: Box) -> None:
    carrier.enter("other")
    shipment_id, _ = carrier.waybill()
    with pytest.raises(Conflict) as refused:
        carrier.book(shipment_id, "other")
    assert refused.value.refusal_code == "carrier_has_it"


def cancel(carrier: Box, shipment_id: str) -> None:
    carrier.house.made(f"/v1/shipments/{shipment_id}/cancel", {"reason": "changed her mind"}, carrier.house.merchant)


def test_a_cancelled_shipment_is_called_off_at_the_carrier(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.waybill()
    cancel(carrier, shipment_id)
    assert carrier.consignment(shipment_id)["state"] == "cancelling"
    carrier.ask()
    assert carrier.consignment(shipment_id)["state"] == "cancelled"
    assert carrier.desk.happened(carrier.desk.get(waybill_no))[-1].code == "CXL"


def test_a_booking_called_off_on_its_way_is_called_off_with_its_waybill(carrier: Box) -> None:
    shipment_id = carrier.house.shipment()["id"]
    carrier.book(shipment_id)
    book_at_carrier = carrier.desk.book

    def slow_book(order: dict[str, object]) -> object:
        cancel(carrier, shipment_id)  # while the carrier is being asked
        return book_at_carrier(order)

    carrier.desk.book = slow_book  # type: ignore[method-assign, assignment]  # a carrier that takes its time
    carrier.ask()
    assert carrier.consignment(shipment_id)["state"] == "cancelling"
    carrier.ask()
    consignment = carrier.consignment(shipment_id)
    assert consignment["state"] == "cancelled"
    assert carrier.desk.happened(carrier.desk.get(consignment["waybill_no"]))[-1].code == "CXL"


def test_a_silent_consignment_is_asked_about_and_its_story_taken(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.under_way()
    carrier.desk._deliver = None  # noqa: SLF001 - a carrier whose pushes never come
    carrier.until(hours=5)
    assert booking.poll_silent(carrier.db, carrier.ports) == 0
    carrier.until(days=3)
    assert booking.poll_silent(carrier.db, carrier.ports) == 1
    assert carrier.state(shipment_id) == "delivered"
    assert carrier.consignment(shipment_id)["state"] == "closed"
    assert booking.poll_silent(carrier.db, carrier.ports) == 0
    assert waybill_no
