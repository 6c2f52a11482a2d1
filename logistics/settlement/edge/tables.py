"""Rows of the books, of each shipment's COD, and of what became due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class TransferRow(SQLModel, table=True):
    """One balanced whole; never changed but for a pending one that is posted or voided."""

    __tablename__ = "ledger_transfers"

    id: str = Field(primary_key=True)
    kind: str
    state: str
    occurred_at: datetime = Field(sa_type=UtcDateTime)
    booked_at: datetime = Field(sa_type=UtcDateTime, index=True)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str = ""


class LegRow(SQLModel, table=True):
    """One account's side of a transfer: debit positive, credit negative."""

    __tablename__ = "ledger_legs"
    __table_args__ = (Index("ix_ledger_legs_account", "account", "transfer_id"),)

    transfer_id: str = Field(primary_key=True, foreign_key="ledger_transfers.id")
    no: int = Field(primary_key=True)
    account: str
    currency: str
    amount_minor: int = Field(sa_type=BigInteger)
    shipment_id: str = Field(default="", index=True)
    merchant_id: str = Field(default="", index=True)


class BalanceRow(SQLModel, table=True):
    """What an account has of one shipment's money (or of nobody's in particular): the sum of its posted legs."""

    __tablename__ = "ledger_balances"
    __table_args__ = (Index("ix_ledger_balances_merchant", "merchant_id", "kind"),)

    account: str = Field(primary_key=True)
    currency: str = Field(primary_key=True)
    shipment_id: str = Field(primary_key=True)
    kind: str = Field(index=True)
    merchant_id: str = ""
    balance_minor: int = Field(sa_type=BigInteger)
    since: datetime = Field(sa_type=UtcDateTime)  # when it last became other than zero


class CodRow(SQLModel, table=True):
    """One shipment's COD: what was due, taken, and is therefore void or overpaid. Locked while it is settled."""

    __tablename__ = "cod_shipments"

    shipment_id: str = Field(primary_key=True)
    merchant_id: str = Field(index=True)
    currency: str
    due_minor: int | None = Field(default=None, sa_type=BigInteger)
    taken_minor: int = Field(default=0, sa_type=BigInteger)
    void_minor: int = Field(default=0, sa_type=BigInteger)
    overpaid_minor: int = Field(default=0, sa_type=BigInteger)
    settled_count: int = 0
    ended_by: str = ""  # the kind of news after which nobody will take the rest
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class HappeningCounterRow(SQLModel, table=True):
    """The last number given to a happening of a merchant; locked while the next one is given."""

    __tablename__ = "happening_counters"

    merchant_id: str = Field(primary_key=True)
    last_seq: int


class HappeningRow(SQLModel, table=True):
    """Something that may cost the merchant something; ``key`` says what, so that it is booked once."""

    __tablename__ = "happenings"

    merchant_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    key: str = Field(unique=True)
    kind: str
    shipment_id: str = Field(default="", index=True)
    booked_at: datetime = Field(sa_type=UtcDateTime, index=True)
    occurred_at: datetime = Field(sa_type=UtcDateTime)
    body: str  # the happening of `settlement.charges`, as JSON


class TermsRow(SQLModel, table=True):
    """A version of a merchant's contract under which something happened."""

    __tablename__ = "contract_terms"

    merchant_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    contract: dict[str, Any] = Field(sa_type=JSON)


class ChargeRow(SQLModel, table=True):
    """An amount that became due; ``paid_minor`` of it was kept back at a remittance."""

    __tablename__ = "charges"
    __table_args__ = (Index("ix_charges_shipment", "shipment_id", "kind"),)

    merchant_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    shipment_id: str = ""
    exact: str  # major units, as `charges.exact_text` writes them
    amount_minor: int = Field(sa_type=BigInteger)
    paid_minor: int = Field(default=0, sa_type=BigInteger)
    currency: str


class RemittanceRow(SQLModel, table=True):
    """COD money passed on to one merchant: what was taken up to ``last_on``, its local day."""

    __tablename__ = "remittances"

    id: str = Field(primary_key=True)
    run_id: str = Field(index=True)
    merchant_id: str = Field(index=True)
    currency: str
    amount_minor: int = Field(sa_type=BigInteger)  # what the merchant gets
    fees_minor: int = Field(sa_type=BigInteger)  # what was kept back of it
    shipment_count: int
    last_on: date
    as_of: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class StatementRow(SQLModel, table=True):
    """A statement of a month that is over, as it was announced; it can be recomputed at any time."""

    __tablename__ = "statements"
    __table_args__ = (UniqueConstraint("merchant_id", "from_on"),)

    id: str = Field(primary_key=True)
    merchant_id: str = Field(index=True)
    from_on: date
    to_on: date
    currency: str
    total_minor: int = Field(sa_type=BigInteger)
    lines_count: int
    created_at: datetime = Field(sa_type=UtcDateTime)
