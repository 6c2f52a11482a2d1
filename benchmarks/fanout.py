"""The live feed: one shipment, many watchers. Beside it, what plain loopback sockets can do in this very run.

Watchers live in a process of their own, so that the server's CPU is the server's alone.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
from websockets.asyncio.client import connect

from logistics.kit.edge.bus import LocalBus
from logistics.kit.edge.clock import system_now
from logistics.kit.edge.context import Context, Settings
from logistics.kit.edge.db import Database
from logistics.merchants.edge.schemas import ContractWire
from logistics.merchants.edge.tables import MerchantRow
from logistics.shipments.edge.handlers import hash_link
from logistics.shipments.edge.tables import LinkRow, ShipmentRow
from logistics.tracking.edge import live
from logistics.tracking.edge.socket import FeedServer, start_feed
from logistics.tracking.edge.tables import TrackingStateRow, VehiclePositionRow
from logistics.wiring import WIRING

WATCHERS = 400
MESSAGES = 60
PAUSE_S = 0.1
BYTES = 400  # about what a position message has
WAIT_S_MAX = 60.0


def main() -> None:
    """Measure latency and CPU per delivery, and print them as a share of the plain sockets'."""
    plain_us = plain_sockets()
    latencies_ms, cpu_us = feed()
    cuts = statistics.quantiles(latencies_ms, n=100)
    print(f"watchers {WATCHERS}, messages {MESSAGES}, deliveries {len(latencies_ms)} of {WATCHERS * MESSAGES}")
    print(f"latency p50 {cuts[49]:.0f} ms, p99 {cuts[98]:.0f} ms (commit to reader, two processes on this machine)")
    print(
        f"server CPU per delivery {cpu_us:.1f} us, a plain TCP write {plain_us:.1f} us: ratio {cpu_us / plain_us:.2f}"
    )


def plain_sockets() -> float:
    """Return the CPU microseconds of writing one message's bytes to one loopback socket."""
    pairs = _tcp_pairs(50)
    payload = b"x" * BYTES
    spent = 0.0
    rounds = 200
    for _ in range(rounds):
        began = time.process_time()
        for here, _there in pairs:
            here.send(payload)
        spent += time.process_time() - began
        for _here, there in pairs:
            there.recv(65536)
    for pair in pairs:
        for one in pair:
            one.close()
    return spent / (rounds * len(pairs)) * 1e6


def _tcp_pairs(count: int) -> list[tuple[socket.socket, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        pairs = []
        for _ in range(count):
            there = socket.create_connection(listener.getsockname())
            pairs.append((listener.accept()[0], there))
        return pairs


def feed() -> tuple[list[float], float]:
    """Return the latency of each delivery (ms) and the server's CPU per delivery (us)."""
    with tempfile.TemporaryDirectory() as folder:
        ctx = _context(Path(folder))
        server = start_feed(ctx)
        here, there = multiprocessing.Pipe()
        watching = multiprocessing.get_context("spawn").Process(target=_watch, args=(there, server.port))
        watching.start()
        try:
            assert here.poll(WAIT_S_MAX), "the watchers did not come"
            here.recv()
            cpu_s = _drive(ctx, server)
            here.send(None)
            assert here.poll(WAIT_S_MAX), "the watchers did not answer"
            latencies: list[float] = here.recv()
        finally:
            watching.join(10)
            watching.terminate()
            server.stop()
            ctx.bus.close()
            ctx.executor.shutdown()
            ctx.db.close()
        return latencies, cpu_s / max(1, len(latencies)) * 1e6


def _drive(ctx: Context, server: FeedServer) -> float:
    assert server.watchers == WATCHERS
    began = time.process_time()
    for step in range(MESSAGES):
        place = ("veh_1", 30.25 + step * 0.001, 120.16)
        live.publish_position(ctx.bus, live.FleetPosition(*place, system_now(), 8.0, 5.0, live.now_ms()))
        time.sleep(PAUSE_S)
    time.sleep(1.0)
    return time.process_time() - began


def _watch(pipe: Connection, port: int) -> None:
    asyncio.run(_watch_all(pipe, port))


async def _watch_all(pipe: Connection, port: int) -> None:
    latencies: list[float] = []
    come = asyncio.Semaphore(50)
    ready = asyncio.Event()
    joined = 0

    async def watch() -> None:
        nonlocal joined
        async with come:
            line = await connect(f"ws://127.0.0.1:{port}/v1/feed?token=link", compression=None, ping_interval=None)
            await line.recv()
        joined += 1
        if joined == WATCHERS:
            ready.set()
        async for text in line:
            message = msgspec.json.decode(text)
            if message["type"] == "position":
                latencies.append(live.now_ms() - message["published_at_ms"])

    tasks = [asyncio.create_task(watch()) for _ in range(WATCHERS)]
    await asyncio.wait_for(ready.wait(), WAIT_S_MAX)
    pipe.send(joined)
    await asyncio.to_thread(pipe.recv)
    for task in tasks:
        task.cancel()
    pipe.send(latencies)


def _context(folder: Path) -> Context:
    assert WIRING.at_once, "all tables are imported with the wiring"
    db = Database(f"sqlite:///{folder / 'fanout.db'}")
    db.create_tables()
    now = system_now()
    with db.transaction() as tx:
        tx.session.add(MerchantRow(id="mch", name="M", contract=ContractWire().model_dump(mode="json"), created_at=now))
        tx.session.flush()
        tx.session.add(_shipment())
        tx.session.flush()
        tx.session.add(LinkRow(token_hash=hash_link("link"), shipment_id="shp", created_at=now))
        tx.session.add(
            TrackingStateRow(
                shipment_id="shp", merchant_id="mch", status="out_for_delivery", vehicle_id="veh_1", stops_before=1
            )
        )
        tx.session.add(VehiclePositionRow(vehicle_id="veh_1", fixed_at=now, received_at=now, lat=30.2, lon=120.16))
    _set_off(db)
    settings = Settings(feed_port=0)
    return Context(settings=settings, db=db, clock=db.clock, bus=LocalBus(), executor=ThreadPoolExecutor(1))


def _set_off(db: Database) -> None:
    from logistics.tracking.edge import handlers  # noqa: PLC0415 - after the tables
    from logistics.tracking.model import Sighting  # noqa: PLC0415 - likewise

    said = Sighting(
        source="own",
        key="k",
        kind="departed",
        occurred_at=system_now() - timedelta(minutes=1),
        status="out_for_delivery",
    )
    with db.transaction() as tx:
        handlers.record("shp", said, tx=tx)


def _shipment() -> ShipmentRow:
    now = system_now()
    return ShipmentRow(
        id="shp", merchant_id="mch", order_ref="1", content_hash="", tracking_no="L1", state="underway",
        recipient_name="R", phone="1", address="A", lat=30.3, lon=120.16, locale="en", currency="CNY", weight_g=1,
        volume_cm3=1, parcels_count=1, deliver_on=now.date(), created_at=now,
    )  # fmt: skip


if __name__ == "__main__":
    main()
