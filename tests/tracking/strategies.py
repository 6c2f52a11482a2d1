"""Stories to draw from: what sources may say of one shipment."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from logistics.tracking.model import OVERLAYS, RANKS, UNKNOWN, Sighting, TrackingEvent
from logistics.tracking.timeline import PUBLIC_KINDS
from tests.builders import NOON

words = st.sampled_from([*RANKS, *sorted(OVERLAYS), UNKNOWN, ""])


@st.composite
def sightings(draw: st.DrawFn, key: str) -> Sighting:
    status = draw(words)
    return Sighting(
        source=draw(st.sampled_from(["own", "carrier:swift"])),
        key=key,
        kind=draw(st.sampled_from([*sorted(PUBLIC_KINDS), "consent", f"carrier.{status or 'unknown'}"])),
        # A few moments only, so that many events share one.
        occurred_at=NOON + timedelta(minutes=draw(st.integers(0, 4))),
        status=status,
        reason=draw(st.sampled_from(["", "recipient_absent"])),
        place=draw(st.sampled_from(["", "Depot North"])),
        source_seq=draw(st.integers(0, 2)),
        corrects=draw(st.booleans()),
        supersedes=draw(st.sampled_from(["", "", "", "k0", "k1"])),
    )


@st.composite
def logs(draw: st.DrawFn, size_max: int = 8) -> list[TrackingEvent]:
    """Draw the log of one shipment, in the order in which it was heard."""
    count = draw(st.integers(0, size_max))
    said = [draw(sightings(f"k{index}")) for index in range(count)]
    return [event(one, seq) for seq, one in enumerate(said, start=1)]


def event(said: Sighting, seq: int = 1, shipment_id: str = "shp_1") -> TrackingEvent:
    return TrackingEvent(
        id=f"evt_{seq:04}", shipment_id=shipment_id, seq=seq, received_at=NOON + timedelta(seconds=seq), said=said
    )
