"""The pretend carrier's HTTP API. Its callers are our own client, a demo's conductor, and tests."""

from __future__ import annotations

import html
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Response
from pydantic import BaseModel, Field

from logistics.carriers.edge.pretend.desk import Desk, State
from logistics.carriers.edge.pretend.story import Fate
from logistics.kit.edge import http
from logistics.kit.edge.wire import Moment
from logistics.kit.errors import NotFound, Unauthenticated


class OrderIn(BaseModel):
    """An order; unknown fields are let through, as carriers do."""

    reference: Annotated[str, Field(min_length=1, max_length=100)]
    recipient: dict[str, Any]
    point: dict[str, float] | None = None
    weight_g: Annotated[int, Field(gt=0)]
    volume_cm3: int = 0
    labels: list[str] = Field(default_factory=list)
    cod: dict[str, Any] | None = None


class MomentIn(BaseModel):
    """A moment; the carrier's clock never goes back."""

    now: Moment


class ScansIn(BaseModel):
    """What the carrier's driver takes along, by waybill."""

    waybill_nos: list[str]
    at: Moment | None = None


class FateIn(BaseModel):
    """How a carriage is to end."""

    fate: Fate


def create_app(desk: Desk) -> FastAPI:
    """Build the carrier's app around its desk."""
    app = FastAPI(title="Pretend carrier", dependencies=[Depends(_known(desk))])
    http.install(app)
    for add in (_add_waybills, _add_driver, _add_money, _add_clock):
        add(app, desk)
    return app


def _add_waybills(app: FastAPI, desk: Desk) -> None:
    @app.post("/waybills")
    def book(order: OrderIn, response: Response) -> dict[str, Any]:
        waybill, is_new = desk.book(order.model_dump())
        response.status_code = 201 if is_new else 200
        return {"waybill_no": waybill["waybill_no"]}

    @app.get("/waybills/{waybill_no}")
    def track(waybill_no: str) -> dict[str, Any]:
        return _story(desk, desk.get(waybill_no))

    @app.post("/waybills/{waybill_no}/cancel")
    def cancel(waybill_no: str) -> dict[str, Any]:
        return _story(desk, desk.cancel(waybill_no))

    @app.put("/waybills/{waybill_no}/fate")
    def decree(waybill_no: str, body: FateIn) -> dict[str, Any]:
        return _story(desk, desk.decree(waybill_no, body.fate))

    @app.get("/waybills/{waybill_no}/label")
    def label(waybill_no: str) -> Response:
        to = html.escape(str(desk.get(waybill_no)["order"]["recipient"].get("name", "")))
        return Response(
            f"<!doctype html><title>{waybill_no}</title><h1>{waybill_no}</h1><p>{to}", media_type="text/html"
        )


def _add_driver(app: FastAPI, desk: Desk) -> None:
    @app.post("/scans")
    def scan(body: ScansIn) -> dict[str, Any]:
        taken, unknown = [], []
        for waybill_no in body.waybill_nos:
            try:
                taken.append(desk.scan(waybill_no, at=body.at)["waybill_no"])
            except NotFound:
                unknown.append(waybill_no)
        return {"taken": taken, "unknown": unknown}


def _add_money(app: FastAPI, desk: Desk) -> None:
    @app.get("/cod")
    def list_cod() -> dict[str, Any]:
        return {"lines": desk.cod_lines()}

    @app.post("/cod/remittances")
    def remit() -> dict[str, Any]:
        return desk.remit()

    @app.get("/cod/remittances")
    def list_remittances() -> dict[str, Any]:
        return {"remittances": desk.remittances()}


def _add_clock(app: FastAPI, desk: Desk) -> None:
    @app.get("/clock")
    def read_clock() -> dict[str, Any]:
        return {"now": desk.now().isoformat(), **desk.counts()}

    @app.put("/clock")
    @app.post("/advance")
    def advance(body: MomentIn) -> dict[str, Any]:
        pushed = desk.advance(body.now)
        return {"now": desk.now().isoformat(), "pushed_count": pushed, **desk.counts()}


def _known(desk: Desk) -> Any:
    def guard(authorization: Annotated[str, Header()] = "") -> None:
        if desk.manner.salt and authorization != f"Bearer {desk.manner.salt}":
            raise Unauthenticated("The carrier does not know you.")

    return guard


def _story(desk: Desk, waybill: State) -> dict[str, Any]:
    events = [
        {"code": step.code, "at": step.at.isoformat(), "text": step.text, "place": step.place}
        for step in desk.happened(waybill)
    ]
    return {"waybill_no": waybill["waybill_no"], "events": events}
