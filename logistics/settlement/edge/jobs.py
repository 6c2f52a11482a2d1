"""What the clock runs for settlement: remittances each day, statements each month; our clock says what is due."""

from __future__ import annotations

from logistics.kit.edge.context import Context
from logistics.kit.edge.scheduler import Jobs
from logistics.merchants.edge import store as merchants
from logistics.settlement.edge import remitting, statements

JOBS: Jobs = {
    "settlement.remit": (120.0, "logistics.settlement.edge.jobs:remit_due"),
    "settlement.statements": (600.0, "logistics.settlement.edge.jobs:close_months"),
}


def remit_due(context: Context) -> None:
    """Pass on what is due: one remittance a merchant and day, each in a transaction of its own."""
    with context.db.transaction() as tx:
        run_id = tx.new_id("rrn")
        all_ids = [row.id for row in merchants.list_merchants(tx.session)]
    for merchant_id in all_ids:
        with context.db.transaction() as tx:
            merchant = merchants.get_merchant(tx.session, merchant_id)
            if remitting.is_open(merchant, tx.now, tx=tx):
                remitting.remit(merchant, run_id, tx.now, tx=tx)


def close_months(context: Context) -> None:
    """Announce the statements of a month that is over."""
    with context.db.reading() as session:
        all_ids = [row.id for row in merchants.list_merchants(session)]
    for merchant_id in all_ids:
        with context.db.transaction() as tx:
            statements.close_month(merchants.get_merchant(tx.session, merchant_id), tx=tx)
