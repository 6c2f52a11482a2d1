from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from demo.client import Exchange, Line
from demo.clock import Jumping, Walking

SIX = datetime(2026, 11, 24, 6, tzinfo=UTC)


class Operator(Line):
    """Notes what the clock was set to."""

    def __init__(self) -> None:
        super().__init__(Exchange("http://127.0.0.1:9"), "", None)
        self.settings: list[dict[str, Any]] = []

    def put(self, path: str, body: Any, **_: str) -> Any:
        assert path == "/v1/clock"
        self.settings.append(body)


def after(seconds: float) -> datetime:
    return SIX + timedelta(seconds=seconds)


def test_a_jumping_clock_is_set_once_for_moments_close_together_and_never_back() -> None:
    operator = Operator()
    pace = Jumping(operator, SIX)
    for seconds in (10, 31, 40, 5, 62):
        pace.go_to(after(seconds))
    assert [datetime.fromisoformat(one["now"]) for one in operator.settings] == [SIX, after(31), after(62)]


def test_a_walking_clock_waits_and_skips_long_quiet() -> None:
    operator = Operator()
    pace = Walking(operator, SIX, speed=6000)
    pace.go_to(after(600))  # 0.1 s
    assert pace.now() >= after(600)
    assert len(operator.settings) == 1
    pace.go_to(after(8 * 3600))
    assert pace.now() >= after(8 * 3600)
    assert [one["speed"] for one in operator.settings] == [6000, 6000]
