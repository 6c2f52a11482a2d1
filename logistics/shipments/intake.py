"""Reading a file of orders: every row becomes a draft, or findings that name its columns.

Knows four forms: a table (CSV, XLSX), the house's own JSON (a list of shipments as the API takes them is read
at the edge), and delivery files with an ``origin`` and ``deliveries`` of a point and a size, as the Loggi
benchmark publishes them. Never raises on content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from logistics.kit.errors import FieldError, Refusal
from logistics.kit.findings import Finding
from logistics.kit.geo import Point, find_point
from logistics.kit.money import Money, minor_digits
from logistics.kit.windows import Window, aware
from logistics.shipments.model import PARCELS_MAX, Consent, ConsentKind, Draft, Mode, ParcelDraft, Recipient

SIZE_WEIGHT_G = 1000  # a delivery file gives sizes without a unit: one size is taken as a kilogram ...
SIZE_VOLUME_CM3 = 5000  # ... and as five litres, the carriers' volumetric equivalent of it

COLUMNS = (
    "order_ref", "name", "phone", "address", "lat", "lon", "weight_g", "length_mm", "width_mm", "height_mm",
    "volume_cm3", "parcels", "description", "cod", "value", "deliver_on", "window_start", "window_end", "mode",
    "service_point_id", "store_consent", "locale", "note", "skills", "priority",
)  # fmt: skip
# What merchants call the columns, beside our own names.
ALSO_KNOWN_AS = {
    "订单号": "order_ref", "order": "order_ref", "order_no": "order_ref", "收件人": "name", "recipient": "name",
    "电话": "phone", "手机": "phone", "地址": "address", "纬度": "lat", "latitude": "lat", "经度": "lon",
    "lng": "lon", "longitude": "lon", "重量": "weight_g", "重量g": "weight_g", "件数": "parcels", "代收货款": "cod",
    "货值": "value", "备注": "note", "送货日期": "deliver_on", "品名": "description",
    "技能": "skills", "要求": "skills", "优先级": "priority",
}  # fmt: skip
YES, NO = frozenset({"1", "true", "yes", "y", "是"}), frozenset({"", "0", "false", "no", "n", "否"})


@dataclass(slots=True)
class Row:
    """One row of a file: its number (as a person counts, the header is 1), and what came of it."""

    no: int
    order_ref: str
    draft: Draft | None = None  # also where some cells could not be read: what could be is checked as well
    errors: list[FieldError] = field(default_factory=list)
    columns: Mapping[str, str] = field(default_factory=dict)  # a field's name -> the name of its column


def read_table(rows: Iterable[Mapping[str, Any]], *, currency: str) -> tuple[list[Row], list[Finding]]:
    """Read rows of a table; columns may be named in English or Chinese, unknown ones are reported once.

    Amounts (``cod``, ``value``) are in major units of ``currency``, as people write them.
    """
    read: list[Row] = []
    unknown: dict[str, None] = {}
    for no, raw in enumerate(rows, start=2):
        cells = {}
        for title, value in raw.items():
            name = _column(title)
            if name in COLUMNS:
                cells[name] = _text(value)
            elif _text(value):
                unknown.setdefault(str(title))
        if any(cells.values()):
            read.append(_row(no, _Cells(cells, currency)))
    findings = [
        Finding(f"column {title}", "unknown_column", "is not read", "one of " + ", ".join(COLUMNS)) for title in unknown
    ]
    return read, findings


def read_deliveries(body: Mapping[str, Any]) -> list[Row]:
    """Read a delivery file: ``{"name", "origin", "deliveries": [{"id", "point": {"lat", "lng"}, "size"}]}``."""
    rows = [_delivery(no, one, str(body.get("name", ""))) for no, one in enumerate(body["deliveries"], start=1)]
    _number_repeats(rows)
    return rows


def _number_repeats(rows: Iterable[Row]) -> None:
    """Tell apart deliveries of one id (it names a place): the second becomes ``id/2``, in every reading alike."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.order_ref] += 1
        if seen[row.order_ref] > 1 and row.draft:
            row.order_ref = f"{row.order_ref}/{seen[row.order_ref]}"
            row.draft = replace(row.draft, order_ref=row.order_ref)


def is_delivery_file(body: object) -> bool:
    """Tell whether this JSON is a delivery file."""
    return isinstance(body, dict) and isinstance(body.get("deliveries"), list)


def _delivery(no: int, raw: object, name: str) -> Row:
    if not isinstance(raw, dict):
        return Row(no, "", errors=[FieldError("deliveries", "is no object", '{"id", "point", "size"}')])
    row = Row(no, str(raw.get("id", "")))
    place = raw.get("point")
    size = raw.get("size")
    if not row.order_ref:
        row.errors.append(FieldError("id", "is missing", "a text"))
    point = _delivery_point(place, row)
    if not isinstance(size, int | float) or isinstance(size, bool) or not 0 < size < SIZE_WEIGHT_G:
        row.errors.append(FieldError("size", f"{size!r} is no size", f"a number above 0 and below {SIZE_WEIGHT_G}"))
    elif point and not row.errors:
        parcel = ParcelDraft(weight_g=round(size * SIZE_WEIGHT_G), volume_cm3=round(size * SIZE_VOLUME_CM3))
        # The file knows no person: the number stands for one, so that the label can still be read out.
        recipient = Recipient(name=f"#{row.order_ref[:8]}", phone="00000", address=name, point=point)
        row.draft = Draft(row.order_ref, recipient, (parcel,))
    return row


def _delivery_point(place: object, row: Row) -> Point | None:
    expected = '{"lat": -22.9, "lng": -43.2}'
    if not isinstance(place, dict):
        row.errors.append(FieldError("point", "is missing", expected))
        return None
    try:
        return Point(lat=float(place["lat"]), lon=float(place["lng"] if "lng" in place else place["lon"]))
    except (KeyError, TypeError, ValueError, Refusal):
        row.errors.append(FieldError("point", f"{place!r} is no place", expected))
        return None


class _Cells:
    """The cells of one row; what cannot be read is noted, under the column's name."""

    def __init__(self, cells: Mapping[str, str], currency: str) -> None:
        self.cells = cells
        self.currency = currency
        self.errors: list[FieldError] = []

    def text(self, name: str, default: str = "") -> str:
        return self.cells.get(name, "") or default

    def wrong(self, name: str, expected: str) -> None:
        self.errors.append(FieldError(name, f"{self.text(name)!r} cannot be read", expected))

    def whole(self, name: str, default: int = 0) -> int:
        number = self.number(name)
        if number is None:
            return default
        if number != int(number) or number < 0:
            self.wrong(name, "a whole number, 0 or more")
            return default
        return int(number)

    def number(self, name: str) -> Decimal | None:
        if not self.text(name):
            return None
        try:
            number = Decimal(self.text(name).replace(",", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.wrong(name, "a number, such as 12.50")
            return None
        return number

    def money(self, name: str) -> Money | None:
        number = self.number(name)
        if not number:
            return None
        minor = number.scaleb(minor_digits(self.currency))
        if minor != int(minor) or minor < 0:
            self.wrong(name, f"an amount of {self.currency} with at most {minor_digits(self.currency)} decimals")
            return None
        return Money(int(minor), self.currency)

    def point(self) -> Point | None:
        lat, lon = self.number("lat"), self.number("lon")
        try:
            return find_point(None if lat is None else float(lat), None if lon is None else float(lon))
        except Refusal as refusal:
            self.errors.extend(refusal.errors)
            return None

    def day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.text(name)[:10]) if self.text(name) else None
        except ValueError:
            self.wrong(name, "a day, such as 2026-11-24")
            return None

    def moment(self, name: str) -> datetime | None:
        try:
            return aware(datetime.fromisoformat(self.text(name)), name) if self.text(name) else None
        except (ValueError, Refusal):
            self.wrong(name, "a time with offset, such as 2026-11-24T14:10:00+08:00")
            return None

    def flag(self, name: str) -> bool:
        word = self.text(name).lower()
        if word not in YES | NO:
            self.wrong(name, "yes or no")
        return word in YES


FIELD_COLUMNS = {
    "recipient.name": "name", "recipient.phone": "phone", "recipient.address": "address", "cod_due.currency": "cod",
    "cod_due.amount_minor": "cod", "value.currency": "value", "value.amount_minor": "value",
    "consents": "store_consent", "parcels[0].weight_g": "weight_g", "parcels[0].length_mm": "length_mm",
    "parcels[0].width_mm": "width_mm", "parcels[0].height_mm": "height_mm", "window.end": "window_end",
}  # fmt: skip


def _row(no: int, cells: _Cells) -> Row:
    row = Row(no, cells.text("order_ref"), columns=FIELD_COLUMNS)
    try:
        row.draft = _draft(cells)
    except Refusal as refusal:
        cells.errors.extend(refusal.errors)
    row.errors = cells.errors
    return row


def _draft(cells: _Cells) -> Draft:
    weight_g = cells.whole("weight_g")
    edges = {name: cells.whole(name) for name in ("length_mm", "width_mm", "height_mm", "volume_cm3")}
    parcel = ParcelDraft(weight_g=weight_g, description=cells.text("description"), **edges)
    consents = (Consent(ConsentKind.STORE, channel="file"),) if cells.flag("store_consent") else ()
    return Draft(
        order_ref=cells.text("order_ref"),
        recipient=Recipient(
            cells.text("name"), cells.text("phone"), cells.text("address"), cells.point(), cells.text("locale")
        ),
        parcels=(parcel,) * min(max(1, cells.whole("parcels", 1)), PARCELS_MAX + 1),  # one too many is refused as well
        cod_due=cells.money("cod"),
        value=cells.money("value"),
        deliver_on=cells.day("deliver_on"),
        window=_window(cells),
        mode=_mode(cells),
        service_point_id=cells.text("service_point_id"),
        consents=consents,
        note=cells.text("note"),
        skills=_skills(cells),
        priority=cells.whole("priority"),
    )


def _skills(cells: _Cells) -> tuple[str, ...]:
    """Read what the vehicle must be able to do, parted by ``;`` or ``|``."""
    parts = cells.text("skills").casefold().replace("|", ";").split(";")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _window(cells: _Cells) -> Window | None:
    start, end = cells.moment("window_start"), cells.moment("window_end")
    if (start is None) != (end is None):
        missing = "window_start" if start is None else "window_end"
        cells.errors.append(FieldError(missing, "is missing", "both ends of the window, or none"))
    return Window(start, end) if start and end else None


def _mode(cells: _Cells) -> Mode | None:
    word = cells.text("mode")
    if not word:
        return None
    if word not in set(Mode):
        cells.wrong("mode", "one of " + ", ".join(Mode))
        return None
    return Mode(word)


def _column(title: object) -> str:
    name = str(title).strip().lower().lstrip("\ufeff").replace(" ", "_")
    return ALSO_KNOWN_AS.get(name, name)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value).strip()
