from __future__ import annotations

import json
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlmodel import col, select

from logistics.carriers.adapters.kuaidi100 import wire
from logistics.carriers.edge import inbound, store
from logistics.carriers.edge.pretend.dialect import pushes_of
from logistics.carriers.edge.tables import CarrierEventRow, CarrierPushRow
from logistics.carriers.events import CarrierCashCollected, CarrierReported
from logistics.kit.edge.outbox import decode
from logistics.kit.edge.tables import OutboxRow
from logistics.kit.news import News
from tests.carriers.edge.box import SALT, Box

COD: dict[str, Any] = {"cod_due": {"amount_minor": 12_800, "currency": "CNY"}}
DAY = "2026-11-25"


@pytest.fixture(autouse=True)
def silent(carrier: Box) -> None:
    carrier.desk._deliver = None  # noqa: SLF001 - these tests push themselves


def entry(time: str, code: str, text: str = "") -> dict[str, str]:
    return {"ftime": f"{DAY} {time}", "statusCode": code, "context": text or code, "status": ""}


def form(waybill_no: str, *entries: dict[str, str], status: str = "polling", salt: str = SALT) -> bytes:
    """Write a push; its entries are given oldest first."""
    result = {"nu": waybill_no, "state": "0", "data": list(reversed(entries))}
    param = json.dumps({"status": status, "lastResult": result})
    return urlencode({"sign": wire.sign(param, salt), "param": param}).encode()


def news(carrier: Box, kind: type[News]) -> list[Any]:
    with carrier.db.reading() as session:
        rows = session.exec(select(OutboxRow).where(OutboxRow.kind == kind.__name__).order_by(col(OutboxRow.id)))
        return [decode(row.kind, row.body) for row in rows]


def said(carrier: Box) -> list[tuple[str, bool]]:
    return [(one.code, one.superseded) for one in news(carrier, CarrierReported)]


def kept(carrier: Box) -> list[tuple[str, bool]]:
    with carrier.db.reading() as session:
        rows = session.exec(select(CarrierEventRow).order_by(col(CarrierEventRow.occurred_at)))
        return [(row.code, row.superseded) for row in rows]


def pushes(carrier: Box) -> list[CarrierPushRow]:
    with carrier.db.reading() as session:
        return list(session.exec(select(CarrierPushRow).order_by(col(CarrierPushRow.id))))


COLLECTED, ON_THE_ROAD, OUT = entry("08:00:00", "103"), entry("09:00:00", "1002"), entry("10:00:00", "5")
DELIVERED = entry("11:00:00", "301")


def test_a_push_is_kept_answered_in_its_dialect_and_told(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.under_way()
    answer = carrier.house.client.post(
        "/v1/carriers/pretend/callback/callback-secret-0123456789",
        content=form(waybill_no, COLLECTED, ON_THE_ROAD),
        headers={"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "kuaidi100"},
    )
    assert answer.json() == {"result": True, "returnCode": "200", "message": "成功"}
    assert [(push.state, push.headers["user-agent"]) for push in pushes(carrier)] == [("read", "kuaidi100")]
    assert said(carrier) == [("103", False), ("1002", False)]
    first = news(carrier, CarrierReported)[0]
    assert (first.shipment_id, first.status, first.occurred_at.isoformat()) == (
        shipment_id, "picked_up", "2026-11-25T00:00:00+00:00",
    )  # fmt: skip


def test_a_wrong_secret_finds_no_address_and_leaves_nothing(carrier: Box) -> None:
    _, waybill_no = carrier.under_way()
    assert not carrier.push(form(waybill_no, COLLECTED), secret="callback-secret-9999999999")
    assert carrier.house.client.post("/v1/carriers/nobody/callback/x", content=b"").status_code == 404
    assert not pushes(carrier)


def test_a_wrong_sign_is_refused_and_kept_unread(carrier: Box) -> None:
    _, waybill_no = carrier.under_way()
    assert not carrier.push(form(waybill_no, DELIVERED, salt="guessed"))
    assert [push.state for push in pushes(carrier)] == ["refused"]
    assert not said(carrier)


@pytest.mark.parametrize("body", [b"", b"param=%7B", b"\xff\xfe", b"sign=a&param=[]"])
def test_what_is_no_push_is_no_error(carrier: Box, body: bytes) -> None:
    assert not carrier.push(body)


def test_a_signed_push_without_sense_is_kept_and_its_findings_said(carrier: Box) -> None:
    param = '{"status":"moon"}'
    assert carrier.push(urlencode({"sign": wire.sign(param, SALT), "param": param}).encode())
    assert [finding["code"] for finding in pushes(carrier)[0].findings] == ["no_result"]


def test_doubled_pushes_say_nothing_twice(carrier: Box) -> None:
    _, waybill_no = carrier.under_way()
    for _ in range(3):
        carrier.push(form(waybill_no, COLLECTED, ON_THE_ROAD))
    assert said(carrier) == [("103", False), ("1002", False)]


def test_an_older_list_that_comes_late_supersedes_nothing(carrier: Box) -> None:
    _, waybill_no = carrier.under_way()
    carrier.push(form(waybill_no, COLLECTED, ON_THE_ROAD, OUT))
    carrier.push(form(waybill_no, COLLECTED))
    assert kept(carrier) == [("103", False), ("1002", False), ("5", False)]


def test_what_a_newer_list_no_longer_has_is_superseded_and_never_deleted(carrier: Box) -> None:
    _, waybill_no = carrier.under_way()
    carrier.push(form(waybill_no, COLLECTED, ON_THE_ROAD))
    carrier.push(form(waybill_no, COLLECTED, OUT))
    assert kept(carrier) == [("103", False), ("1002", True), ("5", False)]
    assert said(carrier) == [("103", False), ("1002", False), ("1002", True), ("5", False)]


def test_what_is_said_again_after_it_was_taken_back_is_told_under_a_new_key(carrier: Box) -> None:
    _, waybill_no = carrier.under_way()
    for entries in ([COLLECTED, ON_THE_ROAD, OUT], [COLLECTED, OUT], [COLLECTED, ON_THE_ROAD, OUT]):
        carrier.push(form(waybill_no, *entries))
    told = [one for one in news(carrier, CarrierReported) if one.code == "1002"]
    assert [one.superseded for one in told] == [False, True, False]
    assert told[0].source_key == told[1].source_key != told[2].source_key
    assert kept(carrier)[1] == ("1002", False)


def test_an_update_of_all_takes_back_even_the_newest(carrier: Box) -> None:
    _, waybill_no = carrier.under_way()
    carrier.push(form(waybill_no, COLLECTED, OUT))
    carrier.push(form(waybill_no, COLLECTED, status="updateall"))
    assert kept(carrier) == [("103", False), ("5", True)]
    carrier.push(form(waybill_no, COLLECTED, ON_THE_ROAD))  # not late: what was later has been taken back
    assert kept(carrier)[1] == ("1002", False)


def test_the_end_closes_the_consignment_and_moves_the_shipment(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.under_way(**COD)
    carrier.push(form(waybill_no, COLLECTED, OUT, DELIVERED))
    shipment = carrier.house.get(f"/v1/shipments/{shipment_id}")
    assert shipment["state"] == "delivered"
    assert {parcel["state"] for parcel in shipment["parcels"] if "state" in parcel} <= {"delivered"}
    assert carrier.consignment(shipment_id)["state"] == "closed"
    assert carrier.consignment(shipment_id)["cod_collected"]["amount_minor"] == 12_800
    assert [one.amount.amount_minor for one in news(carrier, CarrierCashCollected)] == [12_800]
    carrier.push(form(waybill_no, COLLECTED, OUT, DELIVERED, entry("12:00:00", "302")))  # delivered once more
    assert len(news(carrier, CarrierCashCollected)) == 1


def test_a_locker_is_no_delivery_and_settles_no_money(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.under_way(**COD)
    carrier.push(form(waybill_no, COLLECTED, entry("11:00:00", "304")))
    assert carrier.state(shipment_id) == "waiting"
    assert not news(carrier, CarrierCashCollected)
    carrier.push(form(waybill_no, COLLECTED, entry("11:00:00", "304"), entry("18:00:00", "301")))
    assert carrier.state(shipment_id) == "delivered"


@pytest.mark.parametrize(
    ("codes", "state"),
    [
        ("103 1002 5 301 1002", "delivered"),  # on the road after the end
        ("103 5 301 6", "delivered"),  # going back after the end
        ("103 5 14 6 4", "returned"),
        ("103 5 14 6 301", "returning"),  # delivered while going back: somebody has to look
        ("103 5 204 5 301", "delivered"),  # a second try
        ("301", "delivered"),  # nothing before
        ("103 1999 9 301", "delivered"),  # codes in no table in between
        ("205 208 209", "underway"),  # on hold, damaged: no step
        ("4", "returned"),
        ("210", "underway"),  # called off while it is on its way: history
    ],
)
def test_whatever_a_carrier_says_is_no_error(carrier: Box, codes: str, state: str) -> None:
    shipment_id, waybill_no = carrier.under_way()
    story = [entry(f"{8 + index:02d}:00:00", code) for index, code in enumerate(codes.split())]
    for count in range(1, len(story) + 1):
        assert carrier.push(form(waybill_no, *story[:count]))
    assert carrier.state(shipment_id) == state
    assert len(kept(carrier)) == len(story)


def test_a_late_ending_counts_and_a_late_word_does_not(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.under_way()
    carrier.push(form(waybill_no, entry("12:00:00", "5")))
    carrier.push(form(waybill_no, entry("11:00:00", "6")))
    assert carrier.state(shipment_id) == "underway"
    carrier.push(form(waybill_no, entry("11:30:00", "301")))
    assert carrier.state(shipment_id) == "delivered"


def test_a_carrier_may_speak_before_our_depot_scanned(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.waybill()
    carrier.push(form(waybill_no, COLLECTED))
    assert carrier.state(shipment_id) == "underway"
    carrier.push(form(waybill_no, COLLECTED, DELIVERED))
    assert carrier.state(shipment_id) == "delivered"


def test_a_carrier_that_calls_it_off_sets_the_shipment_free(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.waybill()
    carrier.push(form(waybill_no, entry("08:00:00", "210")))
    assert carrier.state(shipment_id) == "chosen"
    assert carrier.consignment(shipment_id)["state"] == "cancelled"


def test_unmapped_codes_are_counted_and_shown(carrier: Box) -> None:
    _, waybill_no = carrier.under_way()
    carrier.push(form(waybill_no, entry("08:00:00", "1999", "to the moon")))
    carrier.push(form(waybill_no, entry("08:00:00", "1999", "to the moon"), entry("09:00:00", "1999", "to Mars")))
    shown = carrier.house.get("/v1/carriers/unmapped")
    assert [(one["source"], one["code"], one["text"], one["seen_count"]) for one in shown] == [
        ("kuaidi100", "1999", "to Mars", 2)
    ]
    assert {one.status for one in news(carrier, CarrierReported)} == {"unknown"}


def test_a_push_that_is_faster_than_our_booking_waits_for_it(carrier: Box) -> None:
    shipment_id = carrier.house.shipment()["id"]
    consignment_id = carrier.book(shipment_id)
    early, _ = carrier.desk.book({"reference": consignment_id})
    assert carrier.push(form(early["waybill_no"], COLLECTED))
    assert pushes(carrier)[0].state == "waiting"
    assert not said(carrier)
    carrier.ask()
    inbound.read_waiting(carrier.db)
    assert pushes(carrier)[0].state == "read"
    assert said(carrier) == [("103", False)]
    assert carrier.state(shipment_id) == "underway"


def test_a_push_our_own_fault_left_unread_is_read_later(carrier: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    _, waybill_no = carrier.under_way()
    with monkeypatch.context() as broken:
        broken.setattr(inbound, "take_story", lambda *_args, **_kwargs: 1 / 0)
        assert carrier.push(form(waybill_no, COLLECTED))
    assert pushes(carrier)[0].state == "kept"
    inbound.read_waiting(carrier.db)
    assert said(carrier) == [("103", False)]


def test_a_poll_beside_the_pushes_doubles_nothing(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.under_way()
    carrier.until(days=3)
    with carrier.db.transaction() as tx:
        row = store.get_consignment(tx.session, carrier.consignment(shipment_id)["id"])
        events, _ = carrier.ports(store.get_carrier(tx.session, "pretend")).track(waybill_no)
        inbound.take_story(row, events, tx=tx)
    polled = len(said(carrier))
    steps = carrier.desk.happened(carrier.desk.get(waybill_no))
    pushed = pushes_of(waybill_no, steps, Random(1), hostility=0)
    carrier.push(pushed[0].form(SALT))
    assert len(said(carrier)) == polled
