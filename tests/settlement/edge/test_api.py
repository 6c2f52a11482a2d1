"""Money over HTTP: what a merchant is owed, gets and pays, and that only those see it who may."""

import csv
import io
from collections.abc import Mapping
from datetime import timedelta

from logistics.delivery.events import CashHandedIn, CashTaken, DeliveryRefused
from logistics.kit.money import Money
from logistics.tracking.events import StatusChanged
from tests.builders import NOON
from tests.living import House

TERMS = {"cod_share": "0.01", "cod_min": "1", "delivery_per_order": "8"}
TOMORROW = (NOON + timedelta(days=1)).isoformat()


def cny(amount_minor: int) -> dict[str, object]:
    return {"amount_minor": amount_minor, "currency": "CNY"}


def agree(house: House, terms: Mapping[str, object]) -> None:
    answer = house.client.put(
        f"/v1/merchants/{house.merchant_id}/contract", json=terms, headers={**house.operator, "If-Match": '"1"'}
    )
    assert answer.status_code == 200, answer.text


def pay(house: House, shipment_id: str, amount_minor: int, means: str = "cash") -> None:
    with house.ctx.db.transaction() as tx:
        tx.announce(
            CashTaken(
                merchant_id=house.merchant_id,
                shipment_id=shipment_id,
                occurred_at=tx.now,
                receipt_id=f"rcp_{shipment_id}",
                amount=Money(amount_minor, "CNY"),
                means=means,
                holder="driver:veh_1",
            )
        )
    house.hear_news()


def hand_in(house: House, amount_minor: int) -> None:
    with house.ctx.db.transaction() as tx:
        money = Money(amount_minor, "CNY")
        to = f"depot:{house.depot_id}"
        tx.announce(
            CashHandedIn(
                merchant_id="",
                shipment_id="",
                occurred_at=tx.now,
                run_id="run_1",
                amount=money,
                expected=money,
                holder="driver:veh_1",
                to=to,
            )
        )
    house.hear_news()


def cod(house: House) -> dict[str, object]:
    """Return the COD of the merchant in minor units, after checking that it adds up."""
    out = house.get(f"/v1/merchants/{house.merchant_id}/cod", house.merchant)
    custody = {one["holder"]: one["amount"]["amount_minor"] for one in out.pop("in_custody")}
    flat = {name: money["amount_minor"] for name, money in out.items()}
    places = (flat["due"], *custody.values(), flat["banked"], flat["remitted"], flat["fees"], flat["void"])
    assert flat["accepted"] + flat["overpaid"] == sum(places)
    assert house.get("/v1/ledger/check") == {"imbalance_minor": 0}
    return {name: amount for name, amount in {**flat, **custody}.items() if amount}


def test_the_merchant_gets_paid(house: House) -> None:
    agree(house, TERMS)
    paid, refused = (house.shipment(cod_due=cny(20000))["id"] for _ in range(2))
    house.hear_news()
    assert cod(house) == {"accepted": 40000, "due": 40000}
    pay(house, paid, 20000)
    with house.ctx.db.transaction() as tx:
        tx.announce(
            DeliveryRefused(
                merchant_id=house.merchant_id,
                shipment_id=refused,
                occurred_at=tx.now,
                run_id="run_1",
                attempt_id="att_1",
                reason="recipient_refused",
            )
        )
    house.hear_news()
    assert cod(house) == {"accepted": 40000, "taken": 20000, "driver:veh_1": 20000, "void": 20000}
    hand_in(house, 20000)
    assert cod(house)[f"depot:{house.depot_id}"] == 20000

    # Due tomorrow; while the cash lies in the depot it is late, then it is banked and goes out.
    late = house.made("/v1/remittances/run", {"as_of": TOMORROW})
    assert late["remittances"] == []
    assert [(one["shipment_id"], one["amount"]) for one in late["late"]] == [(paid, cny(20000))]
    banking = house.made(f"/v1/depots/{house.depot_id}/bankings", {"amount": cny(20000)})
    assert banking["left"] == cny(0)
    today = house.made("/v1/remittances/run", {})
    assert today == {"remittances": [], "late": []}  # T+1: not on the day itself
    done = house.made("/v1/remittances/run", {"as_of": TOMORROW})
    (remittance,) = done["remittances"]
    # 1 % of 200.00 is kept back.
    assert (remittance["amount"], remittance["fees"], remittance["shipment_count"]) == (cny(19800), cny(200), 1)
    assert remittance["last_on"] == "2026-11-24"
    assert cod(house) == {"accepted": 40000, "taken": 20000, "remitted": 19800, "fees": 200, "void": 20000}
    again = house.made("/v1/remittances/run", {"as_of": TOMORROW})
    assert again == {"remittances": [], "late": []}

    assert house.get("/v1/remittances", house.merchant)["items"] == [remittance]
    text = house.client.get(f"/v1/remittances/runs/{remittance['run_id']}/bank-file", headers=house.operator).text
    (payment,) = csv.DictReader(io.StringIO(text))
    assert (payment["payee"], payment["amount"], payment["currency"]) == ("Blue Shop", "198.00", "CNY")
    assert payment["reference"] == remittance["id"]
    accounts = {one["account"]: one["balance_minor"] for one in house.get("/v1/ledger/accounts")}
    assert accounts["bank:CNY"] == 200
    assert accounts["revenue:cod"] == -200


def test_card_money_is_counted_in_the_day_after(house: House) -> None:
    agree(house, TERMS)
    shipment_id = house.shipment(cod_due=cny(5000))["id"]
    pay(house, shipment_id, 5000, means="card")
    assert cod(house)["acquirer:card"] == 5000
    (remittance,) = house.made("/v1/remittances/run", {"as_of": TOMORROW})["remittances"]
    assert (remittance["amount"], remittance["fees"]) == (cny(4900), cny(100))  # at least one yuan


def test_an_acquirer_that_does_not_pay_is_entered_by_hand(house: House) -> None:
    shipment_id = house.shipment(cod_due=cny(5000))["id"]
    pay(house, shipment_id, 5000, means="qr")
    voided = house.made(f"/v1/ledger/transfers/credit:rcp_{shipment_id}/void")
    assert voided["state"] == "voided"
    assert house.post(f"/v1/ledger/transfers/credit:rcp_{shipment_id}/post").status_code == 409
    assert house.post("/v1/ledger/transfers/credit:nothing/post").status_code == 404
    assert house.made("/v1/remittances/run", {"as_of": TOMORROW})["remittances"] == []
    assert cod(house)["acquirer:qr"] == 5000  # still in named custody: somebody has to be asked


def test_a_banking_is_entered_once(house: House) -> None:
    shipment_id = house.shipment(cod_due=cny(5000))["id"]
    pay(house, shipment_id, 5000)
    hand_in(house, 5000)
    path, body = f"/v1/depots/{house.depot_id}/bankings", {"amount": cny(3000)}
    headers = {**house.operator, "Idempotency-Key": "one"}
    first, second = (house.client.post(path, json=body, headers=headers) for _ in range(2))
    assert first.json() == second.json()
    assert cod(house)["banked"] == 3000
    too_much = house.post(path, body)
    assert (too_much.status_code, too_much.json()["type"]) == (409, "urn:logistics:problem:not_enough_cash")
    assert house.post(f"/v1/depots/{house.store_id}/bankings", body).status_code == 409
    assert house.client.post(path, json=body, headers=house.operator).status_code == 400


def test_transfers_are_listed_by_account_and_page(house: House) -> None:
    for _ in range(3):
        pay(house, house.shipment(cod_due=cny(5000))["id"], 5000)
    first = house.get("/v1/ledger/transfers?account=custody:driver:veh_1&limit=2")
    rest = house.get(f"/v1/ledger/transfers?account=custody:driver:veh_1&limit=2&cursor={first['next_cursor']}")
    found = [*first["items"], *rest["items"]]
    assert len({one["id"] for one in found}) == 3
    assert rest["next_cursor"] is None
    assert all(sum(leg["amount"]["amount_minor"] for leg in one["legs"]) == 0 for one in found)


SELLER = {
    "currency": "CNY",
    "delivery_per_order": "4.25",
    "delivery_per_item": "2.0",
    "delivery_per_kg": "1.5",
    "storage_per_m3_month": "155",
    "commission_share": "0.06",
}


def deliver(house: House, shipment_id: str) -> None:
    with house.ctx.db.transaction() as tx:
        tx.announce(
            StatusChanged(
                merchant_id=house.merchant_id,
                shipment_id=shipment_id,
                occurred_at=tx.now,
                seq=7,
                status="delivered",
                previous="out_for_delivery",
                milestone=3,
                reason="",
                eta_start=None,
                eta_end=None,
            )
        )
    house.hear_news()


def test_the_worked_example_comes_out_over_http(house: House) -> None:
    agree(house, SELLER)
    parcels = [{"weight_g": 100, "volume_cm3": 6000}, {"weight_g": 50, "volume_cm3": 1000}]
    shipment_id = house.shipment(parcels=parcels, value=cny(5500))["id"]
    lots = [{"volume_cm3": 6000, "days": 15}, {"volume_cm3": 1000, "days": 30}]
    storage = {"reference": "November", "lots": lots, "shipment_id": shipment_id}
    assert house.made(f"/v1/merchants/{house.merchant_id}/storage", storage) == {"seq": 1}
    assert house.made(f"/v1/merchants/{house.merchant_id}/storage", storage) == {"seq": 1}  # one reference, once
    deliver(house, shipment_id)
    deliver(house, shipment_id)

    query = "/v1/statements?from=2026-11-01&to=2026-11-30"
    statement = house.get(query, house.merchant)
    lines = {line["kind"]: (line["exact"], line["amount"]["amount_minor"]) for line in statement["lines"]}
    assert lines == {"storage": ("0.62", 62), "delivery": ("8.475", 848), "commission": ("3.3", 330)}
    assert statement["total"] == cny(62 + 848 + 330)
    happenings = house.get("/v1/statements/events?from=2026-11-01&to=2026-11-30", house.merchant)
    assert [one["seq"] for one in happenings] == [1, 2]
    assert {seq for line in statement["lines"] for seq in line["event_seqs"]} == {1, 2}
    assert happenings[1]["parcels_count"] == 2
    assert house.get("/v1/statements?from=2026-12-01&to=2026-12-31", house.merchant)["lines"] == []

    for headers, path in (({"Accept": "text/csv"}, query), ({}, f"{query}&format=csv")):
        answer = house.client.get(path, headers={**house.merchant, **headers})
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert [(row["kind"], row["exact"], row["amount"]) for row in rows] == [
            ("storage", "0.62", "0.62"),
            ("delivery", "8.475", "8.48"),
            ("commission", "3.3", "3.30"),
            ("total", "", "12.40"),
        ]


def test_a_period_that_cannot_be_is_refused(sqlite_house: House) -> None:
    for query in ("from=2026-11-30&to=2026-11-01", "from=2020-01-01&to=2026-11-01", "from=2026-11-01"):
        assert sqlite_house.client.get(f"/v1/statements?{query}", headers=sqlite_house.merchant).status_code == 422


def test_a_merchant_sees_its_own_money_only(sqlite_house: House) -> None:
    house = sqlite_house
    other = house.made("/v1/merchants", {"name": "Red Shop"})["id"]
    for path in (
        f"/v1/merchants/{other}/cod",
        f"/v1/statements?merchant_id={other}&from=2026-11-01&to=2026-11-30",
        f"/v1/statements/events?merchant_id={other}&from=2026-11-01&to=2026-11-30",
        f"/v1/remittances?merchant_id={other}",
        "/v1/ledger/accounts",
        "/v1/ledger/check",
        "/v1/ledger/transfers",
    ):
        assert house.client.get(path, headers=house.merchant).status_code == 403, path
    for path in ("/v1/remittances/run", f"/v1/depots/{house.depot_id}/bankings", f"/v1/merchants/{other}/storage"):
        assert house.post(path, {}, house.merchant).status_code == 403, path
