"""What a change would do, told without doing it."""

from __future__ import annotations

from logistics.routing.edge.plan_answer import preview_of
from tests.routing.builders import plan_of
from tests.routing.edge.days import day

DAY = day()


def test_a_preview_tells_what_breaks_and_what_is_kept_again() -> None:
    good, doubled = plan_of(DAY.problem, "0 1"), plan_of(DAY.problem, "0 0 1")
    there, back = preview_of(DAY, good, doubled), preview_of(DAY, doubled, good)
    assert ([one.code for one in there.broken], there.mended) == (["doubled"], [])
    assert (back.broken, [one.code for one in back.mended]) == ([], ["doubled"])
    assert there.difference.amount_minor == -back.difference.amount_minor
