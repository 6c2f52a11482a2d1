"""A merchant gets paid: taken at the door, handed in, banked, passed on the next day, each cent accounted for."""

from __future__ import annotations

from typing import Any

from tests.journeys.cast import Cast, money
from tests.living import House


def cod_of(house: House) -> dict[str, Any]:
    house.hear_news()
    shown: dict[str, Any] = house.get(f"/v1/merchants/{house.merchant_id}/cod", house.merchant)
    return shown


def minor(amount: dict[str, Any] | None) -> int:
    return amount["amount_minor"] if amount else 0


def add_up(cod: dict[str, Any]) -> int:
    held = sum(minor(one["amount"]) for one in cod["in_custody"])
    return held + sum(minor(cod[name]) for name in ("due", "banked", "remitted", "fees", "void"))


def test_a_merchant_gets_paid(house: House) -> None:
    cast = Cast(house)
    cast.van("Van 1")
    terms = {"delivery_per_order": "4.25", "cod_share": "0.01", "cod_min": "0.50", "cod_cycle_days": 1}
    path = f"/v1/merchants/{house.merchant_id}/contract"
    agreed = house.client.put(path, json=terms, headers={**house.operator, "If-Match": '"1"'})
    assert agreed.status_code == 200, agreed.text

    paid = cast.order(north=0.01, cod_due=money(12800))
    refused = cast.order(north=0.02, cod_due=money(5000))
    assert minor(cod_of(house)["due"]) == 17800

    (run,) = cast.release(cast.plan())
    cast.receive(paid, refused)
    cast.wait(hours=13)
    cast.leave(run)
    cast.deliver(run, paid, cash={"amount": money(12800), "means": "cash"})
    body = {"shipment_id": refused["id"], "outcome": "refused", "reason": "recipient_refused"}
    cast.drive(run, "attempts", body)
    on_the_road = cod_of(house)
    assert [minor(one["amount"]) for one in on_the_road["in_custody"]] == [12800]
    assert on_the_road["in_custody"][0]["holder"].startswith("driver:")
    assert minor(on_the_road["void"]) == 5000
    assert add_up(on_the_road) == 17800

    cast.drive(run, "finish", {})
    cast.drive(run, "returns", {"labels": [parcel["label"] for parcel in refused["parcels"]]})
    house.made(f"/v1/runs/{run['id']}/hand-in", {"amount": money(12800)}, cast.depot)
    assert cod_of(house)["in_custody"][0]["holder"] == f"depot:{house.depot_id}"
    house.made(f"/v1/depots/{house.depot_id}/bankings", {"amount": money(12800)}, house.operator)
    banked = cod_of(house)
    assert (minor(banked["banked"]), add_up(banked)) == (12800, 17800)

    house.made("/v1/remittances/run", {}, house.operator)
    assert minor(cod_of(house)["remitted"]) == 0  # T+1: not on the day itself
    cast.wait(days=1)
    house.made("/v1/remittances/run", {}, house.operator)
    end = cod_of(house)
    assert (minor(end["fees"]), minor(end["remitted"])) == (128, 12672)  # 1 % of 128.00
    assert (minor(end["due"]), minor(end["banked"]), end["in_custody"], add_up(end)) == (0, 0, [], 17800)
    house.made("/v1/remittances/run", {}, house.operator)
    assert cod_of(house) == end  # asking twice pays once
    assert house.get("/v1/ledger/check")["imbalance_minor"] == 0
