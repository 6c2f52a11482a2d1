from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.sync.server import Server, ServerConnection, serve

from demo.watchers import Watchers
from logistics.kit.edge.clock import system_now

EPOCH = "e1"


def message(kind: str, seq: int) -> str:
    body: dict[str, Any] = {"type": kind, "epoch": EPOCH, "seq": seq}
    if kind == "snapshot":
        body |= {"timeline": [], "as_of": "2026-11-24T06:00:00Z"}
    if kind == "event":
        body |= {"event": {"seq": seq}, "published_at_ms": system_now().timestamp() * 1000}
    return json.dumps(body)


class Feed:
    """A feed that says what the script holds for each connection, then hangs up or waits."""

    def __init__(self, *connections: list[str]) -> None:
        self.connections = list(connections)
        self.asked: list[dict[str, list[str]]] = []
        self.server: Server = serve(self._talk, "127.0.0.1", 0)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}/v1/feed"

    def _talk(self, line: ServerConnection) -> None:
        assert line.request is not None
        self.asked.append(parse_qs(urlsplit(line.request.path).query))
        for text in self.connections.pop(0) if self.connections else []:
            line.send(text)
        if not self.connections:
            line.recv()


@pytest.fixture
def feeds() -> Iterator[list[Feed]]:
    made: list[Feed] = []
    yield made
    for feed in made:
        feed.server.shutdown()


def watch(feeds: list[Feed], *connections: list[str], last: int) -> Watchers:
    feeds.append(Feed(*connections))
    watchers = Watchers(feeds[-1].url)
    watchers.start({"shp_1": "secret"})
    watchers.drain({"shp_1": last})
    watchers.hang_up()
    return watchers


def test_what_came_is_counted_and_timed(feeds: list[Feed]) -> None:
    watchers = watch(feeds, [message("snapshot", 2), message("event", 3)], last=3)
    figures = watchers.figures({"shp_1": 3})
    assert (figures.watchers, figures.messages, figures.missed) == (1, 2, 0)
    assert 0 < figures.p99_ms < 5_000


def test_what_never_came_is_missed(feeds: list[Feed]) -> None:
    watchers = watch(feeds, [message("snapshot", 2), message("event", 3)], last=4)
    assert watchers.figures({"shp_1": 4}).missed == 1


def test_a_broken_line_comes_back_with_what_it_has_seen(feeds: list[Feed]) -> None:
    watchers = watch(feeds, [message("snapshot", 2)], [message("event", 3)], last=3)
    assert watchers.figures({"shp_1": 3}).missed == 0
    assert [asked.get("since") for asked in feeds[0].asked] == [None, ["2"]]
