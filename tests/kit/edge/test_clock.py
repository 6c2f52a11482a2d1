from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.edge import clock
from logistics.kit.edge.clock import Anchor, AnchoredClock, SystemClock, chance, monotonic_s, new_id, system_now
from tests.builders import NOON
from tests.strategies import moments

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("speed", "passed"),
    [(1.0, HOUR), (60.0, timedelta(hours=60)), (0.0, timedelta(0)), (0.5, timedelta(minutes=30))],
)
def test_simulated_time_goes_at_its_speed(speed: float, passed: timedelta) -> None:
    morning = datetime.fromisoformat("2027-01-01T08:00:00+00:00")
    assert Anchor(NOON, morning, speed).at(NOON + HOUR) == morning + passed


@given(moments, moments, st.floats(0, 10_000))
def test_it_never_goes_back(real: datetime, simulated: datetime, speed: float) -> None:
    anchor = Anchor(real, simulated, speed)
    assert anchor.at(real) == simulated
    assert anchor.at(real + HOUR) >= simulated


def test_setting_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "system_now", lambda: NOON)
    simulated = AnchoredClock(Anchor(NOON, NOON, 1.0))
    kept = simulated.set(NOON + HOUR, 60.0)
    assert kept == simulated.anchor == Anchor(NOON, NOON + HOUR, 60.0)
    monkeypatch.setattr(clock, "system_now", lambda: NOON + timedelta(seconds=10))
    assert simulated.now() == NOON + HOUR + timedelta(minutes=10)
    assert AnchoredClock(kept).now() == simulated.now(), "a restart goes on where it was"


def test_the_machines_clock() -> None:
    before = system_now()
    assert before <= SystemClock().now() <= system_now()
    assert before.utcoffset() == timedelta(0)
    assert monotonic_s() <= monotonic_s()


def test_chance_does_not_repeat() -> None:
    assert len({chance() for _ in range(100)}) == 100
    assert len({new_id("shp", NOON) for _ in range(100)}) == 100
