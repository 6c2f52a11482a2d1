from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.browser.platform import where_it_is_morning


def test_at_any_hour_it_is_morning_somewhere() -> None:
    """A day that begins and ends while a screen is looked at has nothing left to plan."""
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    for hour in range(24):
        now = midnight + timedelta(hours=hour, minutes=59)
        assert now.astimezone(ZoneInfo(where_it_is_morning(now))).hour == 8
