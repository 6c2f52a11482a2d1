from __future__ import annotations

from datetime import timedelta

import pytest

from logistics.delivery.promise import promise_of
from logistics.kit.windows import Window
from tests.builders import NOON


def at(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("planned", "wanted", "start", "end"),  # minutes after noon
    [
        (0, None, -30, 60),
        (3, None, -30, 65),  # -27 .. 63, outwards to five minutes
        (0, (0, 300), 0, 60),  # not before the recipient is at home
        (0, (-60, 15), -30, 15),
        (0, (200, 300), -30, 60),  # planned outside of the window: say what is planned
    ],
)
def test_the_promise_of_a_planned_time(planned: int, wanted: tuple[int, int] | None, start: int, end: int) -> None:
    window = Window(NOON + at(wanted[0]), NOON + at(wanted[1])) if wanted else None
    promise = promise_of(NOON + at(planned), window)
    assert promise == Window(NOON + at(start), NOON + at(end))
    assert promise.contains(NOON + at(planned)) or wanted
