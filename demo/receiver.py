"""Where the merchants' webhooks arrive: a small HTTP server that trusts nothing and forgets nothing.

It verifies every message by the Standard Webhooks rules, answers some first tries with an error - as
receivers do - and counts what came, came twice, or came wrong.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FAIL_EVERY = 11  # of so many messages, one is answered with an error at its first try
BODY_MAX = 64_000


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """Return the signature a message must carry: base64 of HMAC-SHA256 over ``id.timestamp.body``."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def is_genuine(secret: str, message_id: str, timestamp: str, body: bytes, given: str) -> bool:
    """Tell whether one of the given signatures (there may be several, old key and new) is right."""
    try:
        expected = signature(secret, message_id, timestamp, body)
    except binascii.Error:
        return False
    return any(hmac.compare_digest(expected, one) for one in given.split())


@dataclass(slots=True)
class Inbox:
    """What one merchant has received."""

    secret: str = ""
    tries: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, str] = field(default_factory=dict)  # message id -> type
    seqs: dict[str, set[int]] = field(default_factory=dict)  # shipment -> its sequence numbers
    links: dict[str, str] = field(default_factory=dict)  # shipment -> tracking link, where a message tells it
    forged: int = 0
    failed_on_purpose: int = 0
    doubled: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, message_id: str, body: dict[str, Any]) -> int:
        """Take a genuine message and return the HTTP status to answer with."""
        with self.lock:
            self.tries[message_id] += 1
            if self.tries[message_id] == 1 and self._unlucky(message_id):
                self.failed_on_purpose += 1
                return 500
            self.doubled += message_id in self.acknowledged
            self.acknowledged[message_id] = body["type"]
            self._read(body.get("data", {}))
            return 204

    def _read(self, data: dict[str, Any]) -> None:
        shipment = str(data.get("shipment_id", ""))
        if "shipment_seq" in data:
            self.seqs.setdefault(shipment, set()).add(int(data["shipment_seq"]))
        if data.get("tracking_url"):
            self.links[shipment] = str(data["tracking_url"])

    def _unlucky(self, message_id: str) -> bool:
        return hashlib.sha256(message_id.encode()).digest()[0] % FAIL_EVERY == 0


class Receiver:
    """The server: one address per merchant, ``/hooks/<number>``."""

    def __init__(self, merchants: int) -> None:
        self.inboxes = [Inbox() for _ in range(merchants)]
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.inboxes))
        self._server.daemon_threads = True

    def url(self, merchant: int) -> str:
        """Return the address to register for a merchant."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/hooks/{merchant}"

    def start(self) -> None:
        """Listen, in a thread."""
        threading.Thread(target=self._server.serve_forever, name="receiver", daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def _handler(inboxes: list[Inbox]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length", 0)), BODY_MAX)
            self._answer(self._status(self.rfile.read(length)))

        def _status(self, body: bytes) -> int:
            number = self.path.rsplit("/", 1)[-1]
            if not number.isdigit() or int(number) >= len(inboxes):
                return 404
            inbox = inboxes[int(number)]
            message_id = self.headers.get("webhook-id", "")
            timestamp = self.headers.get("webhook-timestamp", "")
            given = self.headers.get("webhook-signature", "")
            if not is_genuine(inbox.secret, message_id, timestamp, body, given):
                with inbox.lock:
                    inbox.forged += 1
                return 401
            return inbox.take(message_id, json.loads(body))

        def _answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """Keep quiet."""

    return Handler
