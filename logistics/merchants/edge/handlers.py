"""Taking on a merchant and changing its terms."""

from __future__ import annotations

from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, Stale
from logistics.kit.windows import zone
from logistics.merchants.edge import store
from logistics.merchants.edge.schemas import ContractWire, MerchantIn
from logistics.merchants.edge.tables import MerchantRow


def create_merchant(new: MerchantIn, *, tx: Transaction) -> MerchantRow:
    """Take on a merchant; refuses a name that is taken, terms and time zones that make no sense."""
    zone(new.time_zone)
    new.contract.to_contract()
    if store.find_by_name(tx.session, new.name):
        raise Conflict(f"There is a merchant named {new.name!r} already.", code="name_taken")
    row = MerchantRow(
        id=tx.new_id("mch"),
        name=new.name,
        locale=new.locale,
        time_zone=new.time_zone,
        contract=new.contract.model_dump(mode="json"),
        created_at=tx.now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row


def change_contract(merchant_id: str, terms: ContractWire, version: int, *, tx: Transaction) -> MerchantRow:
    """Agree new terms; refused (412) if somebody else changed them since ``version`` was read."""
    row = store.get_merchant(tx.session, merchant_id)
    if row.version != version:
        raise Stale(f"The contract is at version {row.version} by now; read it again.")
    terms.to_contract()
    row.contract = terms.model_dump(mode="json")
    row.version += 1
    tx.session.add(row)
    return row
