"""Choosing over HTTP: at once after intake, anew with consent, at the checkout, by a plan, by a dispatcher."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, select

from logistics.kit.edge.outbox import decode
from logistics.kit.edge.tables import OutboxRow
from logistics.kit.errors import Conflict
from logistics.kit.money import Money
from logistics.modes.edge import handlers, store
from logistics.modes.edge.schemas import FleetTermsIn
from logistics.modes.events import ModeChosen
from logistics.shipments.model import Mode
from tests.carriers.edge.box import RATE_CARD
from tests.living import HANGZHOU, House

CONSENT = {"consents": [{"kind": "store"}]}
COD = {"cod_due": {"amount_minor": 12_800, "currency": "CNY"}}
FAR = {"recipient": {"name": "a", "phone": "13800138000", "address": "far", "point": {"lat": 33.0, "lon": 120.15}}}
NOWHERE = {"recipient": {"name": "a", "phone": "13800138000", "address": "somewhere"}}


def enter(house: House, code: str = "yt", **more: Any) -> None:
    body = {
        "code": code, "name": f"{code} express", "base_url": "http://127.0.0.1:1", "adapter": "pretend",
        "secret": "s", "rate_card": RATE_CARD, "collects_cod": True,
    }  # fmt: skip
    house.made("/v1/carriers", body | more)


@pytest.fixture(autouse=True)
def carriers(house: House) -> None:
    house.ctx.settings = type(house.ctx.settings)(egress_loopback=True)
    enter(house)


def choice(house: House, shipment_id: str) -> dict[str, Any]:
    found: dict[str, Any] = house.get(f"/v1/shipments/{shipment_id}/choice", house.merchant)
    return found


def told(house: House, shipment_id: str) -> list[ModeChosen]:
    with house.ctx.db.reading() as session:
        rows = select(OutboxRow).where(OutboxRow.kind == "ModeChosen", OutboxRow.shipment_id == shipment_id)
        found = [decode(row.kind, row.body) for row in session.exec(rows.order_by(col(OutboxRow.id)))]
    return [one for one in found if isinstance(one, ModeChosen)]


@pytest.mark.parametrize(
    ("order", "mode"),
    [
        ({}, "own_fleet"),
        (CONSENT, "pickup"),
        (FAR, "carrier"),
        (NOWHERE, "carrier"),
        ({"mode": "carrier"}, "carrier"),
        ({"mode": "own_fleet", **CONSENT}, "own_fleet"),
    ],
)
def test_a_mode_is_chosen_as_soon_as_a_shipment_is_taken_on(house: House, order: dict[str, Any], mode: str) -> None:
    made = house.shipment(**order)
    assert (made["state"], made["mode"]) == ("chosen", mode)
    assert made["promise"]["end"] > made["created_at"]
    found = choice(house, made["id"])
    assert [offer["mode"] for offer in found["offers"] if offer["chosen"]] == [mode]
    assert (found["mode"], found["made_by"]) == (mode, "rules")
    assert len(found["reasons"]) == len(found["offers"]) - 1
    (news,) = told(house, made["id"])
    assert (news.mode, news.carrier) == (mode, "yt" if mode == "carrier" else "")


def test_the_answer_says_what_consent_would_have_saved(house: House) -> None:
    found = choice(house, house.shipment()["id"])
    store_offer = next(offer for offer in found["offers"] if offer["mode"] == "pickup")
    assert [reason["code"] for reason in store_offer["reasons"]] == ["no_consent"]
    saved = Money(-store_offer["difference"]["amount_minor"], "CNY")
    assert f"Corner Store would have been {saved} cheaper, but no consent." in found["reasons"]


def test_consent_given_later_chooses_anew_and_withdrawn_again(house: House) -> None:
    shipment_id = house.shipment()["id"]
    path = f"/v1/shipments/{shipment_id}/consents"
    for granted, mode in ((True, "pickup"), (False, "own_fleet")):
        house.made(path, {"kind": "store", "granted": granted, "channel": "web"}, house.merchant)
        assert choice(house, shipment_id)["mode"] == mode
    assert [news.mode for news in told(house, shipment_id)] == ["own_fleet", "pickup", "own_fleet"]


def test_a_wish_that_cannot_be_honoured_leaves_it_accepted_and_says_why(house: House) -> None:
    made = house.shipment(mode="own_fleet", **FAR)
    assert (made["state"], made["mode"]) == ("accepted", "")
    found = choice(house, made["id"])
    assert found["mode"] == ""
    own = next(offer for offer in found["offers"] if offer["mode"] == "own_fleet")
    assert [reason["code"] for reason in own["reasons"]] == ["outside_service_area"]
    assert not told(house, made["id"])


def test_the_store_wished_for_stays_wished_for_when_chosen_anew(house: House) -> None:
    other = house.site("Other Store", ["store"], capacity_parcels_max=50)["id"]
    made = house.shipment(mode="pickup", service_point_id=other, **CONSENT)
    assert made["site_id"] == other
    with house.ctx.db.transaction() as tx:
        handlers.choose_for(made["id"], tx=tx)
    assert choice(house, made["id"])["site_id"] == other


def test_a_store_without_room_is_not_chosen(house: House) -> None:
    house.site("Full Store", ["store"], capacity_parcels_max=0)
    found = choice(house, house.shipment(**CONSENT)["id"])
    full = next(offer for offer in found["offers"] if offer["name"] == "Full Store")
    assert [reason["code"] for reason in full["reasons"]] == ["no_room"]
    assert found["site_id"] == house.store_id


def test_a_dispatcher_may_take_another_offer_but_bend_no_rule(house: House) -> None:
    enter(house, "nocod", collects_cod=False)
    shipment_id = house.shipment(**COD)["id"]
    path = f"/v1/shipments/{shipment_id}/choice"
    dispatcher = house.account("dispatcher")
    assert house.made(path, {"mode": "carrier", "carrier": "yt"}, dispatcher)["carrier"] == "yt"
    assert choice(house, shipment_id)["made_by"].startswith("acc_")
    assert house.get(f"/v1/shipments/{shipment_id}")["carrier"] == "yt"
    for body, code in (
        ({"mode": "pickup", "site_id": house.store_id}, "no_consent"),
        ({"mode": "carrier", "carrier": "nocod"}, "carrier_no_cod"),
        ({"mode": "carrier", "carrier": "nobody"}, "no_such_offer"),
    ):
        refused = house.post(path, body, dispatcher)
        assert refused.status_code == 409
        assert refused.json()["type"].endswith(code)
    assert house.post(path, {"mode": "own_fleet"}, house.merchant).status_code == 403


def test_a_plan_records_what_it_decided_and_bends_no_rule(house: House) -> None:
    enter(house, "nocod", collects_cod=False)
    shipment_id = house.shipment(**COD)["id"]
    before = choice(house, shipment_id)
    with house.ctx.db.transaction() as tx:
        handlers.record_choice(shipment_id, Mode.CARRIER, "", "yt", None, ("left out",), tx=tx)
    after = choice(house, shipment_id)
    offered = next(offer for offer in before["offers"] if offer["carrier"] == "yt")
    assert (after["mode"], after["made_by"], after["reasons"]) == ("carrier", "plan", ["left out"])
    assert after["price"] == offered["price"]
    for mode, site_id, carrier, code in (
        (Mode.PICKUP, house.store_id, "", "no_consent"),
        (Mode.CARRIER, "", "nocod", "carrier_no_cod"),
    ):
        with pytest.raises(Conflict) as refused, house.ctx.db.transaction() as tx:
            handlers.record_choice(shipment_id, mode, site_id, carrier, None, (), tx=tx)
        assert refused.value.refusal_code == code


def test_the_same_decision_again_is_not_told_again(house: House) -> None:
    shipment_id = house.shipment()["id"]
    with house.ctx.db.transaction() as tx:
        handlers.record_choice(shipment_id, Mode.OWN_FLEET, "", "", None, (), tx=tx)
    assert len(told(house, shipment_id)) == 1


def test_a_planner_finds_the_carriers_price_and_the_stores_with_consent(house: House) -> None:
    enter(house, "dear", rate_card={"zones": [{"name": "all", "first_price": "50"}]})
    with_consent, without = house.shipment(**CONSENT)["id"], house.shipment()["id"]
    with house.ctx.db.reading() as session:
        rows = store.list_choices(session, [with_consent, without, "shp_none"])
        assert set(rows) == {with_consent, without}
        left = store.carrier_offer_of(rows[without])
        assert left is not None
        assert (left.carrier, left.cost) == ("yt", Money(800, "CNY"))
        assert [offer.site_id for offer in store.service_points_of(rows[with_consent])] == [house.store_id]
        assert store.service_points_of(rows[without]) == []


def quote(house: House, **more: Any) -> dict[str, Any]:
    body = {"recipient": {"point": HANGZHOU}, "parcels": [{"weight_g": 900}], **more}
    answer: dict[str, Any] = house.made("/v1/quotes", body, house.merchant)
    return answer


def test_a_quote_offers_all_ways_best_first_and_keeps_nothing_back(house: House) -> None:
    offers = quote(house, **CONSENT)["offers"]
    assert [offer["mode"] for offer in offers] == ["pickup", "own_fleet", "carrier"]
    assert [offer["chosen"] for offer in offers] == [True, False, False]
    assert offers[0]["difference"]["amount_minor"] == 0
    assert all(offer["difference"]["amount_minor"] > 0 for offer in offers[1:])
    assert house.get("/v1/shipments", house.merchant)["items"] == []


def test_a_quote_is_what_the_shipment_gets(house: House) -> None:
    quoted = quote(house, **COD)["offers"]
    found = choice(house, house.shipment(**COD, parcels=[{"weight_g": 900}])["id"])["offers"]
    assert found == quoted


def test_what_cannot_be_quoted_says_why(house: House) -> None:
    offers = quote(house, recipient={"address": "somewhere"}, **COD)["offers"]
    assert {(offer["mode"], offer["feasible"]) for offer in offers} == {("own_fleet", False), ("carrier", True)}
    answer = house.post("/v1/quotes", {"recipient": {}, "parcels": []}, house.merchant)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "parcels")


def test_another_merchants_choice_is_not_to_be_seen(house: House) -> None:
    shipment_id = house.shipment()["id"]
    other = house.key_of(house.made("/v1/merchants", {"name": "Other Shop"})["id"])
    assert house.client.get(f"/v1/shipments/{shipment_id}/choice", headers=other).status_code == 404
    assert house.client.get(f"/v1/merchants/{house.merchant_id}/tariff", headers=other).status_code == 403


def test_a_tariff_is_what_a_merchant_is_charged(house: House) -> None:
    path = f"/v1/merchants/{house.merchant_id}/tariff"
    card = {"zones": [{"name": "all", "first_price": "5", "step_g": 500, "step_price": "1"}], "cod_min": "2"}
    assert house.client.put(path, json={"own_fleet": card}, headers=house.operator).status_code == 200
    assert house.get(path, house.merchant)["own_fleet"]["zones"][0]["first_price"] == "5"
    own = next(offer for offer in quote(house, parcels=[{"weight_g": 1400}], **COD)["offers"] if not offer["carrier"])
    assert own["price"]["amount_minor"] == 800  # 5.00, one step of 1.00, the COD fee 2.00
    euro = {"own_fleet": card | {"currency": "EUR"}}
    assert house.client.put(path, json=euro, headers=house.operator).status_code == 409


def test_fleet_terms_are_a_depots_own_or_everybodys(house: House) -> None:
    near = FleetTermsIn(radius_m_max=10).model_dump(mode="json")
    path = f"/v1/fleet-terms?depot_id={house.depot_id}"
    assert house.client.put("/v1/fleet-terms", json=near, headers=house.operator).status_code == 200
    assert house.get(path)["radius_m_max"] == 10
    assert house.client.put(path, json={"radius_m_max": 20}, headers=house.operator).status_code == 200
    assert house.get(path)["radius_m_max"] == 20
    assert house.get("/v1/fleet-terms")["radius_m_max"] == 10


def test_a_quote_says_how_sure_its_cost_is(house: House) -> None:
    own, carrier = (
        next(one for one in quote(house)["offers"] if one["mode"] == mode) for mode in ("own_fleet", "carrier")
    )
    assert own["expected"]["basis"] == "starting"
    assert (own["expected"]["low"], own["expected"]["high"]) == (None, None)
    assert "starting values" in own["expected"]["text"]
    assert carrier["expected"] is None  # its card says it


def test_what_was_learned_is_for_the_staff_to_see(house: House) -> None:
    assert house.get("/v1/quotes/calibration") == {"items": []}
    assert house.client.get("/v1/quotes/calibration", headers=house.merchant).status_code == 403
