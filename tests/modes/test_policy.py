from __future__ import annotations

from datetime import date, timedelta

import pytest

from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.modes.policy import Policy
from logistics.shipments.model import Mode
from tests.modes.makers import NOW, TODAY, asked

WISHED = Window(NOW + timedelta(hours=2), NOW + timedelta(hours=4))
WIDER = Window(NOW, NOW + timedelta(hours=8))


@pytest.mark.parametrize(
    ("mode", "promise", "on", "minor"),
    [
        (Mode.OWN_FLEET, WISHED, TODAY, 60),  # 6 % of 10.00
        (Mode.CARRIER, WISHED, TODAY, 80),  # 8 %
        (Mode.CARRIER, WISHED, date(2026, 11, 26), 480),  # and two days late at 2.00
        (Mode.CARRIER, WIDER, TODAY, 380),  # and a time that cannot be promised, 3.00
        (Mode.PICKUP, WIDER, TODAY, 50),  # she fetches it when she likes
        (Mode.PICKUP, Window(WISHED.end + timedelta(hours=1), WIDER.end), TODAY, 350),  # not there in time
        (Mode.CARRIER, WISHED, date(2026, 11, 20), 80),  # early is not late
    ],
)
def test_risk_is_failed_attempts_late_days_and_missed_windows(
    mode: Mode, promise: Window, on: date, minor: int
) -> None:
    assert Policy().risk(mode, Money(1000, "CNY"), asked(window=WISHED), promise, on) == Money(minor, "CNY")


def test_without_a_wished_window_none_is_missed() -> None:
    assert Policy().risk(Mode.CARRIER, Money(1000, "CNY"), asked(), WIDER, TODAY) == Money(80, "CNY")
