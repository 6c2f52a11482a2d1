"""The pretend carrier's people: its driver scans what he takes along, its clock goes with the day's, it pays COD out.

The carrier is a program of its own with its own interface; what it does to the parcels, it tells the platform itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from demo.client import Line
from demo.stage import Stage

EVERY = timedelta(minutes=20)


class CarrierDeskActor:
    """The one carrier."""

    def __init__(self, stage: Stage, line: Line) -> None:
        self.stage = stage
        self.line = line

    def open_day(self, at: datetime) -> None:
        """Let the carrier's clock go with the day's until late in the evening."""
        self._tick(at, at + timedelta(hours=16))

    def take_along(self, at: datetime, waybill_nos: list[str]) -> None:
        """Scan what the depot has just handed over."""
        answer = self.line.post("/scans", {"waybill_nos": waybill_nos, "at": at.isoformat()})
        if answer["unknown"]:
            self.stage.notice(at, "carrier", f"{len(answer['unknown'])} waybills are unknown")

    def pay_out(self) -> list[dict[str, Any]]:
        """Pass on all money taken at doors; return the lines of the paper."""
        lines: list[dict[str, Any]] = self.line.post("/cod/remittances")["lines"]
        return lines

    def _tick(self, at: datetime, until: datetime) -> None:
        self.line.put("/clock", {"now": at.isoformat()})
        if at + EVERY <= until:
            self.stage.conductor.at(at + EVERY, "carrier", lambda now: self._tick(now, until))
