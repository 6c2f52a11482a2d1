"""The operator's mornings: what was not collected goes back, carriers' money comes in, merchants' money goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from demo.actors.carrier_desk import CarrierDeskActor
from demo.founding import CARRIER
from demo.stage import Stage


class FinanceActor:
    """One operator at a desk."""

    def __init__(self, stage: Stage, carrier: CarrierDeskActor) -> None:
        self.stage = stage
        self.carrier = carrier
        self.line = stage.cast.operator
        self.early: list[dict[str, Any]] = []  # paid before we heard that the parcel was delivered

    def expire_pickups(self, at: datetime) -> None:
        """Turn back what nobody collected in time."""
        self.line.post("/v1/pickup/expire", key=f"expire {at.date()}")

    def take_carrier_money(self, at: datetime) -> None:
        """Enter what the carrier passed on, by its own paper, and once more what was too early for us yesterday.

        A carrier may pay before the news of a delivery has come; by the next morning it must be there.
        """
        again = len(self.early)
        lines = self.early + self.carrier.pay_out()
        refused = self._enter(at, lines)
        early = [number for number, code in refused.items() if code == "nothing_open" and number >= again]
        self.early = [lines[number] for number in early]
        self._notice(at, [(lines[number], code) for number, code in refused.items() if number not in early])

    def take_what_was_early(self, at: datetime) -> None:
        """Enter for the last time what was too early this morning."""
        refused = self._enter(at, self.early)
        self._notice(at, [(self.early[number], code) for number, code in refused.items()])
        self.early = []

    def _enter(self, at: datetime, lines: list[dict[str, Any]]) -> dict[int, str]:
        """Enter lines of a carrier's paper; return which were refused, and why."""
        if not lines:
            return {}
        path = f"/v1/carriers/{CARRIER}/cod-remittances"
        answer = self.line.post(path, {"lines": lines}, key=f"carrier money {at.isoformat()}")
        return {_line_number(finding["where"]): finding["code"] for finding in answer["findings"]}

    def _notice(self, at: datetime, refused: list[tuple[dict[str, Any], str]]) -> None:
        for line, code in refused:
            self.stage.notice(at, "finance", f"carrier money: {code} {line}")

    def remit(self, at: datetime) -> None:
        """Pass on to the merchants what is due (T+1)."""
        self.stage.let_news_arrive()
        self.line.post("/v1/remittances/run", key=f"remit {at.date()}")


def _line_number(where: str) -> int:
    return int(where.removeprefix("lines[").removesuffix("]"))
