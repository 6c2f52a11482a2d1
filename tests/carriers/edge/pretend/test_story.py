from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from logistics.carriers.adapters.pretend.codes import TABLE
from logistics.carriers.edge.pretend.story import Fate, after_scan, fate_of
from tests.builders import NOON


def test_the_same_seed_tells_the_same_story() -> None:
    assert after_scan(3, "r", Fate.DELIVERED, NOON, 1) == after_scan(3, "r", Fate.DELIVERED, NOON, 1)
    assert after_scan(3, "r", Fate.DELIVERED, NOON, 1) != after_scan(4, "r", Fate.DELIVERED, NOON, 1)


@pytest.mark.parametrize(
    ("fate", "end"),
    [
        (Fate.DELIVERED, "DLV"),
        (Fate.SECOND_TRY, "DLV"),
        (Fate.LOCKER, "DLV"),
        (Fate.REFUSED, "RTD"),
        (Fate.LOST, "LST"),
    ],
)
def test_a_story_goes_forward_in_known_codes_to_its_end(fate: Fate, end: str) -> None:
    steps = after_scan(1, "r", fate, NOON, 1)
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert steps[0].at >= NOON
    assert steps[-1].code == end
    assert all(TABLE.meaning_of(step.code).is_mapped for step in steps)


def test_the_pace_shortens_a_story() -> None:
    slow, fast = after_scan(1, "r", Fate.DELIVERED, NOON, 1), after_scan(1, "r", Fate.DELIVERED, NOON, 0.1)
    ratio = (fast[-1].at - NOON) / (slow[-1].at - NOON)
    assert ratio == pytest.approx(0.1, rel=0.01)
    assert timedelta(hours=12) < slow[-1].at - NOON < timedelta(hours=36)


def test_money_is_never_left_in_a_locker() -> None:
    drawn = Counter(fate_of(1, str(number), has_cod=True) for number in range(2000))
    assert drawn[Fate.LOCKER] == 0
    assert drawn[Fate.REFUSED] > 0
    assert Counter(fate_of(1, str(number), has_cod=False) for number in range(2000))[Fate.LOCKER] > 0
