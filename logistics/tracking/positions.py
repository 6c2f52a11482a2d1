"""Reading positions in three dialects, and deciding which of them can be true.

OsmAnd and Traccar speak knots in a query, OwnTracks km/h in JSON, our own phones m/s in a JSON list. A parser never
raises on bad content: it answers with fixes and findings. What cannot be true is kept, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

from logistics.kit.errors import Invalid
from logistics.kit.findings import Finding
from logistics.kit.geo import Point, great_circle_m
from logistics.kit.windows import aware
from logistics.tracking.datum import Datum, to_wgs84

MPS_PER_KNOT = 0.514_444
MPS_PER_KMH = 1 / 3.6
AHEAD_MAX = timedelta(minutes=2)  # clocks of phones differ; beyond this a fix is from the future
AGE_MAX = timedelta(days=7)  # what a phone may have kept in a cellar
SPEED_MPS_MAX = 70.0  # 252 km/h: no van
JUMP_M_FREE = 200.0  # GPS wanders this far in a second between houses
MS_FROM = 10**11  # a larger number of seconds lies past the year 5000: it is milliseconds

ZERO, FUTURE, TOO_OLD, IMPOSSIBLE, UNREADABLE = "zero", "future", "too_old", "impossible", "unreadable"


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a device was at ``fixed_at`` by its own clock, WGS-84; ``None`` where it did not say."""

    fixed_at: datetime
    point: Point
    speed_mps: float | None = None
    accuracy_m: float | None = None
    battery: float | None = None  # 0..1


def reject_reason(fix: Fix, *, now: datetime, last: Fix | None = None) -> str:
    """Return why a fix cannot be true, or nothing. ``last`` is the vehicle's newest believed fix before it."""
    if fix.point.lat == 0 and fix.point.lon == 0:
        return ZERO
    if fix.fixed_at > now + AHEAD_MAX:
        return FUTURE
    if fix.fixed_at < now - AGE_MAX:
        return TOO_OLD
    if (fix.speed_mps or 0.0) > SPEED_MPS_MAX or (last and _is_jump(last, fix)):
        return IMPOSSIBLE
    return ""


def is_newer(fix: Fix, last: Fix | None) -> bool:
    """Tell whether a fix moves the live position: it only moves forward in time."""
    return last is None or fix.fixed_at > last.fixed_at


def _is_jump(last: Fix, fix: Fix) -> bool:
    span_s = abs((fix.fixed_at - last.fixed_at).total_seconds())
    return great_circle_m(last.point, fix.point) > JUMP_M_FREE + SPEED_MPS_MAX * span_s


def parse_own(body: object, datum: Datum = Datum.WGS84) -> tuple[list[Fix], list[Finding]]:
    """Read our own dialect: a list of ``{fixed_at, lat, lon, speed_mps?, accuracy_m?, battery?}``."""
    fixes: list[Fix] = []
    findings: list[Finding] = []
    if not isinstance(body, list):
        return [], [Finding("", UNREADABLE, "the body is no list", "a list of positions")]
    for index, item in enumerate(body):
        found = _read(item, f"[{index}]", _own, datum)
        (findings if isinstance(found, Finding) else fixes).append(found)  # type: ignore[arg-type]  # each to its list
    return fixes, findings


def parse_osmand(query: Mapping[str, str], datum: Datum = Datum.WGS84) -> Fix | Finding:
    """Read OsmAnd or Traccar: ``timestamp`` (s, ms or ISO), ``lat``, ``lon``, ``speed`` (knots), ``batt`` (percent)."""
    return _read(query, "", _osmand, datum)


def parse_owntracks(body: Mapping[str, Any], datum: Datum = Datum.WGS84) -> Fix | Finding:
    """Read OwnTracks' ``_type: location``: ``tst`` (s), ``vel`` (km/h), ``acc`` (m), ``batt`` (percent)."""
    return _read(body, "", _owntracks, datum)


def _read(item: object, where: str, reader: Any, datum: Datum) -> Fix | Finding:
    try:
        if not isinstance(item, Mapping):
            raise TypeError("no object")  # noqa: TRY301 - one way out for all that cannot be read
        fix: Fix = reader(item)
        return Fix(fix.fixed_at, to_wgs84(fix.point, datum), fix.speed_mps, fix.accuracy_m, fix.battery)
    except Invalid as refusal:
        return Finding(f"{where}.{refusal.errors[0].field}".lstrip("."), UNREADABLE, refusal.detail)
    except (KeyError, TypeError, ValueError, OverflowError, OSError) as fault:
        return Finding(where, UNREADABLE, f"cannot be read: {fault}", "fixed_at, lat and lon at least")


def _own(item: Mapping[str, Any]) -> Fix:
    fixed_at = aware(datetime.fromisoformat(str(item["fixed_at"])), "fixed_at")
    speed, accuracy = _maybe(item.get("speed_mps")), _maybe(item.get("accuracy_m"))
    return Fix(fixed_at, _point(item), speed, accuracy, _maybe(item.get("battery")))


def _osmand(query: Mapping[str, Any]) -> Fix:
    knots, percent = _maybe(query.get("speed")), _maybe(query.get("batt"))
    return Fix(
        _moment(str(query["timestamp"])),
        _point(query),
        None if knots is None else knots * MPS_PER_KNOT,
        _maybe(query.get("accuracy")),
        None if percent is None else percent / 100,
    )


def _owntracks(body: Mapping[str, Any]) -> Fix:
    kmh, percent = _maybe(body.get("vel")), _maybe(body.get("batt"))
    return Fix(
        _moment(str(body["tst"])),
        _point(body),
        None if kmh is None else kmh * MPS_PER_KMH,
        _maybe(body.get("acc")),
        None if percent is None else percent / 100,
    )


def _point(item: Mapping[str, Any]) -> Point:
    return Point(lat=float(item["lat"]), lon=float(item["lon"]))


def _maybe(value: object) -> float | None:
    """Read a number that may be missing; apps send -1 (or NaN) for what they do not know."""
    if value is None or value == "":
        return None
    number = float(value)  # type: ignore[arg-type]  # whatever is no number raises, and is answered with a finding
    return number if isfinite(number) and number >= 0 else None


def _moment(text: str) -> datetime:
    if text.lstrip("-").replace(".", "", 1).isdigit():
        number = float(text)
        return datetime.fromtimestamp(number / 1000 if number >= MS_FROM else number, tz=UTC)
    return aware(datetime.fromisoformat(text), "timestamp")
