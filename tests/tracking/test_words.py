from __future__ import annotations

import string

from logistics.tracking.model import OVERLAYS, Status
from logistics.tracking.timeline import PUBLIC_KINDS
from logistics.tracking.words import LANGUAGES, WORDS, say


def test_every_key_the_story_may_have_has_its_words() -> None:
    keys = {
        f"headline.{word}" for word in [*Status, *OVERLAYS, "next_stop", "at_the_door", "fetched", "part_delivered"]
    }
    keys |= {f"event.{kind}" for kind in PUBLIC_KINDS} | {f"status.{word}" for word in [*Status, *OVERLAYS]}
    assert keys <= set(WORDS)


def test_each_language_fills_the_same_holes() -> None:
    for key, row in WORDS.items():
        holes = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in row]
        assert holes.count(holes[0]) == len(LANGUAGES), key
        assert all(row), key


def test_what_has_no_words_falls_back_to_its_status() -> None:
    assert say("event.carrier.in_transit", "zh-CN", status="in_transit") == "运输中"
    assert say("event.delivered", "fr") == "Handed over"
    assert say("stops_before", "en", count=3) == "3 stops before you"
