"""Opening an order file: CSV, XLSX or JSON, by what is in it rather than by its name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile

import msgspec
import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from pydantic import ValidationError

from logistics.kit.edge.http import field_problem
from logistics.kit.encodings import decoded
from logistics.kit.errors import FieldError, Invalid, Refusal
from logistics.kit.findings import Finding
from logistics.shipments import intake
from logistics.shipments.edge.schemas import ShipmentIn
from logistics.shipments.model import Draft

ZIP_MAGIC = b"PK\x03\x04"  # an XLSX file is a zip archive
ROWS_MAX = 20_000


@dataclass(slots=True)
class OrderFile:
    """What a file holds: its rows, and what is odd about the file as a whole."""

    rows: list[intake.Row]
    findings: list[Finding] = field(default_factory=list)


def read(content: bytes, *, currency: str) -> OrderFile:
    """Read a file of orders; refused only if it is none of the known forms."""
    if content.startswith(ZIP_MAGIC):
        return _table(_sheet_rows(content), currency)
    text = decoded(content, "CSV or JSON in UTF-8 or GB 18030, or XLSX")
    if text.lstrip()[:1] in {"{", "["}:
        return _json(text)
    return _table(_csv_rows(text), currency)


def _table(rows: Iterator[dict[str, Any]], currency: str) -> OrderFile:
    read_rows, findings = intake.read_table(rows, currency=currency)
    if len(read_rows) > ROWS_MAX:
        raise Invalid("file", f"has {len(read_rows)} rows", f"at most {ROWS_MAX}; send it in parts")
    return OrderFile(read_rows, findings)


def _sheet_rows(content: bytes) -> Iterator[dict[str, Any]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise Invalid("file", "is a damaged spreadsheet", "an .xlsx file that opens") from None
    rows = book.worksheets[0].iter_rows(values_only=True)
    titles = [str(title or "") for title in next(rows, ())]
    for row in rows:
        yield dict(zip(titles, row, strict=False))


def _csv_rows(text: str) -> Iterator[dict[str, Any]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    for row in csv.DictReader(io.StringIO(text), delimiter=delimiter, restkey="(more cells than titles)"):
        yield {str(title): value for title, value in row.items()}


def _json(text: str) -> OrderFile:
    try:
        body = msgspec.json.decode(text.encode())
    except msgspec.DecodeError as fault:
        raise Invalid("file", f"is no JSON: {fault}", "a list of shipments, or a delivery file") from None
    if intake.is_delivery_file(body):
        return OrderFile(intake.read_deliveries(body))
    rows = body.get("shipments") if isinstance(body, dict) else body
    if not isinstance(rows, list):
        raise Invalid("file", "holds no list", "a list of shipments, or a delivery file with `deliveries`")
    return OrderFile([_shipment(no, one) for no, one in enumerate(rows, start=1)])


def _shipment(no: int, raw: object) -> intake.Row:
    order_ref = str(raw.get("order_ref", "")) if isinstance(raw, dict) else ""
    try:
        return intake.Row(no, order_ref, _draft(raw))
    except ValidationError as fault:
        problems = [field_problem({**one, "loc": ("body", *one["loc"])}, ShipmentIn) for one in fault.errors()]
        errors = [FieldError(one.field, one.message, one.expected) for one in problems]
        return intake.Row(no, order_ref, errors=errors)
    except Refusal as refusal:
        return intake.Row(no, order_ref, errors=list(refusal.errors))


def _draft(raw: object) -> Draft:
    return ShipmentIn.model_validate(raw).to_draft()
