"""A merchant gets nothing of another merchant's, a clerk nothing of another shop's: asked of every route there is.

A new route is asked by itself; if it has a parameter this file does not know, the test says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from httpx import Response

from logistics.access.model import Role
from tests.house.routes import Route, routes
from tests.living import House

# What a route needs to be understood at all, so that it is the tenant that is refused and not the request.
BODIES: dict[str, Any] = {
    "POST /v1/merchants/{merchant_id}/api-keys": {"name": "mine now"},
    "POST /v1/shipments/{shipment_id}/cancel": {"reason": "not mine"},
    "POST /v1/shipments/{shipment_id}/consents": {"kind": "store", "granted": True, "channel": "web"},
    "POST /v1/shipments/{shipment_id}/links": {},
    "POST /v1/webhook-endpoints/{endpoint_id}/replay": {"since": "2026-11-24T00:00:00Z", "only_failed": False},
    "POST /v1/depots/{site_id}/carrier-handovers": {"carrier": "pretend", "labels": ["x"]},
    "POST /v1/depots/{site_id}/receipts": {"labels": ["x"]},
    "POST /v1/depots/{site_id}/merchant-returns": {"labels": ["x"]},
    "POST /v1/service-points/{site_id}/arrivals": {"labels": ["x"]},
    "POST /v1/service-points/{site_id}/handovers": {"code": "123456"},
    "POST /v1/service-points/{site_id}/refusals": {"shipment_id": "shp_1", "reason": "recipient_refused"},
    "POST /v1/service-points/{site_id}/returns": {"labels": ["x"]},
    "POST /v1/service-points/{site_id}/hand-in": {"amount": {"amount_minor": 1, "currency": "CNY"}},
}
QUERIES = {
    "GET /v1/statements": "from=2026-11-01&to=2026-11-30",
    "GET /v1/statements/events": "from=2026-11-01&to=2026-11-30",
    "GET /v1/service-points": "lat=30.27&lon=120.15",
}
SITE_OF_ALL = {"GET /v1/sites/{site_id}": "where a shop is and when it opens is public"}
REFUSED = {403, 404}


@dataclass
class Neighbours:
    """Two merchants in one house: the owner has things, the stranger has nothing."""

    house: House
    stranger: dict[str, str]
    stranger_id: str
    ids: dict[str, str]
    marks: tuple[str, ...]  # words that would give the owner's things away

    def ask(self, route: Route, headers: Mapping[str, str], query: str = "") -> Response:
        path = route.filled(**self.ids)
        full = "&".join(part for part in (QUERIES.get(route.name, ""), query) if part)
        answer: Response = self.house.client.request(
            route.method,
            f"{path}?{full}" if full else path,
            json=BODIES.get(route.name) if route.method != "GET" else None,
            headers={**headers, "Idempotency-Key": f"key of {route.name}"},
        )
        return answer

    def given_away(self, answer: Response) -> list[str]:
        return [mark for mark in self.marks if mark in answer.text]


@pytest.fixture
def neighbours(sqlite_house: House) -> Neighbours:
    house = sqlite_house
    endpoint = house.made("/v1/webhook-endpoints", {"url": "https://blue-shop.example/hook"}, house.merchant)
    shipment = house.shipment(order_ref="order-of-the-owner", cod_due={"amount_minor": 12800, "currency": "CNY"})
    key = house.get(f"/v1/merchants/{house.merchant_id}/api-keys")[0]
    house.hear_news()
    message = house.get("/v1/webhook-messages", house.merchant)["items"][0]
    ids = {
        "merchant_id": house.merchant_id,
        "shipment_id": shipment["id"],
        "key_id": key["id"],
        "endpoint_id": endpoint["id"],
        "message_id": message["id"],
    }
    other_id = house.made("/v1/merchants", {"name": "Red Shop"})["id"]
    marks = (*ids.values(), shipment["tracking_no"], "order-of-the-owner", "王小明", "Blue Shop", "blue-shop.example")
    return Neighbours(house, house.key_of(other_id), other_id, ids, marks)


def of_role(role: Role) -> list[Route]:
    return [route for route in routes() if route.permissions and role in route.roles]


with_things = [route for route in of_role(Role.MERCHANT) if set(route.parameters) - {"site_id"}]
lists = [route for route in of_role(Role.MERCHANT) if not route.parameters and route.method == "GET"]


def test_a_merchant_gets_nothing_of_anothers(neighbours: Neighbours) -> None:
    wrong = []
    for route in with_things:
        assert set(route.parameters) <= set(neighbours.ids), f"{route.name}: how does one get at such a thing?"
        answer = neighbours.ask(route, neighbours.stranger)
        if answer.status_code not in REFUSED or neighbours.given_away(answer):
            wrong.append(f"{route.name} answered {answer.status_code}: {answer.text[:200]}")
    assert wrong == []


def test_a_refusal_is_the_same_for_what_is_not_there(neighbours: Neighbours) -> None:
    """Else a stranger could find out by asking which ids exist."""
    wrong = []
    for route in with_things:
        answer = neighbours.ask(route, neighbours.stranger)
        nothing = Neighbours(neighbours.house, {}, "", dict.fromkeys(neighbours.ids, "shp_none"), ())
        if nothing.ask(route, neighbours.stranger).status_code != answer.status_code:
            wrong.append(route.name)
    assert wrong == []


@pytest.mark.parametrize("naming_the_owner", [False, True])
def test_a_list_holds_nothing_of_anothers(neighbours: Neighbours, *, naming_the_owner: bool) -> None:
    query = f"merchant_id={neighbours.house.merchant_id}" if naming_the_owner else ""
    answers = {route.name: neighbours.ask(route, neighbours.stranger, query) for route in lists}
    given = {name: neighbours.given_away(answer) for name, answer in answers.items() if answer.status_code < 400}
    assert {name: marks for name, marks in given.items() if marks} == {}
    faults = {name: answer.text for name, answer in answers.items() if answer.status_code >= 500}
    assert faults == {}


def test_the_owner_does_get_them(neighbours: Neighbours) -> None:
    """Without this, a house that refuses everything would pass."""
    refused = [
        f"{route.name}: {answer.status_code} {answer.text[:100]}"
        for route in with_things
        if route.method == "GET"
        and (answer := neighbours.ask(route, neighbours.house.merchant)).status_code not in {200, 404, 409}
    ]
    assert refused == []
    shipments = neighbours.house.get("/v1/shipments", neighbours.house.merchant)["items"]
    assert [one["order_ref"] for one in shipments] == ["order-of-the-owner"]
    mine = neighbours.house.get(f"/v1/shipments/{neighbours.ids['shipment_id']}", neighbours.house.merchant)
    assert mine["order_ref"] == "order-of-the-owner"


def test_what_a_stranger_tried_changed_nothing(neighbours: Neighbours) -> None:
    before = neighbours.house.get(f"/v1/shipments/{neighbours.ids['shipment_id']}")
    for route in with_things:
        neighbours.ask(route, neighbours.stranger)
    assert neighbours.house.get(f"/v1/shipments/{neighbours.ids['shipment_id']}") == before
    assert len(neighbours.house.get(f"/v1/merchants/{neighbours.house.merchant_id}/api-keys")) == 1


@pytest.mark.parametrize("role", [Role.CLERK, Role.DEPOT])
def test_who_works_at_one_site_gets_nothing_of_another(neighbours: Neighbours, role: Role) -> None:
    house = neighbours.house
    own, other = ("store_id", "Far Store") if role is Role.CLERK else ("depot_id", "Far Depot")
    kinds = ["store"] if role is Role.CLERK else ["depot"]
    neighbours.ids["site_id"] = house.site(other, kinds)["id"]
    headers = house.account(role.value, site_id=getattr(house, own))
    asked = [route for route in of_role(role) if "site_id" in route.parameters and route.name not in SITE_OF_ALL]
    assert asked
    wrong = {
        route.name: f"{answer.status_code} {answer.text[:200]}"
        for route in asked
        if (answer := neighbours.ask(route, headers)).status_code not in REFUSED
    }
    assert wrong == {}
