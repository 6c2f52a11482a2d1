"""A merchant's server: answers as it is told to, and remembers what it was sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WAIT_S_MAX = 30.0


@dataclass(frozen=True)
class Answer:
    """How to answer: with which status and headers, and when: at once, or once something is so."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    when: threading.Event | None = None


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """Answers each request with the next of the answers told, and with 200 when there is none left."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[Request] = []
        self.answers: list[Answer] = []
        self._lock = threading.Lock()

    def take(self, request: Request) -> Answer:
        with self._lock:
            self.requests.append(request)
            return self.answers.pop(0) if self.answers else Answer()


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Open a receiver on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hooks")
    server.__dict__["receiver"] = receiver
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        receiver: Receiver = self.server.__dict__["receiver"]
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = receiver.take(Request(self.path, headers, body))
        if answer.when:
            answer.when.wait(WAIT_S_MAX)
        self.send_response(answer.status)
        for name, value in {"content-length": "0", **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


def eventually(check: Callable[[], bool], within_s: float = 30.0) -> None:
    """Wait until something is so."""
    until = time.monotonic() + within_s
    while not check():
        assert time.monotonic() < until, "it did not come to pass in time"
        time.sleep(0.02)
