from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.tracking.eta import expect
from logistics.tracking.model import Sighting, Status, TrackingEvent
from logistics.tracking.positions import Fix
from logistics.tracking.privacy import (
    CELL_DIGITS,
    PARAM_RULES,
    RULES,
    Cod,
    Disclosure,
    Facts,
    Pickup,
    View,
    digits_fit,
    disclose,
    has_ended,
)
from logistics.tracking.timeline import fold
from tests.builders import NOON
from tests.tracking.strategies import event, logs

DOOR = Point(lat=30.2512, lon=120.1634)
FULL, MASKED, MILESTONES = Disclosure.FULL, Disclosure.MASKED, Disclosure.MILESTONES


def facts_of(status: str = "out_for_delivery", log: list[TrackingEvent] | None = None, **more: Any) -> Facts:
    said = Sighting(source="own", key="k", kind="departed", occurred_at=NOON, status=status, place="Depot North")
    known: dict[str, Any] = {
        "tracking_no": "L000000000001",
        "merchant_name": "Tea House",
        "time_zone": "Asia/Shanghai",
        "seq": 1,
        "story": fold(log if log is not None else [event(said)]),
        "promise": Window(NOON, NOON + timedelta(hours=2)),
        "eta": expect(Window(NOON, NOON + timedelta(hours=1)), as_of=NOON, now=NOON),
        "stops_before": 3,
        "fix": Fix(NOON, Point(lat=30.25043, lon=120.16049)),
        "destination": DOOR,
        "cod": Cod(Money(12800, "CNY"), paid=False),
        "pickup": Pickup("482913", "Corner Shop", "1 Wen'er Rd", DOOR, NOON, NOON),
    }
    return Facts(**{**known, **more})


def shown(facts: Facts, depth: Disclosure, *, now: Any = NOON) -> set[str]:
    view = disclose(facts, depth, now=now)
    return {one.name for one in fields(View) if getattr(view, one.name) is not None}


ALWAYS = {
    "tracking_no", "status", "headline_key", "milestone_no", "timeline", "time_zone", "seq", "as_of", "disclosure",
}  # fmt: skip
FIELDS_OUTSIDE_THE_TABLE = {"seq", "as_of", "disclosure"}  # they say nothing of the shipment


def test_the_number_alone_shows_milestones_only() -> None:
    assert shown(facts_of(), MILESTONES) == ALWAYS
    view = disclose(facts_of(), MILESTONES, now=NOON)
    assert [(line.key, line.place, line.params) for line in view.timeline] == [("status.out_for_delivery", None, {})]


def test_the_last_four_digits_show_masked_detail() -> None:
    assert shown(facts_of(), MASKED) == ALWAYS | {"merchant_name", "promise", "eta", "pickup"}


def test_the_link_shows_all_that_the_moment_allows() -> None:
    assert shown(facts_of(), FULL) == ALWAYS | {
        "merchant_name", "promise", "eta", "pickup", "stops_before", "vehicle", "destination", "cod",
    }  # fmt: skip


def test_every_field_of_the_page_has_a_rule() -> None:
    assert {one.name for one in fields(View)} - FIELDS_OUTSIDE_THE_TABLE <= set(RULES)


@pytest.mark.parametrize(
    ("change", "field", "is_there"),
    [
        ({"stops_before": 5}, "vehicle", True),
        ({"stops_before": 6}, "vehicle", False),
        ({"stops_before": None}, "vehicle", False),
        ({"stops_before": 10}, "stops_before", True),
        ({"stops_before": 11}, "stops_before", False),
        ({"fix": Fix(NOON - timedelta(minutes=3), DOOR)}, "vehicle", True),
        ({"fix": Fix(NOON - timedelta(minutes=3, seconds=1), DOOR)}, "vehicle", False),
        ({"fix": None}, "vehicle", False),
        ({"status": "delivered"}, "vehicle", False),
        ({"status": "in_transit"}, "stops_before", False),
    ],
)
def test_the_van_is_seen_when_near_and_fresh(change: dict[str, Any], field: str, is_there: bool) -> None:  # noqa: FBT001 - a table's verdict
    assert (field in shown(facts_of(**change), FULL)) is is_there


def code_shown(status: str, depth: Disclosure) -> bool:
    pickup = disclose(facts_of(status), depth, now=NOON).pickup
    assert pickup
    return pickup.code is not None


def test_the_code_is_shown_to_the_link_while_there_is_something_to_collect() -> None:
    assert code_shown("ready_for_pickup", FULL)
    assert not code_shown("ready_for_pickup", MASKED)
    assert not any(code_shown(status, FULL) for status in Status if status != "ready_for_pickup")


@given(st.integers(1, 5), st.floats(-0.49, 0.49), st.floats(-0.49, 0.49))
def test_before_ours_is_the_next_stop_the_van_is_told_to_a_street_only(stops: int, north: float, east: float) -> None:
    """Wherever within its cell it halts - at whose door - the page is the same."""
    cell = Point(lat=30.25, lon=120.16)
    at = Point(lat=cell.lat + north * 10**-CELL_DIGITS, lon=cell.lon + east * 10**-CELL_DIGITS)
    vehicle = disclose(facts_of(fix=Fix(NOON, at), stops_before=stops), FULL, now=NOON).vehicle
    assert vehicle
    assert (vehicle.lat, vehicle.lon) == (30.25, 120.16)


def test_as_the_next_stop_we_may_see_it_come() -> None:
    near = Fix(NOON, Point(lat=30.24043, lon=120.16049))  # 1.2 km away
    view = disclose(facts_of(fix=near, stops_before=0), FULL, now=NOON)
    assert view.vehicle
    assert view.vehicle.lat == 30.24043
    assert view.headline_key == "headline.next_stop"
    at_door = disclose(facts_of(fix=Fix(NOON, DOOR), stops_before=0), FULL, now=NOON)
    assert at_door.headline_key == "headline.at_the_door"


SECRETS = ("shp_secret", "mer_secret", "veh_secret", "run_secret", "Zhang San", "13800138000", "9 Other Lane", "own")


@given(logs(), st.sampled_from(list(Disclosure)), st.integers(0, 30))
def test_other_buyers_cannot_be_inferred(log: list[TrackingEvent], depth: Disclosure, stops: int) -> None:
    """Whatever sources put into events besides what has a rule - ids, other stops, other names - stays inside."""
    loaded = [replace(one, said=replace(one.said, params=_with_secrets(one))) for one in log]
    plain = [replace(one, said=replace(one.said, params=_allowed(one))) for one in log]
    told = disclose(facts_of(log=loaded, stops_before=stops), depth, now=NOON)
    assert told == disclose(facts_of(log=plain, stops_before=stops), depth, now=NOON)
    text = msgspec.json.encode(told).decode()
    assert not [secret for secret in SECRETS if f'"{secret}"' in text]
    _only_known_names(msgspec.to_builtins(told))


def _allowed(one: TrackingEvent) -> dict[str, Any]:
    return {"to_whom": f"neighbour {one.seq}"}


def _with_secrets(one: TrackingEvent) -> dict[str, Any]:
    names = ("shipment_id", "merchant_id", "vehicle_id", "run_id", "recipient_name", "phone", "other_stop", "source")
    return {**_allowed(one), **dict(zip(names, SECRETS, strict=True)), "other_stops": [{"lat": 30.1, "lon": 120.2}]}


def _only_known_names(told: dict[str, Any]) -> None:
    assert set(told) == {one.name for one in fields(View)}
    for line in told["timeline"]:
        assert set(line) == {"seq", "at", "status", "key", "place", "params"}
        assert set(line["params"]) <= set(PARAM_RULES)


@given(logs())
def test_more_knowledge_never_shows_less(log: list[TrackingEvent]) -> None:
    facts = facts_of(log=log)
    assert shown(facts, MILESTONES) <= shown(facts, MASKED) <= shown(facts, FULL)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("recipient_absent", "recipient_absent"),
        ("call 138 0013 8000 first", None),
        ("own_Mr Li is ill", None),
        ("", None),
    ],
)
def test_a_reason_is_told_as_a_code_and_never_as_somebody_wrote_it(reason: str, told: str | None) -> None:
    said = Sighting(source="own", key="k", kind="failed", occurred_at=NOON, status="delivery_failed", reason=reason)
    view = disclose(facts_of(log=[event(said)]), FULL, now=NOON)
    assert (view.reason, view.timeline[0].params.get("reason")) == (told, told)


def test_the_link_ends_30_days_after_the_end() -> None:
    assert not has_ended(None, now=NOON)
    assert not has_ended(NOON, now=NOON + timedelta(days=30))
    assert has_ended(NOON, now=NOON + timedelta(days=30, seconds=1))


def test_four_digits_are_the_last_of_the_phone() -> None:
    assert digits_fit("+86 138-0013-8000", "8000")
    assert not digits_fit("+86 138-0013-8000", "800")
    assert not digits_fit("+86 138-0013-8000", "")
    assert not digits_fit("123", "123")
