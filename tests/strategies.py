"""How hypothesis makes up things of the kit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.kit.windows import Window

CURRENCIES = ("CNY", "EUR", "USD", "JPY", "KWD", "TWD")

currencies = st.sampled_from(CURRENCIES)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
points = st.builds(Point, lat=st.floats(-90, 90), lon=st.floats(-180, 180))


def money(currency: str = "CNY", least: int = -(10**12), most: int = 10**12) -> st.SearchStrategy[Money]:
    """Make amounts of one currency."""
    return st.builds(Money, st.integers(least, most), st.just(currency))


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Make windows of up to two days; some are a single moment."""
    start = draw(moments)
    return Window(start, start + timedelta(seconds=draw(st.integers(0, 172_800))))
