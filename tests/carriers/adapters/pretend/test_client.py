from __future__ import annotations

import json

import pytest

from logistics.carriers.adapters.pretend.client import PretendClient
from logistics.carriers.port import Account, Ask, CarrierRefused
from logistics.kit.errors import Failure
from tests.carriers.adapters.pretend.test_wire import ORDER


def client(status: int, answer: object, asked: list[Ask]) -> PretendClient:
    def send(ask: Ask) -> tuple[int, bytes]:
        asked.append(ask)
        return status, json.dumps(answer).encode()

    return PretendClient(Account("http://carrier.test/", "s3cret"), send)


def test_booking_names_the_waybill() -> None:
    asked: list[Ask] = []
    assert client(201, {"waybill_no": "PC1"}, asked).book(ORDER).waybill_no == "PC1"
    assert asked[0].url == "http://carrier.test/waybills"
    assert asked[0].headers["Authorization"] == "Bearer s3cret"
    assert asked[0].json["reference"] == ORDER.reference


def test_a_no_is_told_in_the_carriers_words() -> None:
    with pytest.raises(CarrierRefused, match="too heavy"):
        client(422, {"detail": "too heavy"}, []).book(ORDER)


def test_a_booking_without_a_waybill_is_a_failure() -> None:
    with pytest.raises(Failure):
        client(200, {"waybill_no": ""}, []).book(ORDER)


def test_a_waybill_cannot_lead_elsewhere() -> None:
    asked: list[Ask] = []
    client(200, {}, asked).track("../admin?x")
    assert asked[0].url == "http://carrier.test/waybills/..%2Fadmin%3Fx"
