"""Merchants send their orders in: one by one, as a batch, or as a file. Their buyers get the links."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

from demo.conductor import Step
from demo.stage import MerchantRole, Stage, money
from demo.world import Order
from logistics.kit.geo import great_circle_m
from logistics.kit.money import Money

BATCH = 100
SPREAD_S = 6  # between two orders of a merchant that sends them one by one
FILE_COLUMNS = (
    "order_ref", "name", "phone", "address", "lat", "lon", "weight_g", "length_mm", "width_mm", "height_mm", "parcels",
    "description", "cod", "value", "deliver_on", "window_start", "window_end", "mode", "service_point_id",
    "store_consent", "locale",
)  # fmt: skip


class MerchantActor:
    """One merchant's shop system."""

    def __init__(self, stage: Stage, role: MerchantRole) -> None:
        self.stage = stage
        self.role = role
        self.name = f"merchant {role.number + 1}"
        self.orders = [order for order in stage.world.orders if order.merchant == role.number]

    def open_day(self, at: datetime) -> None:
        """Send in the day's orders, in this merchant's manner."""
        sending = {"one": self._send_singly, "batch": self._send_batches, "file": self._send_file}
        sending[self.role.merchant.manner](at)

    def _send_singly(self, at: datetime) -> None:
        for number, order in enumerate(self.orders):
            moment = at + timedelta(seconds=SPREAD_S * number)
            # Customers order one by one, but at four tills: nothing says that one waits for the other.
            self.stage.conductor.at(moment, f"{self.name} checkout {number % 4}", self._sending(order))

    def _sending(self, order: Order) -> Step:
        return lambda _: self._send(order)

    def _send(self, order: Order) -> None:
        made = self.role.line.post("/v1/shipments", self.body(order), key=order.order_ref)
        self._keep(made["id"], order.order_ref, made["tracking_url"])

    def _send_batches(self, _: datetime) -> None:
        for start in range(0, len(self.orders), BATCH):
            part = self.orders[start : start + BATCH]
            body = {"shipments": [self.body(order) for order in part]}
            self._read_results(self.role.line.post("/v1/shipments/batch", body, key=f"batch {part[0].order_ref}"))

    def _send_file(self, _: datetime) -> None:
        content = self.file()
        key = f"file {self.stage.world.day}"
        self._read_results(self.role.line.send_file("/v1/shipments/import", "orders.csv", content, "text/csv", key=key))

    def _read_results(self, answer: dict[str, Any]) -> None:
        for row in answer["results"]:
            if row["status"] == "rejected":
                self.stage.notice(self._dawn(), self.name, f"row {row['row']} was refused: {row['errors']}")
            else:
                self._keep(row["shipment_id"], row["order_ref"], row.get("tracking_url"))

    def _keep(self, shipment_id: str, order_ref: str, url: str | None) -> None:
        if not url:  # told once: who sends again after a lost answer asks for another link
            url = self.role.line.post(f"/v1/shipments/{shipment_id}/links")["tracking_url"]
        self.stage.remember(shipment_id, order_ref, str(url))

    def _dawn(self) -> datetime:
        return self.stage.world.at(self.stage.world.day, datetime.min.time())

    def body(self, order: Order) -> dict[str, Any]:
        """Write an order as the API takes it."""
        currency = self.stage.world.market.currency
        body: dict[str, Any] = {
            "order_ref": order.order_ref,
            "recipient": {
                "name": order.name,
                "phone": order.phone,
                "address": order.address,
                "point": {"lat": order.point.lat, "lon": order.point.lon},
                "locale": self.stage.world.market.locale,
            },
            "parcels": [_parcel(parcel.weight_g, parcel.sides_mm, parcel.description) for parcel in order.parcels],
            "value": money(order.value_minor, currency),
            "depot_id": self._nearest_depot(order),
            "deliver_on": self.stage.world.day.isoformat(),
            "consents": [{"kind": kind, "channel": "checkout"} for kind in order.consents],
        }
        if order.cod_minor:
            body["cod_due"] = money(order.cod_minor, currency)
        if order.window:
            body["window"] = {"start": order.window.start.isoformat(), "end": order.window.end.isoformat()}
        if order.mode == "pickup":
            body["service_point_id"] = self._nearest_store(order)
        return body | ({"mode": order.mode} if order.mode else {})

    def _nearest_store(self, order: Order) -> str:
        """Choose the store the platform names first, as a checkout would; empty if it names none."""
        offered = self.role.line.get("/v1/service-points", lat=order.point.lat, lon=order.point.lon, limit=1)
        return str(offered[0]["id"]) if offered else ""

    def _nearest_depot(self, order: Order) -> str:
        return min(self.stage.cast.depots, key=lambda depot: great_circle_m(depot.depot.point, order.point)).id

    def file(self) -> bytes:
        """Write all orders as a CSV file, as spreadsheets do: with a byte order mark, amounts in major units."""
        text = io.StringIO()
        table = csv.DictWriter(text, FILE_COLUMNS)
        table.writeheader()
        for order in self.orders:
            table.writerow(self._row(order))
        return text.getvalue().encode("utf-8-sig")

    def _row(self, order: Order) -> dict[str, object]:
        """Write a row: one size for all its parcels, that of the heaviest."""
        currency = self.stage.world.market.currency
        parcel = max(order.parcels, key=lambda one: one.weight_g)
        return {
            "order_ref": order.order_ref, "name": order.name, "phone": order.phone, "address": order.address,
            "lat": order.point.lat, "lon": order.point.lon, "weight_g": parcel.weight_g,
            "length_mm": parcel.sides_mm[0], "width_mm": parcel.sides_mm[1], "height_mm": parcel.sides_mm[2],
            "parcels": len(order.parcels), "description": parcel.description,
            "cod": _major(order.cod_minor, currency), "value": _major(order.value_minor, currency),
            "deliver_on": self.stage.world.day.isoformat(),
            "window_start": order.window.start.isoformat() if order.window else "",
            "window_end": order.window.end.isoformat() if order.window else "",
            "mode": order.mode, "service_point_id": self._nearest_store(order) if order.mode == "pickup" else "",
            "store_consent": "yes" if "store" in order.consents else "",
            "locale": self.stage.world.market.locale,
        }  # fmt: skip


def _parcel(weight_g: int, sides_mm: tuple[int, int, int], description: str) -> dict[str, object]:
    length, width, height = sides_mm
    return {
        "weight_g": weight_g, "length_mm": length, "width_mm": width, "height_mm": height, "description": description,
    }  # fmt: skip


def _major(amount_minor: int, currency: str) -> str:
    return str(Money(amount_minor, currency)).split(" ")[0] if amount_minor else ""
