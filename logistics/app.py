"""Builds a process of the house: its context, its routes, and what works in its background."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from logistics import wiring
from logistics.kit.edge import http, pages
from logistics.kit.edge.bus import Bus, LocalBus, NatsBus
from logistics.kit.edge.clock import Anchor, AnchoredClock, Clock, SystemClock, system_now
from logistics.kit.edge.context import Context, Settings
from logistics.kit.edge.db import Database
from logistics.kit.edge.leases import Leases
from logistics.kit.edge.limits import Limits
from logistics.kit.edge.outbox import Dispatcher, Outbox
from logistics.kit.edge.scheduler import Scheduler
from logistics.kit.edge.tables import ClockRow

log = logging.getLogger(__name__)

WAKE = "outbox"  # the subject on which processes tell each other that there is news to work
GZIP_BYTES_MIN = 1000
GZIP_LEVEL = 4  # the last tenth of the size costs most of the time
VERSION = "0.1.0"
DESCRIPTION = """Choose a mode for every shipment, plan and deliver, track it live, settle the money.

Errors are `application/problem+json` with a stable `type` and the fields that are wrong. Every POST that
creates one thing takes an `Idempotency-Key`; the same key gets the same answer for 24 hours. Times are RFC 3339
with offset; money is `{"amount_minor": 1250, "currency": "CNY"}`."""


def build_context(settings: Settings) -> Context:
    """Open the database and the bus of a process; close both with ``close_context``."""
    bus: Bus = NatsBus(settings.nats_url) if settings.nats_url else LocalBus()
    outbox = Outbox(wiring.WIRING, wake=lambda: bus.publish(WAKE, b""))
    db = Database(settings.database_url, announcer=outbox)
    clock = _clock(settings, db)
    db.clock = clock
    executor = ThreadPoolExecutor(max_workers=4, thread_name_prefix="work")
    ctx = Context(settings=settings, db=db, clock=clock, bus=bus, executor=executor)
    for attach in wiring.ATTACHED:
        attach(ctx)
    return ctx


def close_context(ctx: Context) -> None:
    """Stop what works in the background, last begun first, and give everything back."""
    while ctx.stops:
        ctx.stops.pop()()
    ctx.executor.shutdown(cancel_futures=True)
    ctx.bus.close()
    ctx.db.close()


def start_work(ctx: Context) -> None:
    """Begin what works in the background: later listeners, clock work, solving, sending, the live feed."""
    dispatcher = Dispatcher(ctx.db, wiring.WIRING)
    ctx.stops.append(ctx.bus.subscribe(WAKE, lambda _subject, _payload: dispatcher.wake()))
    dispatcher.start()
    ctx.stops.append(dispatcher.stop)
    scheduler = Scheduler(ctx.db, Leases(ctx.db), wiring.JOBS, ctx)
    scheduler.start()
    ctx.stops.append(scheduler.stop)
    for start in wiring.WORKERS:
        ctx.stops.append(start(ctx).stop)


@contextmanager
def working(settings: Settings) -> Iterator[Context]:
    """Give a context whose background works, for a process without routes."""
    ctx = build_context(settings)
    try:
        start_work(ctx)
        yield ctx
    finally:
        close_context(ctx)


def create_app(settings: Settings | None = None, *, work: bool = True) -> FastAPI:
    """Build the app; with ``work`` its process also does the background work."""
    settings = settings or Settings()
    ctx = build_context(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        if work:
            start_work(ctx)
        yield
        close_context(ctx)

    app = FastAPI(
        title=settings.product_name,
        version=VERSION,
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # the framework's pages of the API load their scripts from elsewhere
        redoc_url=None,
    )
    app.state.context = ctx
    http.install(app)
    for router in wiring.ROUTERS:
        app.include_router(router)
    for path, endpoint, methods in wiring.RAW_ROUTES:
        app.add_route(path, endpoint, methods=methods, include_in_schema=False)
    wiring.describe_webhooks(app)
    pages.mount(app, settings)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_BYTES_MIN, compresslevel=GZIP_LEVEL)
    app.add_middleware(Limits, per_s=settings.requests_per_s_max, burst=settings.requests_burst_max)
    return app


def _clock(settings: Settings, db: Database) -> Clock:
    if not settings.clock_anchored:
        return SystemClock()
    with db.reading() as session:
        row = session.get(ClockRow, 1)
    if row:
        return AnchoredClock(Anchor(row.real, row.simulated, row.speed))
    now = system_now()
    return AnchoredClock(Anchor(now, now, 1.0))
