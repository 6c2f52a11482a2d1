from __future__ import annotations

import json

import httpx
import pytest

from logistics.carriers.edge.ports import ADAPTERS, over, ports_of
from logistics.carriers.edge.schemas import CarrierBase
from logistics.carriers.edge.tables import CarrierRow
from logistics.carriers.port import Ask
from logistics.kit.edge.http_client import HttpClient
from logistics.kit.errors import Failure


def row(adapter: str) -> CarrierRow:
    return CarrierRow(code="x", name="X", base_url="http://x.test", adapter=adapter, secret="s")  # type: ignore[call-arg]  # a row's defaults


def client(answers: list[httpx.Response], asked: list[httpx.Request]) -> HttpClient:
    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answers.pop(0)

    return HttpClient(transport=httpx.MockTransport(answer), pause=lambda _s: None)


def test_an_order_is_sent_again_where_the_carrier_was_busy() -> None:
    asked: list[httpx.Request] = []
    answers = [httpx.Response(503), httpx.Response(201, content=b"{}")]
    status, body = over(client(answers, asked))(Ask("POST", "http://x.test/waybills", {"A": "b"}, {"reference": "r"}))
    assert (status, body) == (201, b"{}")
    assert [json.loads(request.content) for request in asked] == [{"reference": "r"}] * 2
    assert asked[0].headers["A"] == "b"


def test_a_refusal_comes_back_as_it_is() -> None:
    assert over(client([httpx.Response(422, content=b"no")], []))(Ask("GET", "http://x.test", {})) == (422, b"no")


def test_a_carrier_nobody_speaks_to_is_a_failure_that_stays_one() -> None:
    with pytest.raises(Failure) as failed:
        ports_of(client([], []))(row("telepathy"))
    assert not failed.value.retry


def test_every_adapter_that_can_be_entered_exists() -> None:
    entered = CarrierBase.model_json_schema()["properties"]["adapter"]["enum"]
    assert set(entered) - {""} == set(ADAPTERS)
