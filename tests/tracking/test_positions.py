from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.findings import Finding
from logistics.kit.geo import Point
from logistics.tracking.datum import Datum
from logistics.tracking.positions import (
    Fix,
    is_newer,
    parse_osmand,
    parse_own,
    parse_owntracks,
    reject_reason,
)
from tests.builders import NOON

HERE = {"lat": 30.25, "lon": 120.16}
NOON_S = int(NOON.timestamp())


def a_fix(seconds: float = 0, lat: float = 30.25, **more: Any) -> Fix:
    return Fix(NOON + timedelta(seconds=seconds), Point(lat=lat, lon=120.16), **more)


def test_our_own_phones_speak_metres_per_second() -> None:
    fixes, findings = parse_own([{"fixed_at": "2026-11-24T20:00:00+08:00", **HERE, "speed_mps": 8.5, "accuracy_m": 4}])
    assert fixes == [a_fix(speed_mps=8.5, accuracy_m=4.0)]
    assert findings == []


def test_one_bad_item_spoils_no_other() -> None:
    bad: list[Any] = [
        {"lat": 1, "lon": 2},
        {"fixed_at": "2026-11-24T20:00:00", **HERE},  # no offset: means nothing
        {"fixed_at": "2026-11-24T12:00:00Z", "lat": 91, "lon": 0},
        {"fixed_at": "2026-11-24T12:00:00Z", "lat": "x", "lon": 0},
        7,
    ]
    fixes, findings = parse_own([*bad, {"fixed_at": "2026-11-24T12:00:00Z", **HERE}])
    assert fixes == [a_fix()]
    assert [one.where for one in findings] == ["[0]", "[1].fixed_at", "[2].lat", "[3]", "[4]"]


def test_osmand_speaks_knots_in_seconds_milliseconds_or_iso() -> None:
    for moment in (str(NOON_S), str(NOON_S * 1000), "2026-11-24T12:00:00Z"):
        found = parse_osmand({"timestamp": moment, "lat": "30.25", "lon": "120.16", "speed": "10", "batt": "80"})
        assert found == a_fix(speed_mps=5.14444, battery=0.8)


def test_owntracks_speaks_kmh() -> None:
    found = parse_owntracks({"_type": "location", "tst": NOON_S, **HERE, "vel": 36, "acc": 12, "batt": 50})
    assert found == a_fix(speed_mps=10.0, accuracy_m=12.0, battery=0.5)


def test_minus_one_is_what_an_app_says_when_it_does_not_know() -> None:
    assert parse_owntracks({"tst": NOON_S, **HERE, "vel": -1, "acc": -1}) == a_fix()


def test_a_declared_datum_is_converted_at_the_door() -> None:
    (shifted,), _ = parse_own([{"fixed_at": "2026-11-24T12:00:00Z", **HERE}], Datum.GCJ02)
    assert 0.001 < abs(shifted.point.lon - 120.16) < 0.02


scalars = st.none() | st.booleans() | st.floats() | st.text()
anything = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(anything)
def test_parsers_never_raise(body: Any) -> None:
    parse_own(body)
    parse_own([body])
    mapping = body if isinstance(body, dict) else {}
    assert isinstance(parse_osmand({**mapping, "timestamp": str(body), "lat": "0", "lon": "0"}), Fix | Finding)
    assert isinstance(parse_owntracks({**mapping, "tst": body, **HERE}), Fix | Finding)


@pytest.mark.parametrize(
    ("fix", "last", "reason"),
    [
        (a_fix(), None, ""),
        (Fix(NOON, Point(lat=0, lon=0)), None, "zero"),
        (a_fix(seconds=120), None, ""),
        (a_fix(seconds=121), None, "future"),
        (a_fix(seconds=-7 * 86_400), None, ""),
        (a_fix(seconds=-7 * 86_400 - 1), None, "too_old"),
        (a_fix(speed_mps=71), None, "impossible"),
        # 0.01 degrees are 1112 m: in 10 s a van makes 700 m at most, and GPS wanders 200.
        (a_fix(lat=30.26), a_fix(seconds=-10), "impossible"),
        (a_fix(lat=30.26), a_fix(seconds=-14), ""),
    ],
)
def test_what_cannot_be_true(fix: Fix, last: Fix | None, reason: str) -> None:
    assert reject_reason(fix, now=NOON, last=last) == reason


def test_the_live_position_only_moves_forward() -> None:
    assert is_newer(a_fix(), None)
    assert is_newer(a_fix(seconds=1), a_fix())
    assert not is_newer(a_fix(), a_fix())
    assert not is_newer(a_fix(seconds=-1), a_fix())
