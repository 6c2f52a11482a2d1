"""How slow traffic is: the parts of a day, their mean, and what is wrong with a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from logistics.kit.errors import Invalid
from logistics.routing.edge.roads import ROAD_CLASSES, Ints, Slowness
from logistics.routing.edge.speed_profile import USUAL, Part, SpeedProfile, read_profile
from logistics.routing.matrix import HourlyMatrix, TravelMatrix
from logistics.routing.model import TimeWindow

H = 3600
RUSH = SpeedProfile((Part(0, 100), Part(8 * H, 200), Part(10 * H, 100), Part(12 * H, 100), Part(18 * H, 150)))


def hours(start: float, end: float) -> TimeWindow:
    return TimeWindow(int(start * H), int(end * H))


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        (9, 9.5, [(8, 200)]),
        (7, 9, [(0, 100), (8, 200)]),
        (7, 17, [(0, 100), (8, 200), (10, 100)]),  # 10:00 and 12:00 are alike: one part
        (8, 10, [(8, 200), (10, 100)]),  # who arrives at ten sharp may leave then
        (17, 33, [(12, 100), (18, 150), (24, 100), (32, 200)]),  # a night, and the next morning
    ],
)
def test_the_parts_of_some_hours(start: float, end: float, parts: list[tuple[int, int]]) -> None:
    assert [(start_s // H, slowness[0]) for start_s, slowness in RUSH.within(hours(start, end))] == parts


@pytest.mark.parametrize(("start", "end", "percent"), [(8, 10, 200), (7, 9, 150), (6, 12, 133), (0, 24, 121)])
def test_an_ordinary_hour_is_the_mean_of_all(start: float, end: float, percent: int) -> None:
    # 06:00-12:00: four hours at 100, two at 200: 133. The whole day: 16 at 100, 2 at 200, 6 at 150: 120.8.
    assert RUSH.ordinary(hours(start, end)) == (percent,) * len(ROAD_CLASSES)


def test_a_link_goes_like_its_road() -> None:
    slowness = dict(zip(ROAD_CLASSES, Part(0, 150, {"motorway": 120, "primary_link": 90}).slowness, strict=True))
    assert (slowness["motorway"], slowness["motorway_link"]) == (120, 120)
    assert (slowness["primary"], slowness["primary_link"], slowness["service"]) == (150, 90, 150)


def seconds(slowness: Slowness) -> Ints:
    assert isinstance(slowness, tuple)
    return np.array([[0, slowness[0]], [slowness[0], 0]], dtype=np.int64)


def tables(slowness: Slowness) -> TravelMatrix:
    return TravelMatrix(seconds(slowness), np.array([[0, 7], [7, 0]], dtype=np.int64))


def test_travel_is_by_the_hour_only_where_it_differs() -> None:
    whole = RUSH.travel(hours(6, 12), tables, seconds)
    assert isinstance(whole, HourlyMatrix)
    assert [whole.travel_s(0, 1, hour * H) for hour in (7, 9, 11)] == [100, 200, 100]
    assert (whole.travel_s(0, 1), whole.travel_m(0, 1), whole.parts[1].travel_m(0, 1)) == (133, 7, 7)
    # A hundred seconds' way, begun 50 s before eight: half of it is driven, the rest takes twice as long.
    assert whole.travel_s(0, 1, 8 * H - 50) == 50 + 100
    assert isinstance(RUSH.travel(hours(10, 17), tables, seconds), TravelMatrix)
    assert isinstance(RUSH.travel(None, tables, seconds), TravelMatrix)


def test_without_a_file_the_usual_is_about_two_in_the_rush() -> None:
    assert read_profile(None) is USUAL
    assert max(part.percent for part in USUAL.parts) == 200
    assert not any(part.classes for part in USUAL.parts)


def written(folder: Path, values: Any) -> Path:
    path = folder / "city.json"
    path.write_text(values if isinstance(values, str) else json.dumps(values), encoding="utf-8")
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    rows = [{"from": "00:00", "percent": 100}, {"from": "07:30", "percent": 180, "classes": {"motorway": 150}}]
    profile = read_profile(written(tmp_path, {"parts": rows}))
    assert profile == SpeedProfile((Part(0, 100), Part(int(7.5 * H), 180, {"motorway": 150})))


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ("{", [""]),
        ([], ["parts"]),
        ({"parts": []}, ["parts"]),
        ({"parts": [3]}, ["parts[0]"]),
        ({"parts": [{"from": "06:00", "percent": 100}]}, ["parts[0].from"]),
        ({"parts": [{"from": "24:00", "percent": 49}]}, ["parts[0].from", "parts[0].percent"]),
        ({"parts": [{"from": "0:00", "percent": 1.5}]}, ["parts[0].from", "parts[0].percent"]),
        ({"parts": [{"from": "00:61", "percent": True}]}, ["parts[0].from", "parts[0].percent"]),
        ({"parts": [{"from": "00:00"}]}, ["parts[0].percent"]),
        ({"parts": [{"from": "00:00", "percent": 100, "speed": 3}]}, ["parts[0].speed"]),
        ({"parts": [{"from": "00:00", "percent": 100, "classes": []}]}, ["parts[0].classes"]),
        (
            {"parts": [{"from": "00:00", "percent": 100, "classes": {"alley": 90, "primary": 9000}}]},
            ["parts[0].classes.alley", "parts[0].classes.primary"],
        ),
        ({"parts": [{"from": "00:00", "percent": 100}, {"from": "00:00", "percent": 100}]}, ["parts[1].from"]),
    ],
)
def test_everything_that_is_wrong_is_named(tmp_path: Path, values: Any, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        read_profile(written(tmp_path, values))
    assert [one.field.removeprefix("speed profile city.json").removeprefix(", ") for one in refusal.value.errors] == (
        fields
    )
    assert all(one.expected for one in refusal.value.errors)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        read_profile(tmp_path / "none.json")
