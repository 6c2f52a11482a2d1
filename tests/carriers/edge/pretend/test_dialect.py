from __future__ import annotations

from datetime import timedelta
from random import Random

from logistics.carriers.adapters.kuaidi100 import wire
from logistics.carriers.adapters.kuaidi100.codes import TABLE
from logistics.carriers.edge.pretend.dialect import CODES, Push, pushes_of
from logistics.carriers.edge.pretend.story import Fate, Step, after_scan
from tests.builders import NOON

STEPS = after_scan(1, "r", Fate.DELIVERED, NOON, 1)


def test_an_honest_push_is_the_whole_story_signed() -> None:
    (push,) = pushes_of("PC1", STEPS, Random(1), hostility=0)
    form = push.form("salt")
    assert push.due_at == STEPS[-1].at
    assert wire.is_genuine(form, "salt")
    events, findings = wire.parse(form)
    assert not findings
    assert [event.status for event in events] == [TABLE.meaning_of(CODES[step.code][0]).status for step in STEPS]
    assert [event.occurred_at for event in events] == [step.at.replace(microsecond=0) for step in STEPS]


def test_a_hostile_sender_does_everything_there_is() -> None:
    seen: set[str] = set()
    for seed in range(300):
        told = STEPS[: 1 + seed % 5]
        pushes = pushes_of("PC1", told, Random(seed), hostility=3)
        honest = pushes_of("PC1", told, Random(seed), hostility=0)[0].param
        same = [push for push in pushes if push.param == honest and not push.forged]
        seen |= {"doubled"} if len(same) > 1 else set()
        seen |= {"late"} if same[0].due_at > told[-1].at else set()
        seen |= {"forged"} if any(push.forged for push in pushes) else set()
        for push in pushes:
            events, _ = wire.parse(push.form("salt"))
            seen |= {"odd"} if any(not event.is_mapped for event in events) else set()
            seen |= {"contradicted"} if any(event.text == "更正 Corrected" for event in events) else set()
            seen |= {"set right"} if wire.replaces_all(push.form("salt")) else set()
    assert seen == {"doubled", "late", "forged", "odd", "contradicted", "set right"}


def test_what_was_distorted_is_set_right_later() -> None:
    for seed in range(40):
        pushes = pushes_of("PC1", STEPS, Random(seed), hostility=2)
        wrong = [push.due_at for push in pushes if "Corrected" in push.param or "1999" in push.param]
        right = [push.due_at for push in pushes if wire.replaces_all(push.form("s"))]
        assert not wrong or max(right) > max(wrong)


def test_a_forged_push_is_not_genuine() -> None:
    assert not wire.is_genuine(Push(NOON, "{}", forged=True).form("salt"), "salt")


def test_the_road_after_the_end_is_a_contradiction() -> None:
    ended = [Step(NOON, "BKD", "", ""), Step(NOON + timedelta(hours=1), "DLV", "", "")]
    told = [push.param for seed in range(20) for push in pushes_of("PC1", ended, Random(seed), hostility=10)]
    assert any('"1002"' in param for param in told)
