"""A clerk and the buyers who come to the counter: parcels in, parcels out by code, money in the till.

The code is not the clerk's to know: the buyer reads it from the public tracking page and says it.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from demo.actors import buyer
from demo.conductor import Step
from demo.stage import Stage, StoreRole, money

ARRIVAL_SCAN = timedelta(seconds=90)
COMES_SAME_DAY = 0.7
NEVER_COMES = 0.06
REFUSES_AT_COUNTER = 0.03
AFTER_READY = timedelta(minutes=40)
SAME_DAY_UNTIL = time(20, 30)
NEXT_DAY = (time(9, 30), time(19, 0))
MEANS = ("cash", "cash", "qr")


class ClerkActor:
    """One store."""

    def __init__(self, stage: Stage, role: StoreRole) -> None:
        self.stage = stage
        self.role = role
        self.name = f"clerk of {role.store.name}"
        self.base = f"/v1/service-points/{role.id}"
        self.cash_minor = 0  # what lies in the till, by the clerk's own count

    def receive(self, at: datetime, labels: list[str]) -> None:
        """Scan what a driver has just put down; called by the driver who stands there."""
        self._next(at + ARRIVAL_SCAN, lambda now: self._scan(now, list(labels)))

    def _scan(self, at: datetime, labels: list[str]) -> None:
        body = {"labels": labels, "shelf": "A1", "at": at.isoformat()}
        answer = self.role.line.post(f"{self.base}/arrivals", body, key=f"arrivals {at.isoformat()}")
        for finding in answer["findings"]:
            self.stage.notice(at, self.name, f"arrival scan: {finding}")
        for shipment_id in answer["ready"]:
            self._expect_buyer(at, shipment_id)

    def _expect_buyer(self, at: datetime, shipment_id: str) -> None:
        chance = self.stage.chance("counter", self.stage.references[shipment_id])
        if chance.random() < NEVER_COMES:
            return
        comes = self._when(at, chance.random() < COMES_SAME_DAY, chance.random())
        refuses = chance.random() < REFUSES_AT_COUNTER
        means = chance.choice(MEANS)
        self._next(comes, lambda now: self._serve(now, shipment_id, refuses=refuses, means=means))

    def _when(self, ready: datetime, same_day: bool, share: float) -> datetime:  # noqa: FBT001 - drawn, not written
        world = self.stage.world
        today = ready.astimezone(world.at(world.day, time()).tzinfo).date()
        first, last = ready + AFTER_READY, world.at(today, SAME_DAY_UNTIL)
        if not same_day or last <= first:
            first, last = (world.at(today + timedelta(days=1), clock) for clock in NEXT_DAY)
        return first + (last - first) * share

    def _serve(self, at: datetime, shipment_id: str, *, refuses: bool, means: str) -> None:
        page = buyer.look(self.stage, shipment_id)
        if page["status"] != "ready_for_pickup":
            self.stage.notice(at, self.name, f"the buyer's page says {page['status']}, not ready_for_pickup")
            return
        if refuses:
            body = {"shipment_id": shipment_id, "reason": "recipient_refused", "at": at.isoformat()}
            self.role.line.post(f"{self.base}/refusals", body, key=f"refusal {shipment_id}")
            return
        self._hand_over(at, page, means)

    def _hand_over(self, at: datetime, page: dict[str, Any], means: str) -> None:
        body: dict[str, Any] = {"code": page["pickup"]["code"], "to_whom": "recipient", "at": at.isoformat()}
        cod = page["cod"]
        if cod and not cod["paid"]:
            body["cash"] = {"amount": cod["due"], "means": means}
        self.role.line.post(f"{self.base}/handovers", body, key=f"handover {page['tracking_no']}")
        if "cash" in body and means == "cash":
            self.cash_minor += int(cod["due"]["amount_minor"])

    def close_day(self, at: datetime) -> None:
        """Hand the till's cash in."""
        if self.cash_minor:
            amount = money(self.cash_minor, self.stage.world.market.currency)
            body = {"amount": amount, "at": at.isoformat()}
            answer = self.role.line.post_done(f"{self.base}/hand-in", body, key=f"hand-in {at.date()}")
            if answer and answer["expected"] != amount:
                self.stage.notice(at, self.name, f"handed in {amount}, expected was {answer['expected']}")
            self.cash_minor = 0

    def send_back(self, at: datetime) -> None:
        """Give the depot's driver what expired or was refused."""
        labels = [
            parcel["label"]
            for state in ("expired", "refused")
            for stay in self.role.line.get(f"{self.base}/parcels", state=state)["items"]
            for parcel in stay["parcels"]
        ]
        if labels:
            body = {"labels": labels, "at": at.isoformat()}
            self.role.line.post(f"{self.base}/returns", body, key=f"returns {at.date()}")

    def _next(self, at: datetime, step: Step) -> None:
        self.stage.conductor.at(at, self.name, step)
