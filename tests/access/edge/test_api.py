"""Logging in, pairing, keys: who is let in, and who is not."""

from __future__ import annotations

import pytest

from logistics.access.edge.handlers import SESSION_FOR
from logistics.access.roles import PERMISSIONS, may
from tests.living import PASSWORD, House, bearer


def test_nobody_known_is_asked_to_log_in(sqlite_house: House) -> None:
    for headers in ({}, bearer("lk_guess"), {"Authorization": "Basic x"}):
        answer = sqlite_house.client.get("/v1/shipments", headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")


def test_a_wrong_password_and_an_unknown_login_get_the_same_words(sqlite_house: House) -> None:
    wrong = sqlite_house.client.post("/v1/sessions", json={"login": "operator", "password": "guess"})
    unknown = sqlite_house.client.post("/v1/sessions", json={"login": "nobody", "password": "guess"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


def test_guessing_is_slowed_down(sqlite_house: House) -> None:
    guess = {"login": "victim", "password": "guess"}
    answers = [sqlite_house.client.post("/v1/sessions", json=guess) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 3000


def test_a_session_ends_with_the_day_and_with_the_log_out(house: House) -> None:
    day = house.log_in("operator")
    house.clock.advance(seconds=SESSION_FOR.total_seconds() + 1)
    assert house.client.get("/v1/me", headers=day).status_code == 401
    fresh = house.log_in("operator")
    assert house.get("/v1/me", fresh)["role"] == "operator"
    assert house.client.delete("/v1/sessions/current", headers=fresh).status_code == 204
    assert house.client.get("/v1/me", headers=fresh).status_code == 401


def test_a_browser_is_known_by_its_cookie_but_writes_only_from_our_own_pages(sqlite_house: House) -> None:
    client = sqlite_house.client
    answer = client.post("/v1/sessions", json={"login": "operator", "password": PASSWORD})
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=strict" in answer.headers["set-cookie"].lower()
    assert client.get("/v1/me").status_code == 200
    forged = client.post("/v1/merchants", json={"name": "Forged"})
    assert (forged.status_code, forged.json()["type"]) == (403, "urn:logistics:problem:csrf")
    assert client.post("/v1/merchants", json={"name": "Real"}, headers={"X-Requested-By": "web"}).status_code == 201


def test_a_pairing_code_works_once_and_for_half_an_hour(house: House) -> None:
    code = house.made("/v1/devices/pairing-codes", {"kind": "till", "site_id": house.store_id})["code"]
    device = house.client.post("/v1/devices/pair", json={"code": code}).json()
    assert house.get("/v1/me", bearer(device["token"]))["site_id"] == house.store_id
    assert house.client.post("/v1/devices/pair", json={"code": code}).status_code == 401
    late = house.made("/v1/devices/pairing-codes", {"kind": "till", "site_id": house.store_id})["code"]
    house.clock.advance(minutes=31)
    assert house.client.post("/v1/devices/pair", json={"code": late}).status_code == 401


def test_a_key_is_shown_once_and_ends_when_revoked(house: House) -> None:
    path = f"/v1/merchants/{house.merchant_id}/api-keys"
    made = house.made(path, {"name": "shop server"}, house.merchant)
    listed = house.get(path, house.merchant)
    assert made["secret"] not in str(listed)
    assert house.client.delete(f"{path}/{made['id']}", headers=house.merchant).status_code == 204
    assert house.client.get("/v1/me", headers=bearer(made["secret"])).status_code == 401


def test_a_merchant_cannot_touch_another_ones_keys(house: House) -> None:
    other = house.made("/v1/merchants", {"name": "Red Shop"})["id"]
    stranger = house.key_of(other)
    path = f"/v1/merchants/{house.merchant_id}/api-keys"
    assert house.client.get(path, headers=stranger).status_code == 403
    assert house.client.post(path, json={"name": "x"}, headers=stranger).status_code == 403
    key = house.made(path, {"name": "x"})["id"]
    own = f"/v1/merchants/{other}/api-keys/{key}"
    assert house.client.delete(own, headers=stranger).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"login": "new", "password": "short", "name": "N", "role": "operator"}, "password"),
        ({"login": "new", "password": PASSWORD, "name": "N", "role": "merchant"}, "merchant_id"),
        ({"login": "new", "password": PASSWORD, "name": "N", "role": "clerk"}, "site_id"),
        ({"login": "a b", "password": PASSWORD, "name": "N", "role": "operator"}, "login"),
        ({"login": "new", "password": PASSWORD, "name": "N", "role": "king"}, "role"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(sqlite_house: House, body: dict[str, str], field: str) -> None:
    answer = sqlite_house.post("/v1/accounts", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_a_login_is_taken_once(sqlite_house: House) -> None:
    body = {"login": "operator", "password": PASSWORD, "name": "N", "role": "operator"}
    assert sqlite_house.post("/v1/accounts", body).status_code == 409


def test_each_role_is_let_through_where_the_table_says_so() -> None:
    for permission, roles in PERMISSIONS.items():
        assert all(may(role, permission) for role in roles)
    assert not may(next(iter(PERMISSIONS["positions.write"])), "ledger.read")


def test_a_dispatcher_may_not_make_merchants(sqlite_house: House) -> None:
    dispatcher = sqlite_house.account("dispatcher")
    answer = sqlite_house.post("/v1/merchants", {"name": "X"}, dispatcher)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:logistics:problem:forbidden")
