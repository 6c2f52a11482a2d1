"""The wiring on one page: on this news call these handlers; these routes; these jobs; these workers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI

from logistics.access.edge import api as access_api
from logistics.access.edge import house_api
from logistics.carriers.edge import api as carriers_api
from logistics.carriers.edge import handlers as carriers
from logistics.carriers.edge.jobs import JOBS as CARRIER_JOBS
from logistics.delivery.edge import api as delivery_api
from logistics.delivery.edge import had, hours, loading, quotas
from logistics.delivery.edge.replan import api as replan_api
from logistics.kit.edge.context import Context
from logistics.kit.edge.outbox import Handler, Wiring, joined
from logistics.kit.edge.scheduler import Jobs
from logistics.kit.news import News
from logistics.merchants.edge import api as merchants_api
from logistics.modes.edge import api as modes_api
from logistics.modes.edge import handlers as modes
from logistics.modes.edge.jobs import JOBS as MODE_JOBS
from logistics.pickup.edge import api as pickup_api
from logistics.pickup.edge import handlers as pickup
from logistics.routing.edge import api as routing_api
from logistics.routing.edge import jobs as planning
from logistics.routing.edge import plan_api
from logistics.routing.edge.calibrating import JOBS as PLAN_JOBS
from logistics.settlement.edge import api as settlement_api
from logistics.settlement.edge.jobs import JOBS as SETTLEMENT_JOBS
from logistics.settlement.edge.listeners import LISTENERS as SETTLEMENT_LISTENERS
from logistics.shipments.edge import api as shipments_api
from logistics.shipments.events import ConsentRecorded, ShipmentAccepted, ShipmentCancelled
from logistics.sites.edge import api as sites_api
from logistics.tracking.edge import api as tracking_api
from logistics.tracking.edge import handlers as tracking
from logistics.tracking.edge import ingest, live
from logistics.tracking.edge.socket import start_feed
from logistics.webhooks.edge import api as webhooks_api
from logistics.webhooks.edge import described
from logistics.webhooks.edge.jobs import JOBS as WEBHOOK_JOBS
from logistics.webhooks.edge.listeners import LISTENERS as WEBHOOK_LISTENERS
from logistics.webhooks.edge.sender import start_sender

# Heard in the transaction that announces: the story is readable as soon as the command is answered.
# Within one kind of news the order of the lines is the order of the calls.
AT_ONCE: Mapping[type[News], Sequence[Handler]] = joined(
    {ShipmentCancelled: (pickup.on_shipment_cancelled, loading.on_shipment_cancelled, carriers.on_shipment_cancelled)},
    tracking.AT_ONCE,
    # After the story: what follows from news is told after it.
    {ShipmentAccepted: (modes.on_shipment_accepted,), ConsentRecorded: (modes.on_consent_recorded,)},
)

# Heard later, each from rows of its own: at least once, in the order of the news.
LATER: Mapping[str, Mapping[type[News], Sequence[Handler]]] = {**SETTLEMENT_LISTENERS, **WEBHOOK_LISTENERS}

WIRING = Wiring(AT_ONCE, LATER)

# name -> every so many machine seconds, module:function; what is due is for the job to decide, by our clock.
JOBS: Jobs = {
    **CARRIER_JOBS,
    **MODE_JOBS,
    **PLAN_JOBS,
    **SETTLEMENT_JOBS,
    **WEBHOOK_JOBS,
    "pickup.expire": (60.0, "logistics.pickup.edge.jobs:expire_due"),
}

ROUTERS: Sequence[APIRouter] = (
    house_api.router,
    access_api.router,
    merchants_api.router,
    sites_api.router,
    shipments_api.router,
    carriers_api.router,
    pickup_api.router,
    modes_api.router,
    routing_api.router,
    plan_api.router,
    delivery_api.router,
    replan_api.router,
    tracking_api.router,
    settlement_api.router,
    webhooks_api.router,
)

# Hot paths that go round FastAPI: (path, endpoint, methods).
RAW_ROUTES: Sequence[tuple[str, Any, list[str]]] = ingest.RAW_ROUTES

# What is told of each new context before anything happens in it.
ATTACHED: Sequence[Callable[[Context], None]] = (live.attach, hours.attach, had.attach, quotas.attach)

# What works in the background of a process: each starts and returns something with ``stop()``.
WORKERS: Sequence[Callable[[Context], Any]] = (start_feed, planning.start, start_sender)

# Enters the messages we send into the API description's ``webhooks``.
describe_webhooks: Callable[[FastAPI], None] = described.describe
