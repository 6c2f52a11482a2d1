"""Webhooks as a merchant meets them: over HTTP, with a server of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from logistics.kit.edge.db import Database
from logistics.webhooks.edge.sender import start_sender
from tests.builders import ManualClock
from tests.living import House
from tests.living import house as open_house
from tests.webhooks.receiver import Answer, Receiver, eventually, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def open_to_itself(database: Database, clock: ManualClock) -> Iterator[House]:
    """Give a house that may call this machine, as tests and demos do."""
    with open_house(database.url, clock, egress_loopback=True) as made:
        yield made


def endpoint(house: House, url: str, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = house.made("/v1/webhook-endpoints", {"url": url, **more}, house.merchant)
    return made


def messages(house: House, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = house.get(f"/v1/webhook-messages?{query}", house.merchant)["items"]
    return items


def all_delivered(house: House) -> bool:
    return all(one["state"] == "delivered" for message in messages(house) for one in message["deliveries"])


def test_a_merchant_is_told_and_sees_the_log(open_to_itself: House, receiver: Receiver) -> None:
    house = open_to_itself
    made = endpoint(house, receiver.url, types=["shipment.created", "shipment.cancelled"], description="shop")
    receiver.answers = [Answer(500)]
    shipment = house.shipment(cod_due={"amount_minor": 5000, "currency": "CNY"})
    house.hear_news()
    sender = start_sender(house.ctx)
    try:
        eventually(lambda: len(receiver.requests) == 1)
        eventually(lambda: bool(messages(house, "type=shipment.created")[0]["deliveries"][0]["attempts"]))
        (message,) = messages(house, "type=shipment.created&state=pending")
        assert [one["status"] for one in message["deliveries"][0]["attempts"]] == [500]
        assert message["shipment_id"] == shipment["id"]
        assert house.made(f"/v1/webhook-messages/{message['id']}/resend", None, house.merchant) == {"count": 1}
        eventually(lambda: len(receiver.requests) == 2)
        eventually(lambda: all_delivered(house))
    finally:
        sender.stop()
    told = Webhook(made["secret"]).verify(receiver.requests[1].body, receiver.requests[1].headers)
    assert told["type"] == "shipment.created"
    assert told["data"]["order_ref"] == shipment["order_ref"]
    assert told["data"]["cod_due"] == {"amount_minor": 5000, "currency": "CNY"}
    log = house.get(f"/v1/webhook-messages/{message['id']}", house.merchant)
    assert [one["status"] for one in log["deliveries"][0]["attempts"]] == [500, 200]


def test_a_rotated_secret_signs_beside_the_old_one(open_to_itself: House, receiver: Receiver) -> None:
    house = open_to_itself
    made = endpoint(house, receiver.url)
    rotated = house.made(f"/v1/webhook-endpoints/{made['id']}/rotate", None, house.merchant)
    assert rotated["secret"] != made["secret"]
    sender = start_sender(house.ctx)
    try:
        message = house.made(f"/v1/webhook-endpoints/{made['id']}/test", None, house.merchant)
        eventually(lambda: len(receiver.requests) == 1)
        eventually(lambda: all_delivered(house))
    finally:
        sender.stop()
    (request,) = receiver.requests
    assert request.headers["webhook-id"] == message["id"]
    for secret in (made["secret"], rotated["secret"]):
        assert Webhook(secret).verify(request.body, request.headers)["type"] == "webhook.test"
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 43 + "=").verify(request.body, request.headers)


def test_a_replay_sends_what_was_made_before(open_to_itself: House, receiver: Receiver) -> None:
    house = open_to_itself
    since = house.clock.now().isoformat()
    endpoint(house, "http://127.0.0.1:9/away")  # somebody listens, or no message is made
    for _ in range(3):
        house.shipment()
    house.hear_news()
    late = endpoint(house, receiver.url, types=["shipment.created"])
    count = house.made(f"/v1/webhook-endpoints/{late['id']}/replay", {"since": since}, house.merchant)
    assert count == {"count": 3}
    failed = {"since": since, "only_failed": True}
    assert house.made(f"/v1/webhook-endpoints/{late['id']}/replay", failed, house.merchant) == {"count": 0}
    sender = start_sender(house.ctx)
    try:
        eventually(lambda: len(receiver.requests) == 3)
    finally:
        sender.stop()
    assert {json.loads(request.body)["type"] for request in receiver.requests} == {"shipment.created"}


@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/hooks",
        "https://127.0.0.1/hooks",
        "https://10.0.0.1/hooks",
        "https://169.254.169.254/latest",
        "https://[::1]/hooks",
        "https://2130706433/hooks",
        "https://localhost/hooks",
        "https://user:pass@shop.example/hooks",
        "ftp://shop.example/hooks",
        "nonsense",
    ],
)
def test_an_address_that_is_not_to_be_called_is_refused_at_once(sqlite_house: House, url: str) -> None:
    answer = sqlite_house.post("/v1/webhook-endpoints", {"url": url}, sqlite_house.merchant)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "url")


def test_a_secret_is_shown_once(sqlite_house: House) -> None:
    house = sqlite_house
    made = endpoint(house, "https://shop.example/hooks")
    assert made["secret"].startswith("whsec_")
    shown = house.get(f"/v1/webhook-endpoints/{made['id']}", house.merchant)
    assert "secret" not in shown
    assert house.get("/v1/webhook-endpoints", house.merchant) == [shown]
    assert made["secret"] not in json.dumps(messages(house))


def test_a_deleted_endpoint_is_told_nothing(sqlite_house: House) -> None:
    house = sqlite_house
    made = endpoint(house, "https://shop.example/hooks")
    house.shipment()
    house.hear_news()
    path = f"/v1/webhook-endpoints/{made['id']}"
    assert house.client.delete(path, headers=house.merchant).status_code == 204
    assert house.get("/v1/webhook-endpoints", house.merchant) == []
    assert house.client.get(path, headers=house.merchant).status_code == 404
    message = messages(house)[0]
    assert message["deliveries"][0]["state"] == "gave_up"
    resent = house.post(f"/v1/webhook-messages/{message['id']}/resend", None, house.merchant)
    assert (resent.status_code, resent.json()["type"]) == (409, "urn:logistics:problem:nobody_listens")


def test_a_merchant_sees_its_own_webhooks_only(sqlite_house: House) -> None:
    house = sqlite_house
    made = endpoint(house, "https://shop.example/hooks")
    house.shipment()
    house.hear_news()
    (message, *_) = messages(house)
    other = house.key_of(house.made("/v1/merchants", {"name": "Red Shop"})["id"])
    path = f"/v1/webhook-endpoints/{made['id']}"
    assert house.client.get(path, headers=other).status_code == 404
    assert house.client.delete(path, headers=other).status_code == 404
    for what in ("rotate", "enable", "test"):
        assert house.post(f"{path}/{what}", None, other).status_code == 404
    since = {"since": house.clock.now().isoformat()}
    assert house.post(f"{path}/replay", since, other).status_code == 404
    assert house.client.get(f"/v1/webhook-messages/{message['id']}", headers=other).status_code == 404
    assert house.post(f"/v1/webhook-messages/{message['id']}/resend", None, other).status_code == 404
    assert house.get("/v1/webhook-messages", other)["items"] == []
    assert house.get(f"/v1/webhook-messages?endpoint_id={made['id']}", other)["items"] == []
    assert house.get("/v1/webhook-endpoints", other) == []


def test_a_type_nobody_sends_and_too_many_endpoints_are_refused(sqlite_house: House) -> None:
    house = sqlite_house
    wrong = house.post("/v1/webhook-endpoints", {"url": "https://a.example", "types": ["parcel.lost"]}, house.merchant)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "types")
    for no in range(20):
        endpoint(house, f"https://a.example/{no}")
    full = house.post("/v1/webhook-endpoints", {"url": "https://a.example"}, house.merchant)
    assert (full.status_code, full.json()["type"]) == (409, "urn:logistics:problem:too_many_endpoints")


def test_messages_come_in_pages(sqlite_house: House) -> None:
    house = sqlite_house
    endpoint(house, "https://shop.example/hooks", types=["shipment.created"])
    for _ in range(3):
        house.shipment()
    house.hear_news()
    first = house.get("/v1/webhook-messages?type=shipment.created&limit=2", house.merchant)
    rest = house.get(
        f"/v1/webhook-messages?type=shipment.created&limit=2&cursor={first['next_cursor']}", house.merchant
    )
    assert len({one["id"] for one in [*first["items"], *rest["items"]]}) == 3
