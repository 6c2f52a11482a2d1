"""What a carrier charges: zones, first weight and step weight, volume as weight, surcharges, COD fee.

Decides the price of one waybill, exactly, and rounds it once by a named rule. Does not decide whether the
carrier is a good choice. The formula stands in docs/formulas/tariffs.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from logistics.kit.errors import FieldError, Invalid
from logistics.kit.findings import Finding
from logistics.kit.geo import Point, great_circle_m
from logistics.kit.money import Money, Rounding

G_PER_KG = 1000
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Circle:
    """All places within ``radius_m`` metres of a centre."""

    centre: Point
    radius_m: int

    def holds(self, place: Point) -> bool:
        """Tell whether a place lies in it, its edge included."""
        return great_circle_m(self.centre, place) <= self.radius_m


@dataclass(frozen=True, slots=True)
class Box:
    """All places between two parallels and two meridians, in degrees; it does not cross the date line."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, place: Point) -> bool:
        """Tell whether a place lies in it, its edges included."""
        return self.south <= place.lat <= self.north and self.west <= place.lon <= self.east


@dataclass(frozen=True, slots=True)
class Zone:
    """One column of a rate card. Prices are exact, in major units.

    A zone is where its ``areas`` are; without areas, what lies within ``distance_m_max`` metres (great circle)
    of the origin; without either, everywhere. ``days`` is the promise: calendar days after the day of collection.
    """

    name: str
    first_weight_g: int
    first_price: Fraction
    step_g: int
    step_price: Fraction
    areas: tuple[Circle | Box, ...] = ()
    distance_m_max: int | None = None
    days: int = 1

    def covers(self, origin: Point, place: Point | None) -> bool:
        """Tell whether the zone holds for a place; a place nobody located is only in a zone of everywhere."""
        if not self.areas and self.distance_m_max is None:
            return True
        if place is None:
            return False
        if self.areas:
            return any(area.holds(place) for area in self.areas)
        return great_circle_m(origin, place) <= (self.distance_m_max or 0)


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Added to the freight: ``flat`` (major units; times the parcels if ``per_parcel``) plus ``share`` of the freight.

    ``above_g``: only where more grams than this are charged. ``zones``: only in these; none named means in all.
    """

    code: str
    flat: Fraction = ZERO
    per_parcel: bool = False
    share: Fraction = ZERO
    above_g: int = 0
    zones: tuple[str, ...] = ()

    def exact(self, freight: Fraction, zone: Zone, charged_g: Fraction, parcels_count: int) -> Fraction:
        """Return what it comes to, in major units, unrounded."""
        if (self.zones and zone.name not in self.zones) or charged_g <= self.above_g:
            return ZERO
        return self.flat * (parcels_count if self.per_parcel else 1) + self.share * freight


@dataclass(frozen=True, slots=True)
class RateCard:
    """All prices of a carrier. The first zone in the list that covers a place is its zone.

    ``volumetric_cm3_per_kg``: so many cm3 count as a kilogram; 0: volume does not count. The COD fee is
    ``cod_share`` of the money, at least ``cod_min``. ``weight_g_max`` (0: none) bounds the weight on the scales of
    one waybill, ``cod_max`` (major units; none: any amount) the money collected under it.
    """

    currency: str
    zones: tuple[Zone, ...]
    volumetric_cm3_per_kg: int = 0
    surcharges: tuple[Surcharge, ...] = ()
    cod_share: Fraction = ZERO
    cod_min: Fraction = ZERO
    cod_max: Fraction | None = None
    weight_g_max: int = 0
    rounding: Rounding = Rounding.HALF_UP

    def __post_init__(self) -> None:
        """Refuse a card nobody can reckon with."""
        errors = [*_zone_errors(self.zones), *_amount_errors(self)]
        if errors:
            first, *more = errors
            raise Invalid(first.field, first.message, first.expected, more=tuple(more))

    def find_zone(self, origin: Point, place: Point | None) -> Zone | None:
        """Return the first zone that covers a place, if the carrier goes there."""
        return next((zone for zone in self.zones if zone.covers(origin, place)), None)


@dataclass(frozen=True, slots=True)
class Load:
    """What is priced: weight on the scales in grams, volume in cm3 (0: unknown), pieces, money to be collected."""

    weight_g: int
    volume_cm3: int = 0
    parcels_count: int = 1
    cod: Money | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a price: a stable code, and the exact amount in major units."""

    code: str
    exact: Fraction


@dataclass(frozen=True, slots=True)
class Quote:
    """A price and the lines it is made of; ``charged_g`` is the weight that was paid for, in grams."""

    price: Money
    zone: Zone
    charged_g: Fraction
    lines: tuple[Line, ...]


def charged_g(card: RateCard, load: Load) -> Fraction:
    """Return the weight that is paid for, in grams: on the scales or by volume, whichever is more."""
    if not card.volumetric_cm3_per_kg:
        return Fraction(load.weight_g)
    return max(Fraction(load.weight_g), Fraction(load.volume_cm3 * G_PER_KG, card.volumetric_cm3_per_kg))


def quote(card: RateCard, load: Load, *, origin: Point, place: Point | None) -> tuple[Quote | None, list[Finding]]:
    """Return the price from an origin to a place, or none and every reason why there is none."""
    zone = card.find_zone(origin, place)
    findings = _obstacles(card, load)
    if zone is None:
        findings.append(Finding("place", "outside_service_area", "No zone of the rate card covers the place."))
    if zone is None or findings:
        return None, findings
    weight = charged_g(card, load)
    lines = _lines(card, zone, weight, load)
    exact = sum((line.exact for line in lines), ZERO)
    return Quote(Money.from_exact(exact, card.currency, card.rounding), zone, weight, lines), []


def _lines(card: RateCard, zone: Zone, weight: Fraction, load: Load) -> tuple[Line, ...]:
    steps = max(0, -((zone.first_weight_g - weight) // zone.step_g))
    lines = [Line("first_weight", zone.first_price), Line("step_weight", steps * zone.step_price)]
    freight = lines[0].exact + lines[1].exact
    lines += [Line(f"surcharge_{s.code}", s.exact(freight, zone, weight, load.parcels_count)) for s in card.surcharges]
    if load.cod:
        lines.append(Line("cod_fee", max(card.cod_min, card.cod_share * load.cod.exact())))
    return tuple(line for line in lines if line.exact or line.code == "first_weight")


def _obstacles(card: RateCard, load: Load) -> list[Finding]:
    findings = []
    if card.weight_g_max and load.weight_g > card.weight_g_max:
        limit = f"at most {card.weight_g_max} g"
        findings.append(Finding("weight_g", "too_heavy", f"{load.weight_g} g is more than the carrier takes.", limit))
    if load.cod and load.cod.currency != card.currency:
        findings.append(Finding("cod", "cod_currency", f"The carrier collects {card.currency}, not {load.cod}."))
    elif load.cod and card.cod_max is not None and load.cod.exact() > card.cod_max:
        findings.append(
            Finding("cod", "cod_too_high", f"{load.cod} is more than the carrier collects.", f"at most {card.cod_max}")
        )
    return findings


def _zone_errors(zones: tuple[Zone, ...]) -> list[FieldError]:
    errors = [] if zones else [FieldError("rate_card.zones", "are missing", "one zone or more")]
    if len({zone.name for zone in zones}) < len(zones):
        errors.append(FieldError("rate_card.zones", "share a name", "a name of its own for each zone"))
    for index, zone in enumerate(zones):
        where = f"rate_card.zones[{index}]"
        if zone.first_weight_g < 0 or zone.step_g <= 0:
            errors.append(FieldError(f"{where}.step_g", "gives no steps", "first_weight_g >= 0 and step_g > 0"))
        if min(zone.first_price, zone.step_price) < 0 or zone.days < 0:
            errors.append(FieldError(where, "has a negative price or promise", "0 or more"))
    return errors


def _amount_errors(card: RateCard) -> list[FieldError]:
    errors = []
    if card.volumetric_cm3_per_kg < 0 or card.weight_g_max < 0:
        errors.append(FieldError("rate_card", "has a negative limit or divisor", "0 or more"))
    if card.cod_min < 0 or not 0 <= card.cod_share <= 1:
        errors.append(FieldError("rate_card.cod_share", "is no fee", "a share of 0 to 1 and a minimum >= 0"))
    if any(min(one.flat, one.share) < 0 for one in card.surcharges):
        errors.append(FieldError("rate_card.surcharges", "take something off", "0 or more: a rebate is another card"))
    return errors
