"""Calling other people's servers, in one way: with time-outs, with patience where it is safe, with our errors.

The one room that opens an HTTP client for ordinary calls. (Webhooks go out in great numbers and have their
own asynchronous session, behind the same guard: see ``egress``.)
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from logistics.kit.errors import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from logistics.kit.edge.egress import Egress

TIMEOUT_S = 15.0
TRIES = 3
PAUSE_S_FIRST = 0.3  # then twice as long each time
PAUSE_S_MAX = 5.0
BODY_BYTES_MAX = 8 * 1024 * 1024  # of a stranger's answer; whoever asks a server of the operator's own may allow more
SAFE_TWICE = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})  # RFC 9110, 9.2.2
COME_BACK = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask. ``repeatable`` says that doing it twice does no harm, for methods that do not say so."""

    method: str
    url: str
    headers: Mapping[str, str] | None = None
    params: Mapping[str, str] | None = None
    json: Any = None
    form: Mapping[str, str] | None = None
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read to its end."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text; bytes that are no UTF-8 are shown as such."""
        return self.body.decode(errors="replace")

    def json(self) -> Any:
        """Return the body as JSON; Failure if it is none."""
        try:
            return json.loads(self.body)
        except ValueError as fault:
            raise Failure(f"the answer ({self.status}) is no JSON: {self.text[:200]!r}", retry=False) from fault


class HttpClient:
    """A client of one kind of server. With a guard, each call goes to an address that was checked.

    ``tries``: how often a call is made that may be made twice. ``body_bytes_max``: of what is longer nothing is taken.
    """

    def __init__(
        self,
        egress: Egress | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        tries: int = TRIES,
        body_bytes_max: int = BODY_BYTES_MAX,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        inner = transport or httpx.HTTPTransport()
        self._client = httpx.Client(
            transport=_Guarded(inner, egress) if egress else inner,
            timeout=timeout_s,
            follow_redirects=False,
            trust_env=False,  # a proxy of the environment would make the guard check the wrong address
        )
        self._pause, self._tries, self._body_bytes_max = pause, tries, body_bytes_max

    def send(self, request: Request) -> Answer:
        """Return the answer, be it yes or no (2xx..4xx).

        Raises Failure when there is none: not reached, too slow, broken (5xx), too busy (429). It has then been
        tried as often as it may be (three times), if once more does no harm; ``retry`` says whether later makes sense.
        """
        again = request.repeatable or request.method.upper() in SAFE_TWICE
        for attempt in range(self._tries if again else 1):
            if attempt:
                self._pause(min(PAUSE_S_FIRST * 2 ** (attempt - 1), PAUSE_S_MAX))
            try:
                return self._once(request)
            except Failure as failure:
                if not failure.retry:
                    raise
                last = failure
        raise last

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _once(self, request: Request) -> Answer:
        try:
            answer = self._ask(request)
        except httpx.TransportError as fault:
            raise Failure(f"{_where(request)} did not answer: {fault or type(fault).__name__}", retry=True) from fault
        except (httpx.InvalidURL, httpx.DecodingError) as fault:
            raise Failure(f"{_where(request)} cannot be understood: {fault}", retry=False) from fault
        if answer.status in COME_BACK:
            raise Failure(f"{_where(request)} answered {answer.status}", retry=True)
        return answer

    def _ask(self, request: Request) -> Answer:
        asked = self._client.build_request(
            request.method,
            request.url,
            headers=request.headers,
            params=request.params,
            json=request.json,
            data=request.form,
        )
        answer = self._client.send(asked, stream=True)
        try:
            return Answer(answer.status_code, dict(answer.headers), self._read(answer, request))
        finally:
            answer.close()

    def _read(self, answer: httpx.Response, request: Request) -> bytes:
        body = bytearray()
        for part in answer.iter_bytes():
            body += part
            if len(body) > self._body_bytes_max:
                raise Failure(f"{_where(request)} answered with more than {self._body_bytes_max} bytes", retry=False)
        return bytes(body)


class _Guarded(httpx.BaseTransport):
    """Connects to the checked address, while the server's name still names it to TLS and to the server."""

    def __init__(self, inner: httpx.BaseTransport, egress: Egress) -> None:
        self._inner = inner
        self._egress = egress

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        address = self._egress.resolve(str(request.url))
        request.extensions = {**request.extensions, "sni_hostname": request.url.host}
        request.url = request.url.copy_with(host=address)  # the header Host was set from the name
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def _where(request: Request) -> str:
    """Name the server without the query, where keys and numbers stand."""
    return f"{request.method} {request.url.partition('?')[0]}"
