"""Telling the live feed that something happened, once it is true.

On ``feed.<shipment_id>`` goes a wake-up: the newest ``seq`` and the machine's time. What happened is read from the
database by those processes where somebody watches; where nobody does, it costs nothing. On ``fleet.<vehicle_id>`` go
positions. A lost wake-up delays a watcher until the next heartbeat, when numbers are compared.
"""

from __future__ import annotations

import weakref
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Engine

from logistics.kit.edge.clock import system_now

if TYPE_CHECKING:
    from logistics.kit.edge.bus import Bus
    from logistics.kit.edge.context import Context
    from logistics.kit.edge.db import Transaction

FEED, FLEET = "feed", "fleet"

# Handlers are given a transaction and no context: this says which bus belongs to which database.
_buses: weakref.WeakKeyDictionary[Engine, Bus] = weakref.WeakKeyDictionary()


class WakeUp(msgspec.Struct):
    """There is something new of a shipment: events up to ``seq``, published at a machine time (ms since 1970)."""

    seq: int
    published_at_ms: int


class FleetPosition(msgspec.Struct):
    """A vehicle's newest believed fix."""

    vehicle_id: str
    lat: float
    lon: float
    fixed_at: datetime
    speed_mps: float | None
    accuracy_m: float | None
    published_at_ms: int


def attach(ctx: Context) -> None:
    """Let what is recorded in this context's database be told on its bus."""
    _buses[ctx.db.writers] = ctx.bus


def wake(shipment_id: str, seq: int, *, tx: Transaction) -> None:
    """Wake those who watch this shipment, once the transaction stands."""
    engine = tx.session.get_bind()
    assert isinstance(engine, Engine), "sessions of the house are bound to engines"
    bus = _buses.get(engine)

    def tell() -> None:
        if bus:
            bus.publish(f"{FEED}.{shipment_id}", msgspec.json.encode(WakeUp(seq, now_ms())))

    tx.after_commit(tell)


def publish_position(bus: Bus, position: FleetPosition) -> None:
    """Tell where a vehicle is."""
    bus.publish(f"{FLEET}.{position.vehicle_id}", msgspec.json.encode(position))


def now_ms() -> int:
    """Return the machine's time in milliseconds since 1970: what watchers measure latency by."""
    return int(system_now().timestamp() * 1000)
