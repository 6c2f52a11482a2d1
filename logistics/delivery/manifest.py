"""The manifest of a run: what is expected on board, against what was scanned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from logistics.kit.findings import Finding


class Aboard(StrEnum):
    """How a parcel stands to a run that is being loaded."""

    EXPECTED = "expected"  # on the manifest, not on board yet
    LOADED = "loaded"  # on the manifest and on board
    CANCELLED = "cancelled"  # was on the manifest, called off since
    ELSEWHERE = "elsewhere"  # on the manifest, but by the book in other hands
    FOREIGN = "foreign"  # a parcel of ours that belongs to no visit of this run


@dataclass(frozen=True, slots=True)
class Checked:
    """What a loading scan says: labels to load now, labels that were loaded already, and what is wrong."""

    load: tuple[str, ...]
    loaded: tuple[str, ...]
    findings: tuple[Finding, ...]


def check_scan(known: Mapping[str, Aboard], scanned: Sequence[str]) -> Checked:
    """Compare scanned labels with what is known of them; a label missing from ``known`` is not ours.

    A label scanned twice counts once: phones repeat.
    """
    once = tuple(dict.fromkeys(scanned))
    return Checked(
        load=tuple(label for label in once if known.get(label) is Aboard.EXPECTED),
        loaded=tuple(label for label in once if known.get(label) is Aboard.LOADED),
        findings=tuple(finding for label in once if (finding := _finding(label, known.get(label)))),
    )


def missing(known: Mapping[str, Aboard]) -> list[str]:
    """Return what is on the manifest and not on board, in the manifest's order."""
    return [label for label, aboard in known.items() if aboard in {Aboard.EXPECTED, Aboard.ELSEWHERE}]


def _finding(label: str, aboard: Aboard | None) -> Finding | None:
    if aboard is None:
        return Finding(label, "unknown_label", "There is no parcel of this label.", "a label of ours")
    if aboard is Aboard.FOREIGN:
        return Finding(label, "other_run", "It is not on this run's manifest.", "leave it at the depot")
    if aboard is Aboard.CANCELLED:
        return Finding(label, "cancelled", "The shipment was called off.", "leave it at the depot")
    if aboard is Aboard.ELSEWHERE:
        return Finding(label, "held_elsewhere", "By the book somebody else has it.", "let the depot receive it first")
    return None
