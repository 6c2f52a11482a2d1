"""How the pretend carrier is asked. Builds requests and reads answers; the edge sends them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from logistics.carriers.adapters.pretend import wire
from logistics.carriers.model import Booked, CarrierEvent, CarrierOrder
from logistics.carriers.port import Account, Ask, CarrierRefused, Send
from logistics.kit.errors import Failure
from logistics.kit.findings import Finding


class PretendClient:
    """The port to a pretend carrier; every request of it may be repeated."""

    def __init__(self, account: Account, send: Send) -> None:
        self._account = account
        self._send = send

    def book(self, order: CarrierOrder) -> Booked:
        """Order a carriage; the carrier knows the reference again."""
        waybill_no = wire.read_object(self._ask("POST", "/waybills", wire.write_order(order))).get("waybill_no")
        if not isinstance(waybill_no, str) or not waybill_no:
            raise Failure("The carrier booked without naming a waybill.", retry=True)
        return Booked(waybill_no)

    def cancel(self, waybill_no: str) -> None:
        """Call a carriage off."""
        self._ask("POST", f"/waybills/{quote(waybill_no, safe='')}/cancel")

    def label(self, waybill_no: str) -> bytes:
        """Return the carrier's label."""
        return self._ask("GET", f"/waybills/{quote(waybill_no, safe='')}/label")

    def track(self, waybill_no: str) -> tuple[list[CarrierEvent], list[Finding]]:
        """Return the carrier's story of a waybill."""
        return wire.parse(self._ask("GET", f"/waybills/{quote(waybill_no, safe='')}"))

    def _ask(self, method: str, path: str, body: Any = None) -> bytes:
        headers = {"Authorization": f"Bearer {self._account.secret}"}
        status, answer = self._send(Ask(method, self._account.base_url.rstrip("/") + path, headers, body))
        if status >= HTTPStatus.BAD_REQUEST:
            said = wire.read_object(answer).get("detail") or f"it answered {status}"
            raise CarrierRefused(f"The carrier refused: {said}")
        return answer
