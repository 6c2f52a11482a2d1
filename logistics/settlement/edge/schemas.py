"""What travels about money."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from logistics.kit.edge.wire import Moment, MoneyWire, Wire
from logistics.settlement.charges import ChargeKind, HappeningKind
from logistics.settlement.ledger import TransferState


class AccountOut(Wire):
    """An account and what is in it: debit positive, credit negative."""

    account: Annotated[str, Field(examples=["custody:driver:veh_1"])]
    currency: str
    balance_minor: int


class CheckOut(Wire):
    """What is wrong with the books, in minor units: 0, or somebody must look."""

    imbalance_minor: int


class LegOut(Wire):
    """One account's side of a transfer."""

    account: str
    amount: MoneyWire
    shipment_id: str
    merchant_id: str


class TransferOut(Wire):
    """One balanced whole."""

    id: str
    kind: str
    state: TransferState
    occurred_at: datetime
    booked_at: datetime
    note: str
    legs: list[LegOut]


class HolderOut(Wire):
    """Money in somebody's hands."""

    holder: Annotated[str, Field(examples=["driver:veh_1", "depot:sit_1", "carrier:pretend", "acquirer:card"])]
    amount: MoneyWire


class CodOut(Wire):
    """Where a merchant's COD money is.

    ``accepted`` is what buyers were asked for; ``accepted`` + ``overpaid`` = ``due`` + ``in_custody`` + ``banked`` +
    ``remitted`` + ``fees`` + ``void``, to the last minor unit. ``taken`` is what was paid of it.
    """

    accepted: MoneyWire
    due: MoneyWire
    taken: MoneyWire
    in_custody: list[HolderOut]
    banked: MoneyWire
    remitted: MoneyWire
    fees: Annotated[MoneyWire, Field(description="COD charges kept back of what was taken")]
    void: Annotated[MoneyWire, Field(description="was due and will not be taken: refused, returned, cancelled")]
    overpaid: Annotated[MoneyWire, Field(description="taken beyond what was due; belongs to the buyers")]


class BankingIn(Wire):
    """Cash that a depot paid into the bank."""

    amount: MoneyWire


class BankingOut(Wire):
    """What was paid in, and what the depot still has."""

    id: str
    amount: MoneyWire
    left: MoneyWire


class RunIn(Wire):
    """When a run is to decide as of; now, if nothing is said."""

    as_of: Moment | None = None


class RemittanceOut(Wire):
    """COD money passed on to a merchant: what was taken up to `last_on`, its local day, less `fees`."""

    id: str
    run_id: str
    merchant_id: str
    amount: MoneyWire
    fees: MoneyWire
    shipment_count: int
    last_on: date
    created_at: datetime


class LateOut(Wire):
    """Money that is due to a merchant and has not reached our bank yet."""

    merchant_id: str
    shipment_id: str
    amount: MoneyWire
    taken_at: datetime


class RunOut(Wire):
    """What a run passed on, and what it could not."""

    remittances: list[RemittanceOut]
    late: list[LateOut]


class StoredIn(Wire):
    """Goods of a volume, for a number of days."""

    volume_cm3: Annotated[int, Field(gt=0, le=10**12)]
    days: Annotated[int, Field(gt=0, le=366)]


class StorageIn(Wire):
    """What was stored for a merchant; under one `reference` it is charged once."""

    reference: Annotated[str, Field(min_length=1, max_length=100)]
    lots: Annotated[list[StoredIn], Field(min_length=1, max_length=1000)]
    shipment_id: Annotated[str, Field(max_length=64)] = ""


class StorageOut(Wire):
    """The number under which it stands among the merchant's happenings."""

    seq: int


class LineOut(Wire):
    """One charge: `text` says how `exact` comes about, `amount` is `exact` rounded once, by the contract's rule."""

    shipment_id: str
    kind: ChargeKind
    text: str
    quantity: str
    exact: Annotated[str, Field(description="major units, exactly: a decimal number, or a fraction such as 1/3")]
    amount: MoneyWire
    event_seqs: Annotated[list[int], Field(description="the happenings it follows from: GET /v1/statements/events")]


class TotalOut(Wire):
    """What the lines of a kind come to."""

    kind: ChargeKind
    amount: MoneyWire


class StatementOut(Wire):
    """What became due to us in a period."""

    merchant_id: str
    from_on: date
    to_on: date
    lines: list[LineOut]
    totals: list[TotalOut]
    total: MoneyWire


class HappeningOut(Wire):
    """Something that may cost something, by which every line can be recomputed."""

    seq: int
    kind: HappeningKind
    booked_at: datetime
    terms: Annotated[int, Field(description="the version of the contract it happened under")]
    shipment_id: str
    parcels_count: int
    weight_g: int
    price: MoneyWire | None
    taken: MoneyWire | None
    stored: list[StoredIn]
