"""The port: what every carrier can be asked, whatever it speaks.

A client builds requests and reads answers; it opens no connection itself: ``send`` does that, at the edge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from logistics.carriers.model import Booked, CarrierEvent, CarrierOrder
from logistics.kit.errors import Refusal
from logistics.kit.findings import Finding


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to a carrier's server; each of them may be sent twice without harm."""

    method: str
    url: str
    headers: Mapping[str, str]
    json: Any = None


Send = Callable[[Ask], tuple[int, bytes]]  # status and body; raises Failure where there is no answer


@dataclass(frozen=True, slots=True)
class Account:
    """How we are known to a carrier: where its server is, and our secret there."""

    base_url: str
    secret: str


class CarrierRefused(Refusal):
    """The carrier says no (409); asking again in the same way makes no sense."""

    code: ClassVar[str] = "carrier_refused"
    status: ClassVar[int] = 409


class CarrierPort(Protocol):
    """What a carrier can be asked. Raises Failure where it did not answer, CarrierRefused where it said no."""

    def book(self, order: CarrierOrder) -> Booked:
        """Order a carriage; the same reference again gives the same waybill."""
        ...

    def cancel(self, waybill_no: str) -> None:
        """Call a carriage off; one that is called off already stays so."""
        ...

    def label(self, waybill_no: str) -> bytes:
        """Return the carrier's own label as printable HTML."""
        ...

    def track(self, waybill_no: str) -> tuple[list[CarrierEvent], list[Finding]]:
        """Return all the carrier knows to have happened, in any order, and what could not be understood."""
        ...
