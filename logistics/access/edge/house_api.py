"""What the house tells about itself: is it alive, what browsers need to know, the audit, the demo's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field
from sqlalchemy import text
from sqlmodel import col, select

from logistics.access.edge.guard import allow
from logistics.kit.edge.clock import AnchoredClock
from logistics.kit.edge.context import Context
from logistics.kit.edge.http import Ctx, Paging, Reading, Tx, problems
from logistics.kit.edge.outbox import oldest_waiting
from logistics.kit.edge.tables import AuditRow, ClockRow
from logistics.kit.edge.wire import Moment, Page, Wire
from logistics.kit.errors import Conflict, Unavailable

router = APIRouter(tags=["house"])
WAITING_S_MAX = 120  # news unworked for longer means that a listener is stuck
SPEED_MAX = 86_400


class Health(Wire):
    """The process answers."""

    status: str = "ok"


class Ready(Health):
    """The database answers, and news does not pile up."""

    oldest_news_s: float


class Config(Wire):
    """What a page needs to know before it starts."""

    product_name: str
    ws_url: str
    map_style_url: Annotated[str | None, Field(description="a style instead of the pages' own")]
    locales: list[str]
    travels: Annotated[list[str], Field(description="where a plan's travel times can come from here")]
    demo: Annotated[bool, Field(description="the clock here is a simulated one")]
    now: datetime


class ClockIn(Wire):
    """What time it is to be, and how fast it goes on (0: it stands still)."""

    now: Moment
    speed: Annotated[float, Field(ge=0, le=SPEED_MAX)]


class ClockOut(Wire):
    """What time it is here; ``simulated`` tells a set clock from the machine's own."""

    now: datetime
    speed: float
    simulated: bool


class AuditOut(Wire):
    """One change: who, when, what was asked for."""

    id: str
    at: datetime
    principal_id: str
    role: str
    name: str
    action: str


@router.get("/healthz")
def health() -> Health:
    """Say that the process answers."""
    return Health()


@router.get("/readyz", responses=problems())
def ready(ctx: Ctx) -> Ready:
    """Say whether the database answers and listeners keep up."""
    with ctx.db.reading() as session:
        session.connection().execute(text("SELECT 1"))
    first, now = oldest_waiting(ctx.db, ctx.clock)
    waiting_s = (now - first).total_seconds() if first else 0.0
    if waiting_s > WAITING_S_MAX and not isinstance(ctx.clock, AnchoredClock):
        raise Unavailable(f"The oldest news has been waiting for {waiting_s:.0f} s.")
    return Ready(oldest_news_s=waiting_s)


@router.get("/v1/config")
def config(ctx: Ctx) -> Config:
    """Say what a page needs to know before it starts."""
    settings = ctx.settings
    return Config(
        product_name=settings.product_name,
        ws_url=settings.feed_url,
        map_style_url=settings.map_style_url or None,
        locales=list(settings.locales),
        travels=settings.travels,
        demo=settings.clock_anchored,
        now=ctx.clock.now(),
    )


@router.get("/v1/clock")
def read_clock(ctx: Ctx) -> ClockOut:
    """Say what time it is here."""
    return _clock(ctx)


@router.put("/v1/clock", responses=problems(409), dependencies=[Depends(allow("clock.write"))])
def set_clock(body: ClockIn, ctx: Ctx, tx: Tx) -> ClockOut:
    """Set the simulated clock; a house that runs on the real time refuses (409)."""
    if not isinstance(ctx.clock, AnchoredClock):
        raise Conflict("This house runs on the real time; only a demo's clock can be set.", code="clock_is_real")
    anchor = ctx.clock.set(body.now, body.speed)
    tx.session.merge(ClockRow(id=1, real=anchor.real, simulated=anchor.simulated, speed=anchor.speed))
    return _clock(ctx)


@router.get("/v1/audit", responses=problems(), dependencies=[Depends(allow("audit.read"))])
def list_audit(session: Reading, page: Paging) -> Page[AuditOut]:
    """List the changes, newest first."""
    query = select(AuditRow).order_by(col(AuditRow.id).desc()).limit(page.limit)
    if page.after:
        query = query.where(col(AuditRow.id) < page.after)
    items = [AuditOut.model_validate(row.model_dump()) for row in session.exec(query)]
    return Page(items=items, next_cursor=items[-1].id if len(items) == page.limit else None)


def _clock(ctx: Context) -> ClockOut:
    simulated = isinstance(ctx.clock, AnchoredClock)
    speed = ctx.clock.anchor.speed if isinstance(ctx.clock, AnchoredClock) else 1.0
    return ClockOut(now=ctx.clock.now(), speed=speed, simulated=simulated)
