"""Carriers over HTTP: entering them, what is handed over at the depot, who may do what."""

from __future__ import annotations

import pytest

from tests.carriers.edge.box import RATE_CARD, SALT, SECRET, Box


def handover(carrier: Box, **what: object) -> dict[str, list[object]]:
    path = f"/v1/depots/{carrier.house.depot_id}/carrier-handovers"
    answer: dict[str, list[object]] = carrier.house.made(path, {"carrier": "pretend", **what})
    return answer


def labels(carrier: Box, shipment_id: str) -> list[str]:
    return [parcel["label"] for parcel in carrier.house.get(f"/v1/shipments/{shipment_id}")["parcels"]]


def test_secrets_are_shown_once_and_never_again(carrier: Box) -> None:
    made = carrier.enter("other", callback_secret=None)
    assert made["callback_path"] == f"/v1/carriers/other/callback/{made['callback_secret']}"
    assert len(made["callback_secret"]) >= 32
    listed = carrier.house.client.get("/v1/carriers", headers=carrier.house.operator).text
    assert "other" in listed
    for secret in (SALT, SECRET, made["callback_secret"]):
        assert secret not in listed


def test_a_code_exists_once(carrier: Box) -> None:
    body = {"code": "pretend", "name": "again", "secret": "s", "rate_card": RATE_CARD}
    assert carrier.house.post("/v1/carriers", body).status_code == 409


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rate_card": {"zones": []}}, "rate_card.zones"),
        ({"rate_card": {"zones": [{"name": "a", "first_price": "1", "step_g": 0}]}}, "rate_card.zones[0].step_g"),
        ({"rate_card": {"zones": [{"name": "a", "first_price": "1"}] * 2}}, "rate_card.zones"),
        ({"base_url": ""}, "base_url"),
        ({"base_url": "http://10.0.0.1/"}, "base_url"),  # not a place to be called
        ({"cutoff": "25:00"}, "cutoff"),
        ({"time_zone": "Moon/Tycho"}, "time_zone"),
    ],
)
def test_what_is_wrong_is_named(carrier: Box, change: dict[str, object], field: str) -> None:
    body = {"code": "x", "name": "x", "secret": "s", "rate_card": RATE_CARD, "adapter": "pretend"}
    answer = carrier.house.post("/v1/carriers", body | {"base_url": "http://127.0.0.1:1"} | change)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_only_the_operator_enters_carriers_and_merchants_see_none(carrier: Box) -> None:
    dispatcher = carrier.house.account("dispatcher")
    body = {"code": "x", "name": "x", "secret": "s", "rate_card": RATE_CARD}
    assert carrier.house.post("/v1/carriers", body, dispatcher).status_code == 403
    for path in ("/v1/carriers", "/v1/carriers/unmapped", "/v1/consignments"):
        assert carrier.house.client.get(path, headers=carrier.house.merchant).status_code == 403


def test_a_waybill_handed_over_takes_all_its_parcels_along(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.waybill(parcels=[{"weight_g": 100}, {"weight_g": 200}])
    assert handover(carrier, waybill_nos=[waybill_no]) == {"handed_over": [waybill_no], "findings": []}
    shipment = carrier.house.get(f"/v1/shipments/{shipment_id}")
    assert shipment["state"] == "underway"
    assert {(one["state"], one["holder"]) for one in shipment["parcels"]} == {("with_carrier", "carrier:pretend")}
    assert carrier.consignment(shipment_id)["state"] == "handed_over"


def test_parcels_may_be_handed_over_one_by_one(carrier: Box) -> None:
    shipment_id, waybill_no = carrier.waybill(parcels=[{"weight_g": 100}, {"weight_g": 200}])
    first, second = labels(carrier, shipment_id)
    assert handover(carrier, labels=[first])["handed_over"] == [waybill_no]
    states = [one["state"] for one in carrier.house.get(f"/v1/shipments/{shipment_id}")["parcels"]]
    assert states == ["with_carrier", "announced"]
    assert handover(carrier, labels=[second])["handed_over"] == [waybill_no]


def test_a_scan_repeated_or_of_something_else_is_a_finding(carrier: Box) -> None:
    _, waybill_no = carrier.waybill()
    other_id = carrier.house.shipment()["id"]
    handover(carrier, waybill_nos=[waybill_no])
    answer = handover(carrier, waybill_nos=[waybill_no, "PC0"], labels=[*labels(carrier, other_id), "L0-1"])
    assert not answer["handed_over"]
    codes = [finding["code"] for finding in answer["findings"]]  # type: ignore[index]  # they are objects
    assert codes == ["unknown_waybill", "not_for_carrier", "not_for_carrier", "not_here"]


def test_a_depot_hand_hands_over_at_its_own_depot_only(carrier: Box) -> None:
    _, waybill_no = carrier.waybill()
    elsewhere = carrier.house.site("Depot South", ["depot"])["id"]
    hand = carrier.house.account("depot", site_id=elsewhere)
    body = {"carrier": "pretend", "waybill_nos": [waybill_no]}
    path = f"/v1/depots/{carrier.house.depot_id}/carrier-handovers"
    assert carrier.house.post(path, body, hand).status_code == 403


def test_consignments_are_listed_by_pages(carrier: Box) -> None:
    ids = [carrier.waybill()[0] for _ in range(3)]
    page = carrier.house.get("/v1/consignments?limit=2&carrier=pretend&state=booked")
    rest = carrier.house.get(f"/v1/consignments?limit=2&carrier=pretend&cursor={page['next_cursor']}")
    assert [one["shipment_id"] for one in [*page["items"], *rest["items"]]] == ids[::-1]
    assert rest["next_cursor"] is None
