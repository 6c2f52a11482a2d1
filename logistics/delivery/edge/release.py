"""A plan is released: runs for vehicles, room at service points, orders to carriers. All of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from logistics.carriers.edge import handlers as carriers
from logistics.delivery.edge import quotas, store
from logistics.delivery.edge.tables import RunRow, RunStopRow, RunVisitRow
from logistics.delivery.events import ShipmentPlanned
from logistics.delivery.lifecycle import RUN, STOP, VISIT
from logistics.delivery.model import StopKind
from logistics.delivery.promise import promise_of
from logistics.delivery.release import CarrierDraft, Release, RunDraft, StopDraft, read_plan
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, Facts, FieldError
from logistics.kit.findings import Finding
from logistics.kit.windows import Window, zone
from logistics.modes.edge import handlers as modes
from logistics.pickup.edge import handlers as pickup
from logistics.routing.edge import handlers as planning
from logistics.routing.edge import store as plans
from logistics.routing.edge.tables import PlanRow
from logistics.routing.lifecycle import PLAN, PlanState, PlanStep
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.edge.tables import ShipmentRow
from logistics.shipments.lifecycle import SHIPMENT, ShipmentState, ShipmentStep
from logistics.shipments.model import Mode
from logistics.sites.edge import store as sites

Known = Mapping[str, ShipmentRow]


@dataclass(frozen=True, slots=True)
class Released:
    """The runs a plan became, and what of it was left undone because nobody waits for it any more."""

    runs: list[RunRow]
    findings: list[Finding]


def release(plan_id: str, version: int, *, tx: Transaction) -> Released:
    """Turn a plan that was found into runs, as whoever releases it has seen it.

    Refused (409) if it is not done, was released, or does not hold any more, and (412) if it is not that version.
    """
    plan = plans.lock_plan(tx.session, plan_id)
    state = PLAN.after(PlanState(plan.state), PlanStep.RELEASE)
    planning.check_version(plan, version)
    plan.state = state
    assert plan.result is not None, "a plan that was found has a result"
    done = make_runs(read_plan(plan.result), plan, tx=tx)
    tx.session.add(plan)
    return done


def make_runs(decided: Release, plan: PlanRow, *, tx: Transaction) -> Released:
    """Do what a plan decided; refused (409), naming vehicles, shipments or carriers, where that is possible no more.

    What was left to a carrier and waits no more is not handed over. It holds nothing up: taking it off a plan by hand
    would only leave it to the carrier again.
    """
    _check_free(decided.runs, tx)
    known = shipment_store.lock_shipments(tx.session, decided.shipment_ids)
    refusals = _Refusals()
    for one in decided.on_runs:
        if not _waits(known[one]):
            refusals.add(
                known[one], f"is {known[one].state} by now", "take it off its route, or plan again", "not_waiting"
            )
    refusals.check()
    settled = [_settled(known[one.shipment_id]) for one in decided.to_carrier if not _waits(known[one.shipment_id])]
    going = [one for one in decided.to_carrier if _waits(known[one.shipment_id])]
    quotas.check_plan(plan, going, tx=tx)
    runs = [_make_run(draft, known, plan, refusals, tx) for draft in decided.runs]
    for draft in going:
        refusals.gather(known[draft.shipment_id], _to_carrier(draft, tx))
    refusals.check()
    return Released(runs, settled)


def _waits(shipment: ShipmentRow) -> bool:
    """Tell whether it may still go any way."""
    return SHIPMENT.can(ShipmentState(shipment.state), ShipmentStep.CHOOSE)


def _settled(shipment: ShipmentRow) -> Finding:
    message = f"{shipment.tracking_no} is {shipment.state} by now and was not handed to a carrier"
    return Finding(shipment.id, "not_waiting", message)


def _check_free(drafts: Sequence[RunDraft], tx: Transaction) -> None:
    """Refuse (409) a vehicle that is out at the same time on another run, naming it and when."""
    vehicle_ids = {draft.vehicle_id for draft in drafts}
    store.lock_vehicles(tx.session, vehicle_ids)  # of two who release at once, the second sees the runs of the first
    runs = store.list_changeable_runs_of(tx.session, vehicle_ids)
    helps = "put these orders into the day by a replan, use another vehicle, or call that run off before it leaves"
    refuse_busy([run for run in runs if any(_meet(draft, run) for draft in drafts)], helps, tx)


def refuse_busy(busy: Sequence[RunRow], helps: str, tx: Transaction) -> None:
    """Refuse (409 ``vehicle_busy``) if there are any such runs, naming their vehicles and when they are out."""
    if busy:
        errors = tuple(_busy(run, helps, tx) for run in busy)
        sentence = "; ".join(error.message for error in errors)
        raise Conflict(f"No vehicle is out twice at once: {sentence}.", code="vehicle_busy", errors=errors)


def _meet(draft: RunDraft, run: RunRow) -> bool:
    return draft.vehicle_id == run.vehicle_id and draft.meets(run.planned_start_at, run.planned_end_at)


def _busy(run: RunRow, helps: str, tx: Transaction) -> FieldError:
    here = zone(sites.get_site(tx.session, run.depot_id).time_zone)
    start, end = (at.astimezone(here) for at in (run.planned_start_at, run.planned_end_at))
    when = f"from {start:%H:%M} to {end:%H:%M}"
    facts = {"vehicle": run.vehicle_name, "start_at": start.isoformat(), "end_at": end.isoformat()}
    return FieldError(run.vehicle_id, f"{run.vehicle_name} has a run {when} already", helps, "busy", facts)


class _Refusals:
    """Gathers what cannot be done, so that a planner sees all of it at once; nothing of it is kept."""

    def __init__(self) -> None:
        self._errors: list[FieldError] = []

    def add(
        self, shipment: ShipmentRow, why: str, helps: str = "plan again", code: str = "", facts: Facts | None = None
    ) -> None:
        known = {"order": shipment.tracking_no, "recipient": shipment.recipient_name, **(facts or {})}
        self._errors.append(FieldError(shipment.id, f"{shipment.tracking_no} {why}", helps, code, known))

    def gather(self, shipment: ShipmentRow, act: Callable[[], None]) -> None:
        try:
            act()
        except Conflict as refusal:
            why = f"cannot go this way: {refusal.detail.rstrip('.')}"
            self.add(shipment, why, code=refusal.refusal_code, facts=refusal.facts)

    def check(self) -> None:
        if self._errors:
            sentence = "; ".join(error.message for error in self._errors)
            raise Conflict(
                f"The plan does not hold any more: {sentence}.", code="plan_outdated", errors=tuple(self._errors)
            )


def _make_run(draft: RunDraft, known: Known, plan: PlanRow, refusals: _Refusals, tx: Transaction) -> RunRow:
    run = RunRow(
        id=tx.new_id("run"),
        plan_id=plan.id,
        vehicle_id=draft.vehicle_id,
        vehicle_name=draft.vehicle_name,
        driver_name=draft.driver_name,
        depot_id=draft.depot_id,
        on=plan.on,
        state=RUN.start,
        currency=_currency(draft, known),
        planned_start_at=draft.start_at,
        planned_end_at=draft.end_at,
        created_at=tx.now,
    )
    tx.session.add(run)
    tx.session.flush()
    for before, stop in enumerate(draft.stops):
        tx.session.add(new_stop(run.id, stop, before))
        tx.session.flush()
        for shipment_id in stop.shipment_ids:
            refusals.gather(known[shipment_id], _to_visit(run, stop, known[shipment_id], tx))
    return run


def _currency(draft: RunDraft, known: Known) -> str:
    """Return in which currency a driver takes money; two on one run would mix in one purse (409)."""
    rows = [known[shipment_id] for stop in draft.stops for shipment_id in stop.shipment_ids]
    paying = {row.currency for row in rows if row.cod_due_minor} or {rows[0].currency}
    if len(paying) > 1:
        listed = ", ".join(sorted(paying))
        sentence = f"{draft.vehicle_name} would take money in {listed}; one is allowed."
        raise Conflict(sentence, code="mixed_currencies", facts={"currencies": listed})
    return paying.pop()


def new_stop(run_id: str, draft: StopDraft, before: int) -> RunStopRow:
    """Make a stop that has not begun, with so many before it."""
    return RunStopRow(
        run_id=run_id,
        no=draft.no,
        kind=draft.kind,
        state=STOP.start,
        lat=draft.point.lat,
        lon=draft.point.lon,
        address=draft.address,
        site_id=draft.site_id,
        travel_s=draft.travel_s,
        service_s=draft.service_s,
        planned_start_at=draft.planned_start_at,
        planned_end_at=draft.planned_end_at,
        earliest_start_at=draft.earliest_start_at,
        expected_start_at=draft.planned_start_at,
        stops_before=before,
        told_start_at=draft.planned_start_at,
    )


def new_visit(run_id: str, stop_no: int, shipment: ShipmentRow) -> RunVisitRow:
    """Make a visit that is still to be made."""
    return RunVisitRow(
        run_id=run_id,
        shipment_id=shipment.id,
        stop_no=stop_no,
        merchant_id=shipment.merchant_id,
        state=VISIT.start,
    )


def take_along(run: RunRow, stop: StopDraft, shipment: ShipmentRow, *, tx: Transaction) -> None:
    """Put a shipment that waits onto a run; refused (409) where it cannot go that way."""
    mode = Mode.PICKUP if stop.kind is StopKind.SERVICE_POINT else Mode.OWN_FLEET
    modes.record_choice(shipment.id, mode, stop.site_id, "", None, (), tx=tx)
    if stop.kind is StopKind.SERVICE_POINT:
        pickup.expect(shipment.id, stop.site_id, tx=tx)
    shipments.record(shipment.id, ShipmentStep.PLAN, tx=tx)
    tx.session.add(new_visit(run.id, stop.no, shipment))
    promise(run, stop, shipment, tx=tx)


def _to_visit(run: RunRow, stop: StopDraft, shipment: ShipmentRow, tx: Transaction) -> Callable[[], None]:
    return lambda: take_along(run, stop, shipment, tx=tx)


def promise(run: RunRow, stop: StopDraft, shipment: ShipmentRow, *, tx: Transaction, tells: bool = True) -> None:
    """Promise a recipient the time that is planned, and tell it; of who is under way the expected time tells."""
    told = promise_of(stop.planned_start_at, shipment_store.find_window(shipment, stop.planned_start_at))
    shipment.promise_start, shipment.promise_end = told.start, told.end
    tx.session.add(shipment)
    if tells:
        tell_planned(run, stop, shipment, told, tx=tx)


def tell_planned(run: RunRow, stop: StopDraft, shipment: ShipmentRow, told: Window, *, tx: Transaction) -> None:
    """Announce that a run has a shipment, and when its recipient was told that somebody comes."""
    tx.announce(
        ShipmentPlanned(
            merchant_id=shipment.merchant_id,
            shipment_id=shipment.id,
            occurred_at=tx.now,
            run_id=run.id,
            stop_no=stop.no,
            planned_start_at=told.start,
            planned_end_at=told.end,
            kind=stop.kind,
        )
    )


def _to_carrier(one: CarrierDraft, tx: Transaction) -> Callable[[], None]:
    def act() -> None:
        reasons = (one.reason,) if one.reason else ()
        modes.record_choice(one.shipment_id, Mode.CARRIER, "", one.carrier, None, reasons, tx=tx)
        carriers.book(one.shipment_id, one.carrier, tx=tx)

    return act
