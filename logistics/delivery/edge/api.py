"""Routes of delivery: releasing a plan, runs, what drivers and depot hands do."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from logistics.access.edge.guard import allow
from logistics.access.model import Principal, Role
from logistics.delivery.edge import cash_desk, depot, handlers, loading, store, views
from logistics.delivery.edge import release as releasing
from logistics.delivery.edge.schemas import (
    AtIn,
    AttemptIn,
    AttemptOut,
    HandInIn,
    HandInOut,
    LabelsIn,
    LoadingOut,
    ReleasedOut,
    RunOut,
    RunSummary,
    ScannedOut,
    StopOut,
)
from logistics.delivery.edge.tables import RunRow
from logistics.delivery.lifecycle import RunState
from logistics.delivery.model import Attempt
from logistics.kit.edge.etags import Seen
from logistics.kit.edge.http import Once, Paging, Reading, Tx, problems
from logistics.kit.edge.wire import FindingWire, MoneyWire, Page
from logistics.kit.errors import Forbidden, NotFound
from logistics.kit.moments import happened_at

router = APIRouter(prefix="/v1", tags=["delivery"])
Reader = Annotated[Principal, Depends(allow("runs.read"))]
Driver = Annotated[Principal, Depends(allow("runs.write"))]
Loader = Annotated[Principal, Depends(allow("runs.load"))]
Cashier = Annotated[Principal, Depends(allow("runs.hand_in"))]


@router.post(
    "/plans/{plan_id}/release",
    status_code=201,
    responses=problems(404, 409, 412),
    dependencies=[Depends(allow("plans.release"))],
)
def release(plan_id: str, tx: Tx, version: Seen) -> ReleasedOut:
    """Release a finished plan: runs for vehicles, room at service points, orders to carriers. All of it, or nothing.

    `If-Match` carries the ETag that was read: nobody releases what she has not seen. A vehicle that has another run at
    the same time is refused (`vehicle_busy`), and what is too much by now for a carrier's quota (`quota_used_up`).
    """
    done = releasing.release(plan_id, version, tx=tx)
    findings = [FindingWire.of(one) for one in done.findings]
    return ReleasedOut(runs=views.summaries(done.runs, tx.session), findings=findings)


@router.get("/runs", responses=problems())
def list_runs(
    session: Reading,
    page: Paging,
    who: Reader,
    on: Annotated[date | None, Query(description="day of the run")] = None,
    state: RunState | None = None,
) -> Page[RunSummary]:
    """List runs, newest first; a driver sees its vehicle's, a depot its own."""
    wanted = store.Filter(on, state or "", depot_id=who.site_id, vehicle_id=_vehicle(who))
    rows = store.list_runs(session, wanted, after=page.after, limit=page.limit + 1)
    shown = rows[: page.limit]
    more = shown[-1].id if len(rows) > page.limit else None
    return Page(items=views.summaries(shown, session), next_cursor=more)


@router.get("/runs/current", responses=problems(404))
def current_run(session: Reading, who: Reader) -> RunOut:
    """Show the run this driver is on, or else the one that comes next."""
    row = store.find_current_run(session, who.vehicle_id) if who.vehicle_id else None
    if row is None:
        raise NotFound("There is no run for you at the moment.")
    return views.run(row, session)


@router.get("/runs/{run_id}", responses=problems(404))
def get_run(run_id: str, session: Reading, who: Reader) -> RunOut:
    """Show a run with its stops, visits and cash."""
    return views.run(_own(store.get_run(session, run_id), who), session)


@router.get("/runs/{run_id}/attempts", responses=problems(404))
def list_attempts(run_id: str, session: Reading, who: Reader) -> list[AttemptOut]:
    """List what was tried on a run, in the order it happened."""
    _own(store.get_run(session, run_id), who)
    return [views.attempt(row) for row in store.list_attempts(session, run_id)]


@router.get("/runs/{run_id}/attempts/{attempt_id}/proof", responses=problems(404), response_class=Response)
def get_proof(run_id: str, attempt_id: str, session: Reading, who: Reader) -> Response:
    """Show the picture or the code that was taken as proof."""
    _own(store.get_run(session, run_id), who)
    proof = store.get_proof(session, run_id, attempt_id)
    return Response(proof.data, media_type=proof.media_type, headers={"X-Content-Type-Options": "nosniff"})


@router.post("/depots/{site_id}/receipts", responses=problems(404, 409))
def receive(
    site_id: str, body: LabelsIn, tx: Tx, who: Annotated[Principal, Depends(allow("depot.receive"))]
) -> ScannedOut:
    """Take parcels in at a depot by their labels; scanning twice is scanning once."""
    _own_depot(site_id, who)
    at = happened_at(body.at, tx.now)
    return _scanned(depot.receive(site_id, body.labels, at=at, by=who.id, tx=tx))


@router.post("/depots/{site_id}/merchant-returns", responses=problems(404, 409))
def give_back(
    site_id: str, body: LabelsIn, tx: Tx, who: Annotated[Principal, Depends(allow("depot.return"))]
) -> ScannedOut:
    """Give returning parcels back to their merchants."""
    _own_depot(site_id, who)
    at = happened_at(body.at, tx.now)
    return _scanned(depot.give_back(site_id, body.labels, at=at, by=who.id, tx=tx))


@router.post("/runs/{run_id}/loading-scans", responses=problems(404, 409))
def load(run_id: str, body: LabelsIn, tx: Tx, who: Loader) -> LoadingOut:
    """Take parcels on board by their labels; answers what is on board, what is missing, what is wrong."""
    _own(store.get_run(tx.session, run_id), who)
    done = loading.load(run_id, body.labels, at=happened_at(body.at, tx.now), by=who.id, tx=tx)
    findings = [FindingWire.of(one) for one in done.findings]
    return LoadingOut(loaded=done.loaded, missing=done.missing, findings=findings)


@router.post("/runs/{run_id}/depart", responses=problems(404, 409))
def depart(run_id: str, body: AtIn, tx: Tx, who: Driver) -> RunOut:
    """Leave the depot: what is on board is underway, what was not loaded waits to be planned anew."""
    _own(store.get_run(tx.session, run_id), who)
    return views.run(loading.depart(run_id, at=happened_at(body.at, tx.now), tx=tx), tx.session)


@router.post("/runs/{run_id}/cancel", responses=problems(404, 409), dependencies=[Depends(allow("plans.release"))])
def cancel(run_id: str, body: AtIn, tx: Tx) -> RunOut:
    """Call a run off before it leaves; its shipments wait to be planned anew."""
    return views.run(loading.cancel(run_id, at=happened_at(body.at, tx.now), tx=tx), tx.session)


@router.post("/runs/{run_id}/stops/{no}/arrive", responses=problems(404, 409))
def arrive(run_id: str, no: int, body: AtIn, tx: Tx, who: Driver) -> StopOut:
    """Say that the vehicle stands at a stop."""
    _own(store.get_run(tx.session, run_id), who)
    stop = handlers.arrive(run_id, no, at=happened_at(body.at, tx.now), tx=tx)
    tx.session.flush()
    return views.stop(stop, tx.session)


@router.post("/runs/{run_id}/attempts", status_code=201, response_model=AttemptOut, responses=problems(400, 404, 409))
def record_attempt(run_id: str, body: AttemptIn, tx: Tx, once: Once, who: Driver) -> Response:
    """Record what happened at a visit: parcels, proof and money together. Telling it again changes nothing."""
    _own(store.get_run(tx.session, run_id), who)
    attempt = Attempt(
        id=tx.new_id("att"),
        outcome=body.outcome,
        at=happened_at(body.at, tx.now),
        reason=body.reason or "",
        parcel_ids=tuple(body.parcel_ids),
        to_whom=body.to_whom,
        proof=body.proof.to_proof(),
        taken=body.cash.to_taken() if body.cash else None,
    )
    return once(lambda: views.attempt(handlers.record_attempt(run_id, body.shipment_id, attempt, tx=tx)))


@router.post("/runs/{run_id}/finish", responses=problems(404, 409))
def finish(run_id: str, body: AtIn, tx: Tx, who: Driver) -> RunOut:
    """Say that the vehicle is at the depot again; every visit has its attempt by then."""
    _own(store.get_run(tx.session, run_id), who)
    return views.run(handlers.finish(run_id, at=happened_at(body.at, tx.now), tx=tx), tx.session)


@router.post("/runs/{run_id}/returns", responses=problems(404, 409))
def take_in(run_id: str, body: LabelsIn, tx: Tx, who: Loader) -> ScannedOut:
    """Take parcels off the vehicle: undelivered ones after the run, or before it what shall not go along."""
    _own(store.get_run(tx.session, run_id), who)
    return _scanned(depot.take_in(run_id, body.labels, at=happened_at(body.at, tx.now), by=who.id, tx=tx))


@router.post("/runs/{run_id}/hand-in", responses=problems(404, 409))
def hand_in(run_id: str, body: HandInIn, tx: Tx, who: Cashier) -> HandInOut:
    """Hand in a run's cash, once; counted and expected may differ, and both are kept."""
    _own(store.get_run(tx.session, run_id), who)
    done = cash_desk.hand_in(run_id, body.amount.to_money(), at=happened_at(body.at, tx.now), tx=tx)
    return HandInOut(
        expected=MoneyWire.of(done.expected),
        amount=MoneyWire.of(done.amount),
        difference=MoneyWire.of(done.difference),
    )


def _vehicle(who: Principal) -> str:
    assert who.role is not Role.DRIVER or who.vehicle_id, "a driver is a phone that is paired with a vehicle"
    return who.vehicle_id


def _own(run: RunRow, who: Principal) -> RunRow:
    """Return the run, if it is this driver's vehicle's, this depot's, or staff asks; else it is not to be known of."""
    foreign = _vehicle(who) not in {"", run.vehicle_id} or who.site_id not in {"", run.depot_id}
    if foreign:
        raise NotFound("There is no such run.")
    return run


def _own_depot(site_id: str, who: Principal) -> None:
    if who.site_id and who.site_id != site_id:
        raise Forbidden("This is another depot.")


def _scanned(done: depot.Scanned) -> ScannedOut:
    return ScannedOut(accepted=done.accepted, findings=[FindingWire.of(one) for one in done.findings])
