"""Two limits in front of every route: how large a body may be, and how often one asker may ask.

Rates are a token bucket per key (or address, for the public), in the memory of this process.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from logistics.kit.edge.clock import monotonic_s
from logistics.kit.edge.http import problem
from logistics.kit.errors import TooLarge, TooMany

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_BYTES_MAX = 9 * 1024 * 1024  # the largest order file and its envelope
ASKERS_MAX = 50_000  # beyond this many the longest silent is forgotten: memory is bounded


@dataclass(slots=True)
class Bucket:
    """What is left of an asker's burst, and when that was reckoned."""

    left: float
    at_s: float


class Rates:
    """A token bucket per asker: ``per_s`` in the long run, ``burst`` at once."""

    def __init__(self, per_s: float, burst: int) -> None:
        self.per_s = per_s
        self.burst = burst
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, asker: str, now_s: float) -> tuple[int, float]:
        """Take one request; return how many are left, and the seconds to wait if there was none (else 0)."""
        bucket = self._buckets.pop(asker, None) or Bucket(self.burst, now_s)
        self._buckets[asker] = bucket
        if len(self._buckets) > ASKERS_MAX:
            self._buckets.popitem(last=False)
        bucket.left = min(self.burst, bucket.left + (now_s - bucket.at_s) * self.per_s)
        bucket.at_s = now_s
        if bucket.left < 1:
            return 0, (1 - bucket.left) / self.per_s
        bucket.left -= 1
        return int(bucket.left), 0.0


class Limits:
    """The middleware: counts bytes and requests, and says so in the RateLimit headers."""

    def __init__(self, app: ASGIApp, per_s: int, burst: int) -> None:
        self._app = app
        self._rates = Rates(per_s, burst)
        self._policy = f'"default";q={burst};w={ceil(burst / per_s)}'.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it before anything reads it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0")
        left, wait_s = self._rates.take(_asker(scope, headers), monotonic_s())
        if wait_s:
            refusal = TooMany("Too many requests; slow down.", retry_after_s=ceil(wait_s))
            await problem(refusal)(scope, receive, send)
        elif not length.isdigit() or int(length) > BODY_BYTES_MAX:
            await problem(_too_large())(scope, receive, send)
        else:
            await self._app(scope, _counted(receive), self._telling(send, left))

    def _telling(self, send: Send, left: int) -> Send:
        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(b"ratelimit-policy", self._policy), (b"ratelimit", f'"default";r={left}'.encode())]
                message = {**message, "headers": [*message.get("headers", []), *extra]}
            await send(message)

        return telling


def _asker(scope: Scope, headers: dict[bytes, bytes]) -> str:
    key = headers.get(b"authorization") or headers.get(b"cookie")
    if key:
        return hashlib.sha256(key).hexdigest()
    client = scope.get("client")
    return str(client[0]) if client else ""


def _counted(receive: Receive) -> Receive:
    """Count the body as it comes: a chunked one announces no length."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > BODY_BYTES_MAX:
            raise _too_large()
        return message

    return counted


def _too_large() -> TooLarge:
    return TooLarge(f"The body is larger than {BODY_BYTES_MAX} bytes; send it in parts.")
