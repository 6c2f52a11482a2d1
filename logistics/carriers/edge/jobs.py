"""What the clock runs for carriers."""

from __future__ import annotations

from logistics.carriers.edge import booking, inbound
from logistics.carriers.edge.ports import http_client, ports_of
from logistics.kit.edge.context import Context
from logistics.kit.edge.scheduler import Jobs

JOBS: Jobs = {
    "carriers.ask": (1.0, "logistics.carriers.edge.jobs:ask_carriers"),
    "carriers.read": (5.0, "logistics.carriers.edge.jobs:read_pushes"),
    "carriers.poll": (60.0, "logistics.carriers.edge.jobs:poll_silent"),
}


def ask_carriers(context: Context) -> None:
    """Book and call off until nothing is due any more; most of the time nothing is, and no client is opened."""
    if not booking.is_anything_due(context.db):
        return
    client = http_client(context)
    try:
        while booking.ask_carriers(context.db, ports_of(client)) == booking.BATCH:
            pass
    finally:
        client.close()


def read_pushes(context: Context) -> None:
    """Read the pushes that were kept and not read."""
    inbound.read_waiting(context.db)


def poll_silent(context: Context) -> None:
    """Ask about what nobody has heard of for long."""
    client = http_client(context)
    try:
        booking.poll_silent(context.db, ports_of(client))
    finally:
        client.close()
