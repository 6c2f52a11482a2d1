"""The live feed over a real socket: a real server, real clients."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from logistics.delivery.events import CashTaken
from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Database
from logistics.kit.money import Money
from logistics.shipments.edge import handlers as shipment_handlers
from logistics.shipments.model import Consent, ConsentKind
from logistics.tracking.edge import live
from logistics.tracking.edge.hub import Frame, Hub
from logistics.tracking.edge.socket import FeedServer, origins_of, resume_point, start_feed
from logistics.tracking.edge.tables import VehiclePositionRow
from logistics.tracking.feed import ClientSession, Kind, Message
from tests.tracking.builders import (
    RUN,
    SHIPMENT,
    VEHICLE,
    add_token,
    base,
    context,
    delivered,
    departed,
    expected,
    furnish,
    loaded,
    planned,
    received,
    tell,
)


@pytest.fixture
def ctx(database: Database) -> Iterator[Context]:
    furnish(database, 2)
    with context(database) as made:
        yield made


@pytest.fixture
def light(sqlite_database: Database) -> Iterator[Context]:
    """Give a context for what is not about the database."""
    furnish(sqlite_database, 2)
    with context(sqlite_database) as made:
        yield made


def url(server: FeedServer, query: str = "token=link-1") -> str:
    return f"ws://127.0.0.1:{server.port}/v1/feed?{query}"


def hear(line: ClientConnection) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(line.recv(timeout=5))
    return body


def moved(ctx: Context, lat: float = 30.25, minutes: float = 5) -> None:
    """Keep and publish a position, as ingest does."""
    at = ctx.clock.advance(minutes=minutes)  # type: ignore[attr-defined]  # a clock for tests
    with ctx.db.transaction() as tx:
        tx.session.merge(VehiclePositionRow(vehicle_id=VEHICLE, fixed_at=at, received_at=at, lat=lat, lon=120.16))
    live.publish_position(ctx.bus, live.FleetPosition(VEHICLE, lat, 120.16, at, 8.0, 5.0, live.now_ms()))


def test_a_buyer_sees_the_day_happen(ctx: Context) -> None:
    server = start_feed(ctx)
    with connect(url(server)) as line:
        client = ClientSession()
        first = hear(line)
        assert (first["type"], first["seq"], first["status"]) == ("snapshot", 0, "pending")
        assert first["feed"]["sse_url"] == "/v1/track/link-1/events"
        client.receive(first, 0)
        for news, status in ((received(), "picked_up"), (departed(), "out_for_delivery"), (delivered(), "delivered")):
            tell(ctx.db, news)
            while not (client.story and client.story["status"] == status):
                client.receive(hear(line), 0)
        assert client.story
        assert [item["key"] for item in client.story["timeline"]] == [
            "event.received",
            "event.departed",
            "event.delivered",
        ]
        assert client.story["ended_at"] == "2026-11-24T12:30:00Z"
        assert client.gaps == 0
        assert 0 <= time.time() * 1000 - client.story["published_at_ms"] < 5000  # noqa: TID251 - as a watcher measures it


def test_another_shipment_s_news_are_not_heard(light: Context) -> None:
    server = start_feed(light)
    with connect(url(server)) as line:
        hear(line)
        tell(light.db, received(2), received(1))
        assert hear(line)["event"]["key"] == "event.received"
        with pytest.raises(TimeoutError):
            line.recv(timeout=0.2)


def test_the_van_is_told_when_near_only_and_to_its_street(light: Context) -> None:
    tell(light.db, departed(), expected(stops_before=6))
    server = start_feed(light)
    with connect(url(server)) as line:
        first = hear(line)
        assert (first["stops_before"], first["vehicle"]) == (6, None)
        moved(light)
        tell(light.db, expected(stops_before=5))
        near = hear(line)
        assert (near["type"], near["stops_before"]) == ("position", 5)
        assert near["vehicle"] == {"lat": 30.25, "lon": 120.16, "as_of": "2026-11-24T12:05:00Z"}
        moved(light, lat=30.261234, minutes=1)
        assert hear(line)["vehicle"]["lat"] == 30.261
        tell(light.db, expected(stops_before=0))
        heard = hear(line)
        assert heard["vehicle"]["lat"] == 30.261234
        assert heard["headline_key"] == "headline.next_stop"


def test_what_is_internal_counts_and_tells_nothing(light: Context) -> None:
    server = start_feed(light)
    with connect(url(server)) as line:
        hear(line)
        with light.db.transaction() as tx:
            shipment_handlers.record_consent(SHIPMENT, Consent(ConsentKind.STORE), tx=tx)
        heard = hear(line)
        assert (heard["type"], heard["seq"], heard["event"]) == ("event", 1, None)
        assert "channel" not in json.dumps(heard)


def test_who_comes_back_gets_what_was_missed(ctx: Context) -> None:
    server = start_feed(ctx)
    tell(ctx.db, received())
    with connect(url(server)) as line:
        epoch = hear(line)["epoch"]
    tell(ctx.db, planned(), loaded())
    with connect(url(server, f"token=link-1&since=1&epoch={epoch}")) as line:
        assert [(m["type"], m["seq"]) for m in (hear(line), hear(line), hear(line))] == [
            ("event", 2), ("event", 3), ("heartbeat", 3),
        ]  # fmt: skip
    for query in ("since=1&epoch=other", "since=other:1", "since=9", "since=x", "since=-1", ""):
        with connect(url(server, f"token=link-1&{query}")) as line:
            assert hear(line)["type"] == "snapshot"


def test_a_lost_wake_up_is_healed_by_comparing_numbers(light: Context) -> None:
    server = start_feed(light)
    with connect(url(server)) as line:
        hear(line)
        light.bus.publish, publish = lambda *_: None, light.bus.publish  # type: ignore[method-assign]  # the bus loses everything
        tell(light.db, received())
        light.bus.publish = publish  # type: ignore[method-assign]  # and is well again
        with pytest.raises(TimeoutError):
            line.recv(timeout=0.2)
        hub: Hub = server._feed.hub  # noqa: SLF001 - what the heart does every 25 s, now
        server._feed.call(hub.compare(), 5)  # noqa: SLF001 - likewise
        assert hear(line)["seq"] == 1


def test_a_link_that_shows_nothing_is_refused_at_the_door(light: Context) -> None:
    server = start_feed(light)
    for query, status in (("token=nope", 404), ("", 404), ("fleet=1", 401), ("fleet=1&session=nope", 401)):
        with pytest.raises(InvalidStatus) as refused, connect(url(server, query)):
            pass
        assert refused.value.response.status_code == status
    tell(light.db, delivered())
    light.clock.advance(days=31)  # type: ignore[attr-defined]  # a clock for tests
    with pytest.raises(InvalidStatus) as refused, connect(url(server)):
        pass
    assert refused.value.response.status_code == 410


def test_pages_of_other_origins_are_refused(light: Context) -> None:
    server = start_feed(light)
    with connect(url(server), origin=Origin("http://localhost:8000")) as line:
        assert hear(line)["type"] == "snapshot"
    with pytest.raises(InvalidStatus) as refused, connect(url(server), origin=Origin("http://evil.example")):
        pass
    assert refused.value.response.status_code == 403


def test_a_dispatcher_watches_the_fleet_and_a_driver_does_not(light: Context) -> None:
    add_token(light.db, "staff", "dispatcher")
    add_token(light.db, "van", "driver", vehicle_id=VEHICLE)
    server = start_feed(light)
    with connect(url(server, "fleet=1&session=staff")) as line:
        assert hear(line)["vehicles"] == []
        moved(light)
        heard = hear(line)
        assert (heard["type"], heard["vehicle_id"], heard["lat"]) == ("position", VEHICLE, 30.25)
    with connect(url(server, "fleet=1"), additional_headers={"Cookie": "x=1; session=staff"}) as line:
        assert hear(line)["type"] == "snapshot"
    with pytest.raises(InvalidStatus) as refused, connect(url(server, "fleet=1&session=van")):
        pass
    assert refused.value.response.status_code == 403


def test_a_client_that_does_not_read_is_cut_and_the_others_are_not(light: Context, monkeypatch: Any) -> None:
    monkeypatch.setattr("logistics.tracking.edge.socket.SWEEP_S", 0.05)
    server = start_feed(light)
    with connect(url(server)) as reader, connect(url(server), max_queue=1) as idler:
        hear(reader)
        hear(idler)
        idler.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        hub: Hub = server._feed.hub  # noqa: SLF001 - its watchers, to fill their lines
        big = b'{"type":"heartbeat","epoch":"e","seq":0,"pad":"' + b"x" * 200_000 + b'"}'
        deadline = time.monotonic() + 20
        while server.watchers == 2 and time.monotonic() < deadline:
            server._feed.call(_write_all(hub, big), 5)  # noqa: SLF001 - likewise
            reader.recv(timeout=5)
        assert server.watchers == 1
        tell(light.db, received())
        while json.loads(reader.recv(timeout=5)).get("event") is None:
            pass


async def _write_all(hub: Hub, text: bytes) -> None:
    for watcher in hub.channels[SHIPMENT].watchers:
        watcher.write(Message(Kind.HEARTBEAT, "e", 0, Frame(text)))


def test_stopping_says_goodbye(light: Context) -> None:
    server = start_feed(light)
    with connect(url(server)) as line:
        hear(line)
        server.stop()
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=5)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1001
    with pytest.raises(OSError):  # noqa: PT011 - refused or reset, as the system says it
        connect(url(server), open_timeout=1)


def test_where_a_watcher_goes_on() -> None:
    assert resume_point("7", "e") == ("e", 7)
    assert resume_point("e:7", "") == ("e", 7)
    assert resume_point("", "e") == ("e", None)
    assert resume_point("٧", "e") == ("e", None)
    assert resume_point("9" * 30, "e") == ("e", None)


def test_only_our_own_pages_may_watch() -> None:
    assert origins_of("https://parcels.example") == [None, "https://parcels.example"]
    assert "http://localhost:8000" in origins_of("http://127.0.0.1:8000")
    assert "http://127.0.0.1:8000" in origins_of("http://localhost:8000")


def test_money_and_code_are_told_to_the_link_s_holder_only_by_rule(light: Context) -> None:
    server = start_feed(light)
    with connect(url(server)) as line:
        assert hear(line)["cod"] == {"due": {"amount_minor": 12800, "currency": "CNY"}, "paid": False}
        paid = CashTaken(**base(), receipt_id="r", amount=Money(12800, "CNY"), means="cash", holder=f"driver:{VEHICLE}")
        tell(light.db, paid)
        heard = hear(line)
        assert heard["cod"]["paid"] is True
        assert not {VEHICLE, RUN, SHIPMENT} & set(json.dumps(heard).split('"'))
