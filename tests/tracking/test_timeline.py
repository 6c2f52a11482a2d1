from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.tracking.model import Sighting, TrackingEvent
from logistics.tracking.timeline import Story, fold
from tests.builders import NOON
from tests.tracking.strategies import event, logs


def story_of(text: str) -> Story:
    """Read a log such as ``"+0 picked_up, +5 delivered, +3 in_transit!"``: minutes, word, ``!`` for a correction."""
    events = []
    for seq, part in enumerate(text.split(", "), start=1):
        minutes, word = part.split()
        said = Sighting(
            source="own",
            key=f"k{seq}",
            kind="received",
            occurred_at=NOON + timedelta(minutes=int(minutes)),
            status=word.rstrip("!"),
            place=f"p{seq}",
            corrects=word.endswith("!"),
        )
        events.append(event(said, seq))
    return fold(events)


@pytest.mark.parametrize(
    ("log", "status", "overlay"),
    [
        ("+0 pending", "pending", ""),
        ("+0 pending, +1 picked_up, +2 in_transit", "in_transit", ""),
        # Heard late, happened early: history, not news.
        ("+5 delivered, +3 in_transit", "delivered", ""),
        # Happened after the end: a carrier that goes on talking.
        ("+5 delivered, +9 in_transit", "delivered", ""),
        # The end is left by a correction only, and then the story goes on.
        ("+5 delivered, +9 in_transit!", "in_transit", ""),
        ("+5 delivered, +9 in_transit!, +10 out_for_delivery", "out_for_delivery", ""),
        # A second try is legitimate.
        ("+1 out_for_delivery, +2 delivery_failed, +3 out_for_delivery", "out_for_delivery", ""),
        # One moment: the farther along wins.
        ("+1 delivered, +1 out_for_delivery", "delivered", ""),
        # Overlays lie over the status until it moves; they are no status.
        ("+1 in_transit, +2 delayed", "in_transit", "delayed"),
        ("+1 in_transit, +2 on_hold, +3 in_transit", "in_transit", ""),
        ("+1 delivered, +2 on_hold", "delivered", ""),
        # Nobody knows what it means: it overwrites nothing.
        ("+1 in_transit, +2 unknown", "in_transit", ""),
        ("+1 unknown", "pending", ""),
    ],
)
def test_verdicts(log: str, status: str, overlay: str) -> None:
    story = story_of(log)
    assert (story.status, story.overlay) == (status, overlay)


@given(logs(), st.randoms(use_true_random=False), st.data())
def test_any_order_and_doubling(log: list[TrackingEvent], chance: object, data: st.DataObject) -> None:
    doubles = data.draw(st.lists(st.sampled_from(log), max_size=5)) if log else []
    shuffled = [*log, *doubles]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert fold(shuffled) == fold(log)


@given(logs())
def test_the_order_of_hearing_does_not_matter(log: list[TrackingEvent]) -> None:
    """The same sayings heard backwards have other seqs, ids and times of hearing, and tell the same story."""
    backwards = [event(one.said, seq) for seq, one in enumerate(reversed(log), start=1)]
    here, there = fold(log), fold(backwards)
    assert (here.status, here.status_at, here.overlay, here.reason, here.ended_at, here.is_paid) == (
        there.status, there.status_at, there.overlay, there.reason, there.ended_at, there.is_paid,
    )  # fmt: skip
    assert [(line.at, line.key, line.place) for line in here.lines] == [
        (line.at, line.key, line.place) for line in there.lines
    ]


@given(logs())
def test_an_end_is_kept_until_corrected(log: list[TrackingEvent]) -> None:
    story = fold(log)
    assert (story.ended_at is not None) == (story.status in {"delivered", "returned", "cancelled", "lost"})
    assert 0 <= story.milestone <= 3


def test_what_a_newer_list_no_longer_has_is_told_no_more() -> None:
    at = NOON
    said = Sighting(source="carrier:swift", key="a", kind="carrier.delivered", occurred_at=at, status="delivered")
    gone = Sighting(source="carrier:swift", key="a/superseded", kind="superseded", occurred_at=at, supersedes="a")
    other = Sighting(source="carrier:calm", key="a", kind="carrier.in_transit", occurred_at=at, status="in_transit")
    assert fold([event(said, 1), event(other, 2)]).status == "delivered"
    story = fold([event(said, 1), event(other, 2), event(gone, 3)])
    assert story.status == "in_transit"  # another source's key of the same name is not meant
    assert [line.key for line in story.lines] == ["event.carrier.in_transit"]


def test_three_parcels_scanned_are_one_line() -> None:
    log = [
        Sighting(source="own", key=str(n), kind="loaded", occurred_at=NOON + timedelta(seconds=n), place="Depot")
        for n in range(3)
    ]
    assert [line.seq for line in fold([event(one, n) for n, one in enumerate(log, 1)]).lines] == [1]


def test_what_stays_inside_makes_no_line() -> None:
    said = [
        Sighting(source="own", key="1", kind="consent", occurred_at=NOON),
        Sighting(source="own", key="2", kind="mode_chosen", occurred_at=NOON),
        Sighting(source="carrier:x", key="3", kind="carrier.unknown", occurred_at=NOON, status="unknown"),
    ]
    assert fold([event(one, n) for n, one in enumerate(said, 1)]).lines == ()
