"""Every route asks for a permission or is public on purpose; roles get what the table gives them and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from logistics.access.model import Role
from logistics.access.roles import PERMISSIONS
from logistics.wiring import RAW_ROUTES
from tests.house.routes import Route, routes
from tests.house.source import sources
from tests.living import House

PUBLIC = {
    "GET /healthz": "load balancers ask it",
    "GET /readyz": "load balancers ask it",
    "GET /v1/config": "pages read it before anybody has logged in",
    "GET /v1/clock": "what time it is here is no secret",
    "POST /v1/sessions": "one logs in with it",
    "DELETE /v1/sessions/current": "logging out works with any token, also one that has run out",
    "POST /v1/devices/pair": "the pairing code is the proof",
    "POST /v1/carriers/{code}/callback/{secret}": "the secret in the address and the signature are the proof",
    "GET /v1/track/{token}": "the link token is the proof",
    "GET /v1/track/{token}/events": "the link token is the proof",
    "POST /v1/track/lookup": "number and phone digits, five tries an hour",
    "GET /t/{token}": "the buyer's page itself; what it shows is asked for with the token",
    "GET /track": "the page where a number is looked up",
}
RAW = {
    "/v1/positions": "the device token is checked by the ingest itself",
    "/v1/positions/osmand": "the device's id is its proof in that protocol",
}
WITHOUT_KEY = {
    "POST /v1/sessions": "logging in twice does no harm",
    "POST /v1/devices/pair": "the code works once",
    "POST /v1/devices/pairing-codes": "a code that nobody uses runs out",
    "POST /v1/merchants/{merchant_id}/api-keys": "the answer holds a secret, which is not kept to be given again",
    "POST /v1/shipments/{shipment_id}/links": "likewise",
    "POST /v1/webhook-endpoints": "likewise",
    "POST /v1/accounts": "a login exists once; the second is refused",
    "POST /v1/carriers": "a carrier's code exists once; the second is refused",
    "POST /v1/merchants": "set up by hand, by an operator who sees a double",
    "POST /v1/sites": "likewise",
    "POST /v1/vehicles": "likewise",
    "POST /v1/shipments/{shipment_id}/consents": "a record of what was said and when; the last one counts",
    "POST /v1/shipments/{shipment_id}/choice": "the choice is replaced by itself",
    "POST /v1/plans/{plan_id}/release": "a plan is released once; the second is refused",
    "POST /v1/replans": "a proposal changes nothing; it is accepted once, the second is refused",
}

guarded = [route for route in routes() if route.permissions]


def test_there_are_routes() -> None:
    assert len(routes()) > 30


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_every_route_asks_for_a_permission_or_is_public(route: Route) -> None:
    if route.permissions:
        assert route.name not in PUBLIC, f"{route.name} is on the public list and asks for {set(route.permissions)}"
    else:
        assert route.name in PUBLIC, f"{route.name} lets everybody in; if that is meant, say why in PUBLIC"


def test_the_public_list_names_routes_that_exist() -> None:
    assert set(PUBLIC) <= {route.name for route in routes()}


def test_raw_routes_are_known() -> None:
    assert {path for path, _, _ in RAW_ROUTES} == set(RAW)


def test_every_permission_is_asked_for_somewhere() -> None:
    texts = [source.text for source in sources() if source.module != "logistics.access.roles"]
    unasked = {permission for permission in PERMISSIONS if not any(f'"{permission}"' in text for text in texts)}
    assert unasked == set()


@pytest.mark.parametrize("route", guarded, ids=lambda route: route.name)
def test_the_description_says_that_strangers_are_refused(route: Route) -> None:
    assert {401, 403} <= route.refusals, f"{route.name} lacks `responses=problems(...)`"


def test_what_creates_is_done_once() -> None:
    creating = {route.name for route in routes() if route.method == "POST" and route.status == 201}
    with_key = {route.name for route in routes() if route.once}
    assert creating - with_key == set(WITHOUT_KEY) & creating, "ask for an Idempotency-Key, or say here why not"
    assert not set(WITHOUT_KEY) & with_key


@pytest.fixture
def house(sqlite_house: House) -> Iterator[House]:
    yield sqlite_house  # noqa: PT022 - renamed only


def headers_of(house: House) -> dict[Role, dict[str, str]]:
    return {
        Role.OPERATOR: house.operator,
        Role.MERCHANT: house.merchant,
        Role.DISPATCHER: house.account("dispatcher"),
        Role.DEPOT: house.account("depot", site_id=house.depot_id),
        Role.CLERK: house.account("clerk", site_id=house.store_id),
        Role.DRIVER: house.device(kind="driver", vehicle_id="veh_1"),
    }


def test_a_stranger_is_refused_everywhere(house: House) -> None:
    let_in = [
        route.name
        for route in guarded
        if house.client.request(route.method, route.filled(), json={}).status_code != 401
    ]
    assert let_in == []


def test_each_role_is_refused_what_the_table_does_not_give_it(house: House) -> None:
    headers = headers_of(house)
    let_in = [
        f"{role}: {route.name} answered {answer.status_code}"
        for route in guarded
        for role in set(Role) - route.roles
        if (answer := house.client.request(route.method, route.filled(), json={}, headers=headers[role])).status_code
        != 403
    ]
    assert let_in == []
