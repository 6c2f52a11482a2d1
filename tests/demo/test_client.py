from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from demo.client import Exchange, Refused


class Script:
    """A server that answers by a script: a status, or "die" to hang up without an answer."""

    def __init__(self, *answers: int | str) -> None:
        self.answers = list(answers)
        self.seen: list[tuple[str, str, str]] = []  # path, key, bearer
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
                script.seen.append((self.path, self.headers.get("Idempotency-Key", ""), bearer))
                answer = script.answers.pop(0)
                if answer == "die":
                    self.close_connection = True
                    self.connection.close()
                    return
                body = json.dumps({"token": f"fresh{len(script.seen)}", "type": "urn:x:no", "detail": "No."}).encode()
                self.send_response(int(answer))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST  # noqa: N815 - the base class names it so

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
                """Keep quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.exchange = Exchange(f"http://127.0.0.1:{self.server.server_address[1]}")

    def close(self) -> None:
        self.exchange.close()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def scripts() -> Iterator[list[Script]]:
    made: list[Script] = []
    yield made
    for script in made:
        script.close()


def play(scripts: list[Script], *answers: int | str) -> Script:
    scripts.append(Script(*answers))
    return scripts[-1]


def test_a_lost_answer_is_asked_for_again_under_the_same_key(scripts: list[Script]) -> None:
    script = play(scripts, "die", "die", 201)
    assert script.exchange.line("t").post("/v1/x", {}, key="k1")["token"] == "fresh3"
    assert script.seen == [("/v1/x", "k1", "t")] * 3
    assert script.exchange.traffic.lost_connections == 2


def test_busy_is_asked_again_and_a_refusal_is_told(scripts: list[Script]) -> None:
    script = play(scripts, 503, 422)
    with pytest.raises(Refused, match="422 No") as refused:
        script.exchange.line().post("/v1/x", {}, key="k1")
    assert (refused.value.status, refused.value.code, refused.value.repeated) == (422, "no", False)


def test_conflict_after_a_lost_answer_means_that_it_is_done(scripts: list[Script]) -> None:
    script = play(scripts, "die", 409)
    assert script.exchange.line().post_done("/v1/x") is None


def test_conflict_without_a_lost_answer_is_a_refusal(scripts: list[Script]) -> None:
    script = play(scripts, 409)
    with pytest.raises(Refused):
        script.exchange.line().post_done("/v1/x")


def test_a_session_that_has_run_out_is_begun_anew_once(scripts: list[Script]) -> None:
    script = play(scripts, 201, 401, 201, 200)
    person = script.exchange.person("li", "secret")
    person.get("/v1/me")
    assert [(path, bearer) for path, _, bearer in script.seen] == [
        ("/v1/sessions", ""),
        ("/v1/me", "fresh1"),
        ("/v1/sessions", ""),
        ("/v1/me", "fresh3"),
    ]
