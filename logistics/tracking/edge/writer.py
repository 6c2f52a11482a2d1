"""The one writer of positions: takes whatever queued up during the last commit, commits once, then acknowledges.

So a commit costs the same for one report and for a thousand, and nothing is acknowledged that could be lost. When a
batch fails each report is tried by itself, so that one bad report spoils no other. A full queue is refused at once.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col

from logistics.kit.edge.bus import Bus
from logistics.kit.edge.db import Database
from logistics.kit.errors import TooMany
from logistics.tracking.edge import live, store
from logistics.tracking.edge.cursor import insert_once
from logistics.tracking.edge.tables import PositionRow, VehiclePositionRow
from logistics.tracking.positions import Fix, is_newer, reject_reason

log = logging.getLogger(__name__)

QUEUE_FIXES_MAX = 20_000  # about a second of writing: who comes later had better wait
BATCH_FIXES_MAX = 2_000  # a longer transaction would keep other writers waiting
RETRY_AFTER_S = 2
STOP_S_MAX = 10.0


@dataclass(frozen=True, slots=True)
class Report:
    """What one device sent at once. ``done`` hears, after the commit, why each fix was not believed, or what failed."""

    vehicle_id: str
    device_id: str
    fixes: Sequence[Fix]
    done: Callable[[list[str] | Exception], None]


class Writer:
    """Writes positions in a thread of its own."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self._db = db
        self._bus = bus
        self._queue: deque[Report] = deque()
        self._queued = 0
        self._more = threading.Condition()
        self._stopping = False
        self._live: dict[str, Fix] = {}  # the newest believed fix of each vehicle we have written
        self._thread = threading.Thread(target=self._run, name="positions", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what is queued, then stop."""
        with self._more:
            self._stopping = True
            self._more.notify()
        self._thread.join(timeout=STOP_S_MAX)

    def submit(self, report: Report) -> None:
        """Queue a report; refused (429) when the queue is full or the house is closing."""
        with self._more:
            if self._stopping or self._queued + len(report.fixes) > QUEUE_FIXES_MAX:
                raise TooMany("Too many positions are waiting to be written.", retry_after_s=RETRY_AFTER_S)
            self._queue.append(report)
            self._queued += len(report.fixes)
            self._more.notify()

    def _run(self) -> None:
        while batch := self._take():
            self._write(batch)

    def _take(self) -> list[Report]:
        with self._more:
            while not self._queue and not self._stopping:
                self._more.wait()
            batch: list[Report] = []
            room = BATCH_FIXES_MAX
            while self._queue and (not batch or len(self._queue[0].fixes) <= room):
                report = self._queue.popleft()
                batch.append(report)
                room -= len(report.fixes)
                self._queued -= len(report.fixes)
            return batch

    def _write(self, batch: list[Report]) -> None:
        try:
            answers, moved = self._commit(batch)
        except Exception as fault:  # whatever it was, no report may wait for ever
            if len(batch) == 1:
                log.exception("a report of vehicle %s could not be written", batch[0].vehicle_id)
                batch[0].done(fault)
                return
            for report in batch:
                self._write([report])
            return
        for report, reasons in zip(batch, answers, strict=True):
            report.done(reasons)
        self._tell(moved)

    def _commit(self, batch: list[Report]) -> tuple[list[list[str]], dict[str, Fix]]:
        with self._db.transaction() as tx:
            known = self._known(tx.session, {report.vehicle_id for report in batch})
            moved: dict[str, Fix] = {}
            rows: list[dict[str, Any]] = []
            answers: list[list[str]] = []
            for report in batch:
                reasons = []
                for fix in report.fixes:
                    last = moved.get(report.vehicle_id) or known.get(report.vehicle_id)
                    reason = reject_reason(fix, now=tx.now, last=last)
                    if not reason and is_newer(fix, last):
                        moved[report.vehicle_id] = fix
                    reasons.append(reason)
                    rows.append(_history(report, fix, reason) | {"received_at": tx.now})
                answers.append(reasons)
            _insert(tx.session, rows, [_live(name, fix) | {"received_at": tx.now} for name, fix in moved.items()])
        self._live.update(moved)
        return answers, moved

    def _known(self, session: Session, vehicle_ids: Iterable[str]) -> dict[str, Fix]:
        unread = [vehicle_id for vehicle_id in vehicle_ids if vehicle_id not in self._live]
        if unread:
            rows = store.list_live_positions_of(session, unread)
            self._live.update({vehicle_id: store.fix_of(row) for vehicle_id, row in rows.items()})
        return self._live

    def _tell(self, moved: dict[str, Fix]) -> None:
        at_ms = live.now_ms()
        for vehicle_id, fix in moved.items():
            place = (vehicle_id, fix.point.lat, fix.point.lon, fix.fixed_at, fix.speed_mps, fix.accuracy_m)
            live.publish_position(self._bus, live.FleetPosition(*place, at_ms))


def _history(report: Report, fix: Fix, reason: str) -> dict[str, Any]:
    return {
        **_live(report.vehicle_id, fix),
        "device_id": report.device_id,
        "battery": fix.battery,
        "rejected": reason,
    }


def _live(vehicle_id: str, fix: Fix) -> dict[str, Any]:
    return {
        "vehicle_id": vehicle_id,
        "fixed_at": fix.fixed_at,
        "lat": fix.point.lat,
        "lon": fix.point.lon,
        "speed_mps": fix.speed_mps,
        "accuracy_m": fix.accuracy_m,
    }


def _insert(session: Session, rows: list[dict[str, Any]], latest: list[dict[str, Any]]) -> None:
    connection = session.connection()
    if rows:
        # A phone that heard no answer sends again: the same fix is kept once.
        connection.execute(insert_once(session, PositionRow).on_conflict_do_nothing(), rows)
    if latest:
        newer = insert_once(session, VehiclePositionRow)
        changes = {name: newer.excluded[name] for name in latest[0] if name != "vehicle_id"}
        # Another process may have written a newer one: the live position only moves forward.
        forward = col(VehiclePositionRow.fixed_at) < newer.excluded.fixed_at
        latest = sorted(latest, key=lambda row: str(row["vehicle_id"]))  # two writers lock rows in one order
        connection.execute(
            newer.on_conflict_do_update(index_elements=["vehicle_id"], set_=changes, where=forward), latest
        )
