from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from logistics.kit.edge import http, limits
from logistics.kit.edge.limits import Limits, Rates

SMALL = 1000


@pytest.mark.parametrize(
    ("at_s", "passed"),
    [
        # three at once, then one for every half second
        ([0, 0, 0], [True, True, True]),
        ([0, 0, 0, 0], [True, True, True, False]),
        ([0, 0, 0, 0.4], [True, True, True, False]),
        ([0, 0, 0, 0.5, 0.5], [True, True, True, True, False]),
        # however long the silence, never more than the burst
        ([0, 100, 100, 100, 100], [True, True, True, True, False]),
    ],
)
def test_a_burst_and_then_a_rate(at_s: list[float], passed: list[bool]) -> None:
    rates = Rates(per_s=2, burst=3)
    assert [rates.take("anna", moment)[1] == 0 for moment in at_s] == passed


def test_how_long_to_wait_is_said() -> None:
    rates = Rates(per_s=2, burst=1)
    rates.take("anna", 0.0)
    # empty at 0; at 0.1 s there is 0.2 of one; 0.8 more take 0.4 s
    left, wait_s = rates.take("anna", 0.1)
    assert left == 0
    assert wait_s == pytest.approx(0.4)


def test_one_asker_is_not_anothers() -> None:
    rates = Rates(per_s=1, burst=1)
    rates.take("anna", 0.0)
    assert rates.take("bert", 0.0)[1] == 0


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ASKERS_MAX", 2)
    rates = Rates(per_s=1, burst=1)
    for asker in ("anna", "bert", "cleo"):
        rates.take(asker, 0.0)
    assert rates.take("cleo", 0.0)[1] > 0
    assert rates.take("anna", 0.0)[1] == 0, "the longest silent is forgotten"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(limits, "BODY_BYTES_MAX", SMALL)
    app = FastAPI()
    http.install(app)

    @app.post("/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(Limits, per_s=1, burst=3)
    return TestClient(app)


def test_a_body_within_the_limit_is_read(client: TestClient) -> None:
    assert client.post("/size", content=b"x" * SMALL).json() == SMALL


def test_a_body_that_says_it_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.post("/size", content=b"x" * (SMALL + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"] == http.PROBLEM_JSON


def test_a_body_that_does_not_say_so_is_refused_too(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(11):
            yield b"x" * (SMALL // 10)

    assert client.post("/size", content=pieces()).status_code == 413


def test_the_rate_is_told_and_kept(client: TestClient) -> None:
    answers = [client.post("/size", headers={"Authorization": "Bearer a"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["RateLimit"] == '"default";r=2'
    assert answers[0].headers["RateLimit-Policy"] == '"default";q=3;w=3'
    assert int(answers[3].headers["Retry-After"]) >= 1
    assert client.post("/size", headers={"Authorization": "Bearer b"}).status_code == 200
