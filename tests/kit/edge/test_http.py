from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

import pytest
from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import Response
from fastapi.testclient import TestClient
from httpx import Response as Answer
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col, select

from logistics.kit.edge import http
from logistics.kit.edge.bus import LocalBus
from logistics.kit.edge.context import Context, Settings
from logistics.kit.edge.db import Database
from logistics.kit.edge.tables import AuditRow, IdempotencyRow, LeaseRow
from logistics.kit.errors import Conflict, Failure, Invalid, TooMany
from tests.builders import NOON, ManualClock

TOGETHER_S = 0.3


class Lamp(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=20)]
    watts: Annotated[int, Field(ge=1)] = 40


class Shop:
    """A house with one trade: lamps, kept as leases because there is a table for them."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.database = database
        self.clock = clock
        self.app = FastAPI()
        self.bus = LocalBus()
        self.app.state.context = Context(Settings(), database, clock, self.bus, ThreadPoolExecutor(1))
        http.install(self.app)
        self.app.post("/lamps", status_code=201)(self.make_lamp)
        self.app.post("/fault/{kind}")(self.fault)
        self.app.get("/lamps")(self.list_lamps)
        self.client = TestClient(self.app, raise_server_exceptions=False)
        self.pause = threading.Event()

    def make_lamp(self, lamp: Lamp, tx: http.Tx, once: http.Once) -> Response:
        def make() -> Lamp:
            tx.session.add(LeaseRow(name=tx.new_id("lmp"), holder=lamp.name, expires_at=NOON))
            if lamp.name == "slow":
                self.pause.wait(TOGETHER_S)
            if lamp.name == "broken":
                raise Conflict("The last lamp is broken.", code="lamp_broken")
            return lamp

        return once(make)

    def fault(self, kind: str, tx: http.Tx) -> None:
        tx.session.add(LeaseRow(name="never", holder="x", expires_at=NOON))
        raise {
            "refusal": Invalid("watts", "is odd", "an even number"),
            "often": TooMany("Slower.", retry_after_s=7),
            "world": Failure("The map is away.", retry=True),
            "framework": HTTPException(404, "No such page."),
            "ours": RuntimeError("secret detail"),
        }[kind]

    def list_lamps(self, session: http.Reading, limit: Annotated[int, Query(ge=1, le=9)] = 5) -> list[str]:
        return list(session.exec(select(LeaseRow.holder).limit(limit)))

    def post(self, body: Any, key: str | None = "k1", asker: str = "anna") -> Answer:
        headers = {"Authorization": f"Bearer {asker}"} | ({"Idempotency-Key": key} if key else {})
        answer: Answer = self.client.post("/lamps", json=body, headers=headers)
        return answer

    def made(self) -> list[str]:
        with self.database.reading() as session:
            return sorted(session.exec(select(LeaseRow.holder)))


@pytest.fixture
def shop(database: Database, clock: ManualClock) -> Iterator[Shop]:
    made = Shop(database, clock)
    yield made
    made.bus.close()


READING = {"name": "reading"}


def test_the_same_key_gets_the_same_answer_and_does_nothing_twice(shop: Shop) -> None:
    first, second = shop.post(READING), shop.post(READING)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json() == {"name": "reading", "watts": 40}
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert shop.made() == ["reading"]


def test_another_key_does_it_again(shop: Shop) -> None:
    shop.post(READING)
    shop.post(READING, key="k2")
    assert shop.made() == ["reading", "reading"]


def test_two_askers_may_choose_the_same_key(shop: Shop) -> None:
    shop.post(READING, asker="anna")
    assert shop.post({"name": "desk"}, asker="bert").status_code == 201
    assert shop.made() == ["desk", "reading"]


def test_the_same_key_with_another_body_is_refused(shop: Shop) -> None:
    shop.post(READING)
    answer = shop.post({"name": "desk"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert shop.made() == ["reading"]


@pytest.mark.parametrize("key", [None, "", "x" * 256])
def test_without_a_key_nothing_is_made(shop: Shop, key: str | None) -> None:
    answer = shop.post(READING, key=key)
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("idempotency_key_missing")
    assert shop.made() == []


def test_a_refusal_is_not_kept_so_that_it_may_be_tried_again(shop: Shop) -> None:
    assert shop.post({"name": "broken"}).status_code == 409
    assert shop.made() == []
    assert shop.post(READING).status_code == 201


def test_a_key_is_kept_for_24_hours(shop: Shop) -> None:
    shop.post(READING)
    shop.clock.advance(hours=23, minutes=59)
    shop.post(READING)
    assert shop.made() == ["reading"]
    shop.clock.advance(minutes=1)
    shop.post(READING)
    assert shop.made() == ["reading", "reading"]


def test_old_answers_are_forgotten_and_new_ones_kept(shop: Shop) -> None:
    shop.post(READING, key="old")
    shop.clock.advance(hours=25)
    shop.post(READING, key="new")
    with shop.database.transaction() as tx:
        http.forget_answers(tx)
    with shop.database.reading() as session:
        assert session.exec(select(IdempotencyRow.key)).all() == ["new"]


def test_two_at_once_with_one_key_make_one(shop: Shop) -> None:
    answers: list[int] = []

    def ask() -> None:
        answers.append(shop.post({"name": "slow"}).status_code)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shop.made() == ["slow"]
    assert sorted(answers) in ([201, 201], [201, 409])  # the second waits for the first, or hears that it is in flight


PROBLEMS = [
    ("refusal", 422, "invalid", {}),
    ("often", 429, "too_many", {"Retry-After": "7"}),
    ("world", 503, "unavailable", {"Retry-After": "30"}),
    ("framework", 404, "not_found", {}),
    ("ours", 500, "our_fault", {}),
]


@pytest.mark.parametrize(("kind", "status", "code", "headers"), PROBLEMS)
def test_whatever_goes_wrong_leaves_as_a_problem(
    shop: Shop, kind: str, status: int, code: str, headers: dict[str, str]
) -> None:
    answer = shop.client.post(f"/fault/{kind}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == http.PROBLEM_JSON
    body = answer.json()
    assert body["type"] == http.PROBLEM_TYPE + code
    assert body["status"] == status
    assert body["detail"]
    assert "secret" not in answer.text
    for name, value in headers.items():
        assert answer.headers[name] == value
    assert shop.made() == [], "nothing of a failed request is kept"


def test_a_wrong_field_is_named_with_what_would_be_right(shop: Shop) -> None:
    answer = shop.post({"name": "desk", "watts": 0})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "field": "watts", "message": "Input should be greater than or equal to 1", "expected": "ge 1",
            "code": "greater_than_equal", "facts": {"ge": 1},
        }
    ]  # fmt: skip
    assert answer.json()["facts"] == {"field": "watts"}


def test_an_unknown_field_is_answered_with_those_there_are(shop: Shop) -> None:
    answer = shop.post({"name": "desk", "watt": 40})
    assert answer.json()["errors"] == [
        {
            "field": "watt", "message": "Extra inputs are not permitted", "expected": "name, watts",
            "code": "extra_forbidden",
        }
    ]  # fmt: skip


def test_a_wrong_parameter_is_named_too(shop: Shop) -> None:
    answer = shop.client.get("/lamps?limit=99")
    assert answer.json()["errors"][0]["field"] == "limit"


def test_every_change_has_a_name_and_a_time(shop: Shop) -> None:
    shop.post(READING)
    shop.client.post("/fault/refusal")
    with shop.database.reading() as session:
        rows = session.exec(select(AuditRow).order_by(col(AuditRow.id))).all()
    assert [(row.action, row.at) for row in rows] == [("POST /lamps", NOON)]


def test_the_refusals_of_a_route_are_described() -> None:
    described = http.problems(404, 409)
    assert sorted(map(int, described)) == [401, 403, 404, 409, 422]
    assert all(one["description"] for one in described.values())
