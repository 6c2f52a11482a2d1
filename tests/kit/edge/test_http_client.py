from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from logistics.kit.edge.egress import Egress
from logistics.kit.edge.http_client import BODY_BYTES_MAX, HttpClient, Request
from logistics.kit.errors import Failure

Answers = list[int | Exception]


class Server:
    """Gives prepared answers, then 200, and remembers what it was asked."""

    def __init__(self, *answers: int | Exception, body: bytes = b"{}") -> None:
        self.answers = list(answers)
        self.body = body
        self.asked: list[httpx.Request] = []
        self.pauses: list[float] = []

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer, content=self.body, headers={"X-Seen": "yes"})

    def client(self, egress: Egress | None = None) -> HttpClient:
        return HttpClient(egress, transport=httpx.MockTransport(self.handle), pause=self.pauses.append)


GET = Request("GET", "https://carrier.example/track?key=secret")
POST = Request("POST", "https://carrier.example/book", json={"a": 1})
OFF = httpx.ConnectError("refused")
SLOW = httpx.ReadTimeout("slow")


@pytest.mark.parametrize(
    ("request_", "answers", "calls", "verdict"),
    [
        (GET, [], 1, 200),
        (GET, [404], 1, 404),  # a no is an answer
        (GET, [302], 1, 302),  # so is a redirect: it is not followed
        (GET, [503, OFF], 3, 200),
        (GET, [503, 503, 503], 3, "retry"),
        (GET, [OFF, SLOW, OFF], 3, "retry"),
        (GET, [429, 429, 429], 3, "retry"),
        (POST, [503], 1, "retry"),  # it may have been done: not once more by ourselves
        (POST, [SLOW], 1, "retry"),
        (Request("POST", POST.url, repeatable=True), [SLOW, 502], 3, 200),
    ],
)
def test_patience(request_: Request, answers: Answers, calls: int, verdict: int | str) -> None:
    server = Server(*answers)
    if isinstance(verdict, int):
        assert server.client().send(request_).status == verdict
    else:
        with pytest.raises(Failure) as failure:
            server.client().send(request_)
        assert failure.value.retry
    assert len(server.asked) == calls


def test_pauses_grow() -> None:
    server = Server(503, 503)
    server.client().send(GET)
    assert server.pauses == [0.3, 0.6]


def test_a_failure_does_not_tell_the_query() -> None:
    server = Server(500, 500, 500)
    with pytest.raises(Failure) as failure:
        server.client().send(GET)
    assert "carrier.example/track" in failure.value.detail
    assert "secret" not in failure.value.detail


def test_an_answer_is_read_as_text_and_json() -> None:
    answer = Server(body='{"message": "成功"}'.encode()).client().send(GET)
    assert answer.json() == {"message": "成功"}
    assert "成功" in answer.text
    assert answer.headers["x-seen"] == "yes"


def test_an_answer_that_is_no_json_is_a_failure() -> None:
    with pytest.raises(Failure, match="no JSON"):
        Server(body=b"<html>").client().send(GET).json()


def test_an_endless_answer_is_cut_off() -> None:
    with pytest.raises(Failure) as failure:
        Server(body=b"x" * (BODY_BYTES_MAX + 1)).client().send(GET)
    assert not failure.value.retry


def test_no_address_is_a_failure() -> None:
    with pytest.raises(Failure):
        Server().client().send(Request("GET", "http://[::1"))


def resolving(address: str) -> Callable[[Egress, str], str]:
    return lambda _egress, _url: address


def test_the_guard_pins_the_checked_address_and_keeps_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Egress, "resolve", resolving("1.1.1.1"))
    server = Server()
    server.client(Egress()).send(GET)
    asked = server.asked[0]
    assert asked.url.host == "1.1.1.1"
    assert asked.headers["host"] == "carrier.example"
    assert asked.extensions["sni_hostname"] == "carrier.example"


def test_the_guard_refuses_before_anybody_is_called() -> None:
    server = Server()
    with pytest.raises(Failure):
        server.client(Egress()).send(Request("GET", "https://nobody.invalid/"))
    assert not server.asked


def test_a_server_of_the_operators_may_say_more() -> None:
    server = Server(body=b"x" * (BODY_BYTES_MAX + 1))
    client = HttpClient(transport=httpx.MockTransport(server.handle), body_bytes_max=BODY_BYTES_MAX + 1)
    assert len(client.send(GET).body) == BODY_BYTES_MAX + 1


def test_who_is_in_a_hurry_asks_once() -> None:
    server = Server(503)
    with pytest.raises(Failure):
        HttpClient(transport=httpx.MockTransport(server.handle), tries=1).send(GET)
    assert len(server.asked) == 1
