"""All queries of merchants."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from logistics.kit.errors import NotFound
from logistics.merchants.contract import Contract
from logistics.merchants.edge.schemas import ContractWire
from logistics.merchants.edge.tables import MerchantRow


def get_merchant(session: Session, merchant_id: str) -> MerchantRow:
    """Return a merchant; refused if there is none of that id."""
    row = session.get(MerchantRow, merchant_id)
    if row is None:
        raise NotFound("There is no such merchant.")
    return row


def find_by_name(session: Session, name: str) -> MerchantRow | None:
    """Return the merchant of a name, if there is one."""
    return session.exec(select(MerchantRow).where(MerchantRow.name == name)).first()


def list_merchants(session: Session) -> Sequence[MerchantRow]:
    """Return all merchants, by name."""
    return session.exec(select(MerchantRow).order_by(col(MerchantRow.name))).all()


def get_contract(session: Session, merchant_id: str) -> Contract:
    """Return a merchant's terms."""
    return ContractWire.model_validate(get_merchant(session, merchant_id).contract).to_contract()
