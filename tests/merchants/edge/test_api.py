"""Merchants and their terms over HTTP: exact, versioned, private."""

from __future__ import annotations

from fractions import Fraction

from logistics.merchants.edge.store import get_contract
from tests.living import House

TERMS = {"delivery_per_order": "4.25", "commission_share": "0.06", "cod_cycle_days": 2}


def test_terms_are_kept_exactly(house: House) -> None:
    merchant = house.made("/v1/merchants", {"name": "Exact", "contract": TERMS})
    with house.ctx.db.reading() as session:
        contract = get_contract(session, merchant["id"])
    assert (contract.delivery_per_order, contract.commission_share) == (Fraction(17, 4), Fraction(3, 50))


def test_two_who_change_the_terms_do_not_overwrite_each_other(house: House) -> None:
    path = f"/v1/merchants/{house.merchant_id}"
    etag = house.client.get(path, headers=house.operator).headers["etag"]
    first = house.client.put(f"{path}/contract", json=TERMS, headers={**house.operator, "If-Match": etag})
    assert (first.status_code, first.json()["version"]) == (200, 2)
    second = house.client.put(f"{path}/contract", json={}, headers={**house.operator, "If-Match": etag})
    assert second.status_code == 412
    assert house.get(path)["contract"]["delivery_per_order"] == "4.25"


def test_a_change_without_or_with_a_bad_version_is_refused(sqlite_house: House) -> None:
    path = f"/v1/merchants/{sqlite_house.merchant_id}/contract"
    for headers in ({}, {"If-Match": "newest"}):
        answer = sqlite_house.client.put(path, json=TERMS, headers={**sqlite_house.operator, **headers})
        assert answer.status_code == 422


def test_a_merchant_sees_itself_alone(house: House) -> None:
    other = house.made("/v1/merchants", {"name": "Red Shop"})["id"]
    assert [one["id"] for one in house.get("/v1/merchants", house.merchant)] == [house.merchant_id]
    assert house.client.get(f"/v1/merchants/{other}", headers=house.merchant).status_code == 403


def test_names_zones_and_shares_are_checked(sqlite_house: House) -> None:
    assert sqlite_house.post("/v1/merchants", {"name": "Blue Shop"}).status_code == 409
    for change, field in (
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"contract": {"cod_share": "1.5"}}, "contract.cod_share"),
        ({"contract": {"modes": []}}, "contract.modes"),
    ):
        answer = sqlite_house.post("/v1/merchants", {"name": "New", **change})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
