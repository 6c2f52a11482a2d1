import csv
import io
from datetime import date

from logistics.settlement.edge.bank_file import bank_file
from logistics.settlement.edge.tables import RemittanceRow
from tests.builders import NOON


def remittance(no: int, amount_minor: int, currency: str = "CNY") -> RemittanceRow:
    return RemittanceRow(
        id=f"rmt_{no}",
        run_id="rrn_1",
        merchant_id=f"mch_{no}",
        currency=currency,
        amount_minor=amount_minor,
        fees_minor=0,
        shipment_count=2,
        last_on=date(2026, 11, 24),
        as_of=NOON,
        created_at=NOON,
    )


def test_one_payment_a_line_in_major_units() -> None:
    rows = [remittance(1, 19800), remittance(2, 500, "JPY"), remittance(3, 0)]
    names = {"mch_1": "Blue Shop", "mch_2": "=HYPERLINK(1)", "mch_3": "Nothing due"}
    lines = list(csv.DictReader(io.StringIO(bank_file(rows, names))))
    assert [(line["reference"], line["payee"], line["amount"], line["currency"]) for line in lines] == [
        ("rmt_1", "Blue Shop", "198.00", "CNY"),
        ("rmt_2", "'=HYPERLINK(1)", "500", "JPY"),
    ]
    assert lines[0]["purpose"] == "COD 2 shipments up to 2026-11-24"
