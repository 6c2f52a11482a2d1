"""What a merchant asks for: a draft, before it is a shipment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from logistics.kit.errors import FieldError, Invalid
from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.kit.windows import Window

PARCELS_MAX = 50  # more pieces are several shipments
WEIGHT_G_MAX = 2_000_000  # two tonnes: beyond is bulk freight
DIMENSION_MM_MAX = 20_000
PHONE_DIGITS_MIN, PHONE_DIGITS_MAX = 5, 15  # E.164 has at most 15
LAST_DIGITS = 4
PRIORITY_MAX = 9
SKILLS_MAX = 20
OTHER_WINDOWS_MAX = 6
MM3_PER_CM3 = 1000


class Mode(StrEnum):
    """How the recipient gets it."""

    OWN_FLEET = "own_fleet"
    PICKUP = "pickup"
    CARRIER = "carrier"


class ConsentKind(StrEnum):
    """What needs the recipient's permission before a parcel may be left there."""

    STORE = "store"
    LOCKER = "locker"
    NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives; ``point`` is missing where only an address is known."""

    name: str
    phone: str
    address: str
    point: Point | None = None
    locale: str = ""


@dataclass(frozen=True, slots=True)
class ParcelDraft:
    """One piece: weight in grams; its volume in cm3, given or from its edges in millimetres (0: unknown)."""

    weight_g: int
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    volume_cm3: int = 0
    description: str = ""

    @property
    def space_cm3(self) -> int:
        """Return the volume in cm3, the given one first, rounded up from the edges otherwise."""
        return self.volume_cm3 or -(-self.length_mm * self.width_mm * self.height_mm // MM3_PER_CM3)


@dataclass(frozen=True, slots=True)
class Consent:
    """A permission the recipient gave (or withdrew), and on which channel."""

    kind: ConsentKind
    granted: bool = True
    channel: str = "checkout"


@dataclass(frozen=True, slots=True)
class Draft:
    """One promise asked for. ``mode`` is a fixed wish; without it the house chooses.

    ``other_windows`` suit the recipient as well as ``window``. ``skills``: what the vehicle must be able to do (a tail
    lift, cold). ``priority``: 0 is ordinary; of shipments that cannot all be brought, the higher goes first.
    """

    order_ref: str
    recipient: Recipient
    parcels: tuple[ParcelDraft, ...]
    cod_due: Money | None = None
    value: Money | None = None
    deliver_on: date | None = None
    window: Window | None = None
    mode: Mode | None = None
    service_point_id: str = ""
    depot_id: str = ""
    consents: tuple[Consent, ...] = ()
    note: str = ""
    other_windows: tuple[Window, ...] = ()
    skills: tuple[str, ...] = ()
    priority: int = 0

    @property
    def weight_g(self) -> int:
        """Weight of all parcels in grams."""
        return sum(parcel.weight_g for parcel in self.parcels)

    @property
    def volume_cm3(self) -> int:
        """Volume of all parcels in cubic centimetres."""
        return sum(parcel.space_cm3 for parcel in self.parcels)


def check(draft: Draft, *, currency: str, today: date) -> None:
    """Refuse a draft nobody could keep, naming every field that is wrong.

    ``currency`` is the contract's, ``today`` the merchant's calendar day.
    """
    errors = errors_of(draft, currency=currency, today=today)
    if errors:
        first, *more = errors
        raise Invalid(first.field, first.message, first.expected, more=tuple(more))


def errors_of(draft: Draft, *, currency: str, today: date) -> list[FieldError]:
    """List every field of a draft that is wrong; none if it can be kept."""
    errors = [*_identity_errors(draft), *_parcel_errors(draft), *_money_errors(draft, currency), *_plan_errors(draft)]
    if draft.deliver_on and draft.deliver_on < today:
        errors.append(FieldError("deliver_on", "is in the past", f"{today} or later"))
    if draft.mode is Mode.PICKUP and not any(c.kind is ConsentKind.STORE and c.granted for c in draft.consents):
        errors.append(FieldError("consents", "pickup needs the recipient's consent", "a consent of kind store"))
    return errors


def _plan_errors(draft: Draft) -> list[FieldError]:
    errors = []
    if draft.other_windows and draft.window is None:
        errors.append(FieldError("window", "is missing, though there are other windows", "the window wished for first"))
    if not 0 <= draft.priority <= PRIORITY_MAX:
        errors.append(FieldError("priority", f"is {draft.priority}", f"0 to {PRIORITY_MAX}"))
    if len(draft.skills) > SKILLS_MAX:
        errors.append(FieldError("skills", f"there are {len(draft.skills)}", f"at most {SKILLS_MAX}"))
    return errors


def phone_digits(phone: str) -> str:
    """Return the digits of a phone number."""
    return "".join(letter for letter in phone if letter.isdecimal() and letter.isascii())


def _identity_errors(draft: Draft) -> list[FieldError]:
    errors = []
    if not draft.order_ref.strip():
        errors.append(FieldError("order_ref", "is missing", "your own order number"))
    if not draft.recipient.name.strip():
        errors.append(FieldError("recipient.name", "is missing", "who receives"))
    if not PHONE_DIGITS_MIN <= len(phone_digits(draft.recipient.phone)) <= PHONE_DIGITS_MAX:
        digits = f"{PHONE_DIGITS_MIN} to {PHONE_DIGITS_MAX} digits"
        errors.append(FieldError("recipient.phone", "is no phone number", f"{digits}, such as +86 138 0013 8000"))
    if not draft.recipient.address.strip() and draft.recipient.point is None:
        errors.append(FieldError("recipient.address", "is missing", "an address or a point"))
    return errors


def _parcel_errors(draft: Draft) -> list[FieldError]:
    if not 1 <= len(draft.parcels) <= PARCELS_MAX:
        return [FieldError("parcels", f"there are {len(draft.parcels)}", f"1 to {PARCELS_MAX}")]
    errors = []
    for index, parcel in enumerate(draft.parcels):
        if not 0 < parcel.weight_g <= WEIGHT_G_MAX:
            errors.append(FieldError(f"parcels[{index}].weight_g", "is out of range", f"1 to {WEIGHT_G_MAX} grams"))
        errors.extend(
            FieldError(f"parcels[{index}].{name}", "is out of range", f"0 to {DIMENSION_MM_MAX} mm")
            for name in ("length_mm", "width_mm", "height_mm")
            if not 0 <= getattr(parcel, name) <= DIMENSION_MM_MAX
        )
    return errors


def _money_errors(draft: Draft, currency: str) -> list[FieldError]:
    errors = []
    for name in ("cod_due", "value"):
        money: Money | None = getattr(draft, name)
        if money and money.currency != currency:
            errors.append(FieldError(f"{name}.currency", f"is {money.currency}", f"{currency}, as in the contract"))
        if money and money.amount_minor < 0:
            errors.append(FieldError(f"{name}.amount_minor", "is negative", "0 or more"))
    return errors
