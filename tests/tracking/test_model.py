from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from logistics.tracking.model import MILESTONES, OVERLAYS, RANKS, TERMINAL, Status, rank_of
from tests.tracking.strategies import sightings


def test_the_public_words_have_the_ranks_of_the_outside_world() -> None:
    written = (
        "pending 10 · picked_up 20 · in_transit 30 · out_for_delivery 50 · delivery_failed 52 · ready_for_pickup 55 · "
        "return_to_sender 70 · delivered 90 · returned 95 · cancelled 95 · lost 95"
    )
    assert {word: int(rank) for word, rank in (pair.split() for pair in written.split(" · "))} == dict(RANKS)


def test_every_status_has_a_rank_and_a_milestone_and_the_ends_are_the_last() -> None:
    assert set(RANKS) == set(MILESTONES) == set(Status)
    assert {status for status in Status if RANKS[status] >= 90} == TERMINAL


def test_an_overlay_lies_over_a_status_of_the_same_moment() -> None:
    assert all(rank_of(overlay) > rank_of(status) for overlay in OVERLAYS for status in Status)
    assert rank_of("unknown") == rank_of("") == 0


@given(sightings("k"))
def test_whatever_is_said_otherwise_has_another_hash(said: object) -> None:
    for change in ({"kind": "x"}, {"reason": "x"}, {"place": "x"}, {"source_seq": 9}, {"params": {"a": 1}}):
        assert replace(said, **change).body_hash() != said.body_hash()  # type: ignore[type-var, attr-defined]  # a sighting
    assert replace(said).body_hash() == said.body_hash()  # type: ignore[type-var, attr-defined]  # a sighting
