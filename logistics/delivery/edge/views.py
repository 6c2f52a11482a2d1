"""Runs as they travel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from logistics.delivery.cash import carried
from logistics.delivery.edge import store
from logistics.delivery.edge.schemas import (
    AttemptOut,
    ParcelWire,
    RunCash,
    RunOut,
    RunSummary,
    StopOut,
    VisitOut,
)
from logistics.delivery.edge.tables import AttemptRow, RunRow, RunStopRow, RunVisitRow
from logistics.delivery.lifecycle import RunState, StopState, VisitState
from logistics.delivery.model import StopKind
from logistics.delivery.progress import Expected
from logistics.kit.edge.wire import MoneyWire, PointWire, WindowWire
from logistics.shipments.cod import Taken
from logistics.shipments.edge import store as shipments
from logistics.shipments.edge.tables import ParcelRow, ShipmentRow
from logistics.shipments.masking import mask_phone

RUN_PLAIN = {
    "id", "plan_id", "vehicle_id", "vehicle_name", "driver_name", "depot_id", "on", "planned_start_at",
    "planned_end_at", "departed_at", "finished_at",
}  # fmt: skip
STOP_PLAIN = {
    "no", "address", "site_id", "planned_start_at", "planned_end_at", "expected_start_at", "stops_before", "actual_at",
}  # fmt: skip


def summaries(rows: Sequence[RunRow], session: Session) -> list[RunSummary]:
    """Write runs at a glance."""
    session.flush()
    taken = store.list_taken(session, [row.id for row in rows])
    return [_summary(row, taken[row.id], session) for row in rows]


def run(row: RunRow, session: Session) -> RunOut:
    """Write a run with all its stops."""
    session.flush()
    summary = _summary(row, store.list_taken(session, [row.id])[row.id], session)
    visits = store.list_visits(session, row.id)
    known = _Known(session, visits)
    stops = store.list_stops(session, row.id)
    aboard = known.labels_of(store.vehicle_holder(row.vehicle_id))
    return RunOut(**summary.model_dump(), stops=[_stop(one, visits, known) for one in stops], aboard=aboard)


def stop(row: RunStopRow, session: Session) -> StopOut:
    """Write one stop."""
    visits = store.list_visits(session, row.run_id)
    return _stop(row, visits, _Known(session, visits))


def attempt(row: AttemptRow) -> AttemptOut:
    """Write an attempt."""
    return AttemptOut.model_validate(row.model_dump(exclude={"merchant_id", "driver_name"}))


class _Known:
    """The shipments and parcels of a run, read at once."""

    def __init__(self, session: Session, visits: Sequence[RunVisitRow]) -> None:
        ids = [visit.shipment_id for visit in visits]
        self.shipments: Mapping[str, ShipmentRow] = {one.id: one for one in shipments.list_by_ids(session, ids)}
        self.parcels: Mapping[str, Sequence[ParcelRow]] = shipments.list_parcels_of(session, ids)

    def labels_of(self, holder: str) -> list[str]:
        return [parcel.label for rows in self.parcels.values() for parcel in rows if parcel.holder == holder]


def _summary(row: RunRow, taken: Sequence[Taken], session: Session) -> RunSummary:
    stops = store.list_stops(session, row.id)
    hand_in = store.find_hand_in(session, row.id)
    handed_in = MoneyWire(amount_minor=hand_in.amount_minor if hand_in else 0, currency=row.currency)
    return RunSummary(
        **row.model_dump(include=RUN_PLAIN),
        state=RunState(row.state),
        stops_count=len(stops),
        stops_done=sum(one.state == StopState.DONE for one in stops),
        visits_count=len(store.list_visits(session, row.id)),
        cash=RunCash(taken=MoneyWire.of(carried(taken, row.currency)), handed_in=handed_in),
    )


def _stop(row: RunStopRow, visits: Sequence[RunVisitRow], known: _Known) -> StopOut:
    return StopOut(
        **row.model_dump(include=STOP_PLAIN),
        kind=StopKind(row.kind),
        state=StopState(row.state),
        point=PointWire(lat=row.lat, lon=row.lon),
        expected=WindowWire.of(Expected(row.no, row.expected_start_at, row.stops_before).window),
        visits=[_visit(visit, known) for visit in visits if visit.stop_no == row.no],
    )


def _visit(row: RunVisitRow, known: _Known) -> VisitOut:
    shipment = known.shipments[row.shipment_id]
    due = shipment.cod_due_minor
    return VisitOut(
        shipment_id=shipment.id,
        tracking_no=shipment.tracking_no,
        recipient_name=shipment.recipient_name,
        phone_masked=mask_phone(shipment.phone),
        parcels=[ParcelWire(id=one.id, label=one.label, holder=one.holder) for one in known.parcels[shipment.id]],
        cod_due=MoneyWire(amount_minor=due, currency=shipment.currency) if due else None,
        state=VisitState(row.state),
        note=shipment.note,
    )
