"""What a source's code means in our public words.

The tables are data, one reviewable file per source (``adapters/<source>/codes.json``): the same number means
different things to different sources. A code is looked up in fixed precedence: code, then sub-code, then text.
What is in no table stays UNMAPPED; it never becomes "in transit".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNKNOWN = "unknown"  # moves nothing and overwrites nothing
STATUSES = frozenset(
    {
        "pending", "picked_up", "in_transit", "out_for_delivery", "delivery_failed", "ready_for_pickup",
        "return_to_sender", "delivered", "returned", "cancelled", "lost",
    }
)  # fmt: skip
OVERLAYS = frozenset({"on_hold", "delayed"})  # said beside a status, never instead of it
WORDS = STATUSES | OVERLAYS | {UNKNOWN}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A public word, and the reason where the code names one, prefixed by the responsible party.

    A code may mean a reason alone (damage): its status is then ``unknown``, but it is mapped.
    """

    status: str
    reason: str = ""
    is_mapped: bool = True


UNMAPPED = Meaning(UNKNOWN, is_mapped=False)


@dataclass(frozen=True, slots=True)
class Table:
    """The codes of one source; ``texts`` are whole words of the source, never parts of a sentence."""

    source: str
    codes: Mapping[str, Meaning]
    sub_codes: Mapping[str, Meaning]
    texts: Mapping[str, Meaning]

    def meaning_of(self, code: str, sub_code: str = "", text: str = "") -> Meaning:
        """Return what is said, or UNMAPPED."""
        return self.codes.get(code) or self.sub_codes.get(sub_code) or self.texts.get(text) or UNMAPPED


def read_table(data: Mapping[str, Any]) -> Table:
    """Read a table from its file's content; a word that is not ours is a programmer's error."""
    parts = {name: _meanings(data.get(name, {})) for name in ("codes", "sub_codes", "texts")}
    return Table(source=str(data["source"]), **parts)


def _meanings(rows: Mapping[str, Mapping[str, str]]) -> dict[str, Meaning]:
    found = {code: Meaning(row.get("status", UNKNOWN), row.get("reason", "")) for code, row in rows.items()}
    strange = sorted({one.status for one in found.values()} - WORDS)
    assert not strange, f"no public words: {strange}"
    return found
