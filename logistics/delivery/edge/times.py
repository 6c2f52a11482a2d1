"""Expected times, worked out anew after each event on a run, and told to those who wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from logistics.delivery import progress
from logistics.delivery.edge import store
from logistics.delivery.edge.tables import RunRow, RunStopRow
from logistics.delivery.events import ExpectedTimesMoved
from logistics.delivery.lifecycle import StopState
from logistics.kit.edge.db import Transaction


def recompute(run: RunRow, at: datetime, *, tx: Transaction) -> None:
    """Keep when the remaining stops are expected, after an event at ``at``, and announce what moved."""
    stops = store.list_stops(tx.session, run.id)
    keep(run, progress.expect([_times(stop) for stop in stops], at), at, tx=tx)


def keep(run: RunRow, times: Iterable[progress.Expected], at: datetime, *, tx: Transaction) -> None:
    """Keep when stops are expected, as it was found out at ``at``, and announce what moved."""
    stops = {stop.no: stop for stop in store.list_stops(tx.session, run.id)}
    for expected in times:
        stop = stops[expected.no]
        stop.expected_start_at = expected.start_at
        stop.stops_before = expected.stops_before
        if progress.is_news(stop.told_start_at, stop.told_stops_before, expected):
            stop.told_start_at, stop.told_stops_before = expected.start_at, expected.stops_before
            _tell(run, expected, at, tx)
        tx.session.add(stop)


def _times(stop: RunStopRow) -> progress.StopTimes:
    return progress.StopTimes(
        no=stop.no,
        travel_s=stop.travel_s,
        service_s=stop.service_s,
        earliest_start_at=stop.earliest_start_at,
        state=StopState(stop.state),
        actual_at=stop.actual_at,
    )


def _tell(run: RunRow, expected: progress.Expected, at: datetime, tx: Transaction) -> None:
    for visit in store.list_open_visits_of_stop(tx.session, run.id, expected.no):
        tx.announce(
            ExpectedTimesMoved(
                merchant_id=visit.merchant_id,
                shipment_id=visit.shipment_id,
                occurred_at=at,
                run_id=run.id,
                expected_start_at=expected.window.start,
                expected_end_at=expected.window.end,
                stops_before=expected.stops_before,
            )
        )
