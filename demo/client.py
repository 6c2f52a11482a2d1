"""One actor's line to the platform: plain HTTP, as anyone's.

A line survives a server that dies: it waits until one answers again and sends the same request with the
same Idempotency-Key. Decides when to try again; does not decide what to ask.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import httpx

PATIENCE_S = 60.0  # how long a server may be away before the day is given up
PAUSE_S = 0.15
PAUSE_S_MAX = 2.0
TIMEOUT_S = 60.0
HTTP_UNAUTHENTICATED = 401
HTTP_CONFLICT = 409
HTTP_REFUSED = 400
BUSY = (429, 502, 503, 504)

Json = Any


class Refused(Exception):  # noqa: N818 - an answer, as in the house's own family of errors
    """The platform said no: its HTTP status and its problem document."""

    def __init__(self, status: int, problem: dict[str, Any], asked: str, *, repeated: bool = False) -> None:
        """Say what was asked, what the answer was, and whether the question may have arrived twice."""
        wrong = "; ".join(f"{e['field']}: {e['message']} ({e['expected']})" for e in problem.get("errors", []))
        super().__init__(f"{asked} -> {status} {problem.get('detail', '')} {wrong}".strip())
        self.status = status
        self.problem = problem
        self.repeated = repeated

    @property
    def code(self) -> str:
        """The stable last word of the problem's type."""
        return str(self.problem.get("type", "")).rsplit(":", 1)[-1]


@dataclass(slots=True)
class Traffic:
    """What went over all lines together."""

    requests: int = 0
    repeats: int = 0
    lost_connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, *, repeats: int = 0, lost: int = 0) -> None:
        """Add one request, and how often it was repeated."""
        with self.lock:
            self.requests += 1
            self.repeats += repeats
            self.lost_connections += lost


class Exchange:
    """The connections all lines of one demo share, and the address they lead to."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.traffic = Traffic()
        self.http = httpx.Client(
            base_url=base_url,
            timeout=TIMEOUT_S,
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=32, keepalive_expiry=30.0),
        )

    def close(self) -> None:
        """Hang up all lines."""
        self.http.close()

    def line(self, token: str = "", renew: Callable[[], str] | None = None) -> Line:
        """Open a line with a bearer token; ``renew`` fetches a new one when the old has run out."""
        return Line(self, token, renew)

    def person(self, login: str, password: str) -> Line:
        """Open a line for somebody who logs in, now and whenever the session has run out."""
        open_line = Line(self, "", None)
        body = {"login": login, "password": password}

        def log_in() -> str:
            return str(open_line.post("/v1/sessions", body)["token"])

        return Line(self, log_in(), log_in)


class Line:
    """The requests of one actor."""

    def __init__(self, exchange: Exchange, token: str, renew: Callable[[], str] | None) -> None:
        self.exchange = exchange
        self.token = token
        self._renew = renew

    def get(self, path: str, **params: Any) -> Json:
        """Read something."""
        return self._json("GET", path, params={k: v for k, v in params.items() if v is not None})

    def pages(self, path: str, **params: Any) -> list[Json]:
        """Read a whole list, page by page."""
        items: list[Json] = []
        cursor = None
        while True:
            page = self.get(path, cursor=cursor, limit=500, **params)
            items += page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return items

    def post(self, path: str, body: Json = None, *, key: str = "", **params: Any) -> Json:
        """Do something; the key is the name of the request, the same for every repetition of it."""
        body = body if body is not None else {}
        return self._json("POST", path, json=body, headers=_named(key), params=params)

    def post_done(self, path: str, body: Json = None, *, key: str = "", **headers: str) -> Json | None:
        """Do something that refuses to be done twice: after a lost connection, 409 says that it is done."""
        try:
            return self._json("POST", path, json=body if body is not None else {}, headers=_named(key) | headers)
        except Refused as refused:
            if refused.status == HTTP_CONFLICT and refused.repeated:
                return None
            raise

    def delete(self, path: str) -> None:
        """Take something away."""
        self._json("DELETE", path)

    def put(self, path: str, body: Json, **headers: str) -> Json:
        """Replace something."""
        return self._json("PUT", path, json=body, headers=headers)

    def send_file(self, path: str, name: str, content: bytes, kind: str, *, key: str, **params: Any) -> Json:
        """Send a file as a form does."""
        files = {"file": (name, content, kind)}
        return self._json("POST", path, files=files, params=params, headers=_named(key))

    def _json(self, method: str, path: str, **options: Any) -> Json:
        answer, repeated = self._answer(method, path, **options)
        if answer.status_code >= HTTP_REFUSED:
            raise Refused(answer.status_code, _problem(answer), f"{method} {path}", repeated=repeated)
        return answer.json() if answer.content else None

    def _answer(self, method: str, path: str, **options: Any) -> tuple[httpx.Response, bool]:
        """Return the first answer that is one, and whether the question had to be asked again."""
        deadline = time.monotonic() + PATIENCE_S
        pause, repeats, lost, renewed = PAUSE_S, 0, 0, False
        headers = options.pop("headers", {})
        while True:
            try:
                answer = self.exchange.http.request(method, path, headers=headers | self._bearer(), **options)
            except httpx.TransportError:
                lost += 1
                if time.monotonic() > deadline:
                    raise
            else:
                if answer.status_code == HTTP_UNAUTHENTICATED and self._renew and not renewed:
                    renewed, self.token = True, self._renew()
                    continue
                if not self._worth_asking_again(answer, deadline):
                    self.exchange.traffic.count(repeats=repeats, lost=lost)
                    return answer, lost > 0
            repeats += 1
            time.sleep(pause)
            pause = min(pause * 1.5, PAUSE_S_MAX)

    def _worth_asking_again(self, answer: httpx.Response, deadline: float) -> bool:
        in_flight = answer.status_code == HTTP_CONFLICT and b"idempotency_in_flight" in answer.content
        return (answer.status_code in BUSY or in_flight) and time.monotonic() < deadline

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


def _named(key: str) -> dict[str, str]:
    """Return the header that names a request; headers are ASCII, shops are not."""
    return {"Idempotency-Key": quote(key)} if key else {}


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except json.JSONDecodeError:
        return {"detail": answer.text[:300]}
    return content if isinstance(content, dict) else {"detail": str(content)[:300]}
