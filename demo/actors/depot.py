"""The desk of a depot: parcels in, parcels out to the carrier, money to the bank, returns to the merchant."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from demo.actors.carrier_desk import CarrierDeskActor
from demo.stage import DepotRole, Stage, money

LABELS_PER_SCAN = 100
ALREADY_GONE = "not_here"  # the carrier claimed too early that it has the parcel: it is handed over all the same


class DepotActor:
    """One depot's desk."""

    def __init__(self, stage: Stage, role: DepotRole, carrier: CarrierDeskActor) -> None:
        self.stage = stage
        self.carrier = carrier
        self.role = role
        self.name = f"desk of {role.depot.name}"
        self.base = f"/v1/depots/{role.id}"

    def receive(self, at: datetime) -> None:
        """Scan in what the merchants have brought for this depot."""
        shipments = self._shipments(depot_id=self.role.id)
        self._scan_in(at, [p["label"] for s in shipments for p in s["parcels"] if p["state"] == "announced"])

    def receive_planned(self, at: datetime) -> None:
        """Scan in what was brought without naming a depot, now that the day's plan has chosen one."""
        mine, on = set(), at.date()
        for run in self.stage.cast.dispatcher.get("/v1/runs", on=on.isoformat())["items"]:
            if run["depot_id"] == self.role.id:
                whole = self.stage.cast.dispatcher.get(f"/v1/runs/{run['id']}")
                mine |= {visit["shipment_id"] for stop in whole["stops"] for visit in stop["visits"]}
        shipments = [
            one
            for one in self._shipments(depot_id="")
            if one["id"] in mine or (one["mode"] == "carrier" and self._is_mine(one))
        ]
        self._scan_in(at, [p["label"] for s in shipments for p in s["parcels"] if p["state"] == "announced"])

    def _is_mine(self, shipment: dict[str, Any]) -> bool:
        """Tell whether a parcel stands on this floor; what names no depot and takes no van stands on the first."""
        return (shipment["depot_id"] or self.stage.cast.depots[0].id) == self.role.id

    def _scan_in(self, at: datetime, labels: list[str]) -> None:
        for start in range(0, len(labels), LABELS_PER_SCAN):
            part = labels[start : start + LABELS_PER_SCAN]
            body = {"labels": part, "at": at.isoformat()}
            answer = self.role.line.post(
                f"{self.base}/receipts", body, key=f"receipt {part[0]} {len(part)} {at.date()}"
            )
            for finding in answer["findings"]:
                self.stage.notice(at, self.name, f"receipt: {finding}")

    def _shipments(self, *, depot_id: str) -> list[dict[str, Any]]:
        every = self.stage.cast.dispatcher.pages("/v1/shipments")
        return [one for one in every if one["depot_id"] == depot_id]

    def hand_to_carriers(self, at: datetime) -> None:
        """Give each carrier's driver what is booked and lies here."""
        self.stage.let_carriers_book()
        carried = self.stage.cast.dispatcher.pages("/v1/shipments", mode="carrier")
        here = {one["id"] for one in carried if self._is_mine(one)}
        by_carrier = defaultdict(list)
        for booked in self.role.line.pages("/v1/consignments", state="booked"):
            if booked["shipment_id"] in here:
                by_carrier[booked["carrier"]].append(booked["waybill_no"])
        for carrier, waybills in by_carrier.items():
            body = {"carrier": carrier, "waybill_nos": waybills}
            answer = self.role.line.post(f"{self.base}/carrier-handovers", body, key=f"carrier {carrier} {at.date()}")
            for finding in answer["findings"]:
                if finding["code"] != ALREADY_GONE:
                    self.stage.notice(at, self.name, f"handover to {carrier}: {finding}")
            self.carrier.take_along(at, waybills)

    def give_back(self, at: datetime) -> None:
        """Give merchants back what was refused or expired and lies here again."""
        labels = [
            parcel["label"]
            for state in ("returning", "delivered", "cancelled")  # of a part delivery the rest lies here
            for shipment in self.stage.cast.dispatcher.pages("/v1/shipments", state=state)
            for parcel in shipment["parcels"]
            if parcel["holder"] == f"site:{self.role.id}" and parcel["state"] == "held"
        ]
        if labels:
            body = {"labels": labels, "at": at.isoformat()}
            self.role.line.post(f"{self.base}/merchant-returns", body, key=f"give back {at.date()}")

    def bank(self, at: datetime) -> None:
        """Pay the day's cash into the bank: all that the books say lies here."""
        self.stage.let_news_arrive()
        operator = self.stage.cast.operator
        for account in operator.get("/v1/ledger/accounts", kind="custody"):
            if account["account"] == f"custody:depot:{self.role.id}" and account["balance_minor"] > 0:
                amount = money(account["balance_minor"], account["currency"])
                operator.post(f"{self.base}/bankings", {"amount": amount}, key=f"banking {self.role.id} {at.date()}")
