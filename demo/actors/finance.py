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
        self.early = []
        if not lines:
            return
        path = f"/v1/carriers/{CARRIER}/cod-remittances"
        answer = self.line.post(path, {"lines": lines}, key=f"carrier money {at.date()}")
        for finding in answer["findings"]:
            number = _line_number(finding["where"])
            if finding["code"] == "nothing_open" and number >= again:
                self.early.append(lines[number])
            else:
                self.stage.notice(at, "finance", f"carrier money: {finding}")

    def remit(self, at: datetime) -> None:
        """Pass on to the merchants what is due (T+1)."""
        self.stage.let_news_arrive()
        self.line.post("/v1/remittances/run", key=f"remit {at.date()}")


def _line_number(where: str) -> int:
    return int(where.removeprefix("lines[").removesuffix("]"))
