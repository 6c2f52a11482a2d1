"""Positions: durable fixes a second through the writer. Beside it, what SQLite can append on this disk in this run."""

from __future__ import annotations

import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import insert

from logistics.kit.edge.bus import LocalBus
from logistics.kit.edge.clock import monotonic_s, system_now
from logistics.kit.edge.db import Database
from logistics.kit.errors import TooMany
from logistics.kit.geo import Point
from logistics.tracking.edge.tables import PositionRow
from logistics.tracking.edge.writer import Report, Writer
from logistics.tracking.positions import Fix
from logistics.wiring import WIRING

FIXES = 30_000
VEHICLES = 500
LIMIT_ROWS_PER_COMMIT = 1000


def main() -> None:
    """Measure both, for reports of one fix and of fifty, and print the ratio."""
    limit = raw_rows_per_s()
    print(f"plain appends, {LIMIT_ROWS_PER_COMMIT} rows a commit: {limit:,.0f} rows/s")
    for size in (1, 50):
        rate = written_per_s(size)
        print(f"reports of {size:2} fixes: {rate:,.0f} fixes/s acknowledged after commit; ratio {rate / limit:.2f}")


def raw_rows_per_s() -> float:
    """Return the rows a second of plain inserts into the same table."""
    with tempfile.TemporaryDirectory() as folder:
        db = _database(Path(folder))
        rows = [_row(number) for number in range(FIXES)]
        began = monotonic_s()
        for start in range(0, FIXES, LIMIT_ROWS_PER_COMMIT):
            with db.transaction() as tx:
                tx.session.connection().execute(insert(PositionRow), rows[start : start + LIMIT_ROWS_PER_COMMIT])
        rate = FIXES / (monotonic_s() - began)
        db.close()
        return rate


def written_per_s(size: int) -> float:
    """Return the fixes a second through the writer, from the first report to the last acknowledgement."""
    with tempfile.TemporaryDirectory() as folder:
        db, bus = _database(Path(folder)), LocalBus()
        writer = Writer(db, bus)
        reports = _reports(size)
        left = threading.Semaphore(0)
        writer.start()
        began = monotonic_s()
        for vehicle_id, fixes in reports:
            _submit(writer, Report(vehicle_id, "tok", fixes, lambda _answer: left.release()))
        for _ in reports:
            left.acquire()
        rate = FIXES / (monotonic_s() - began)
        writer.stop()
        bus.close()
        db.close()
        return rate


def _submit(writer: Writer, report: Report) -> None:
    while True:
        try:
            writer.submit(report)
        except TooMany:  # what a phone does, only sooner
            time.sleep(0.005)
        else:
            return


def _reports(size: int) -> list[tuple[str, list[Fix]]]:
    begin = system_now() - timedelta(hours=2)
    reports = []
    for number in range(FIXES // size):
        first = number // VEHICLES * size
        fixes = [
            Fix(begin + timedelta(seconds=first + step), Point(lat=30.25, lon=120.16), 8.0, 5.0) for step in range(size)
        ]
        reports.append((f"veh_{number % VEHICLES}", fixes))
    return reports


def _row(number: int) -> dict[str, Any]:
    now = system_now()
    return {
        "vehicle_id": f"veh_{number % VEHICLES}", "fixed_at": now + timedelta(seconds=number), "device_id": "tok",
        "received_at": now, "lat": 30.25, "lon": 120.16, "speed_mps": 8.0, "accuracy_m": 5.0, "battery": None,
        "rejected": "",
    }  # fmt: skip


def _database(folder: Path) -> Database:
    assert WIRING.at_once, "all tables are imported with the wiring"
    db = Database(f"sqlite:///{folder / 'ingest.db'}")
    db.create_tables()
    return db


if __name__ == "__main__":
    main()
