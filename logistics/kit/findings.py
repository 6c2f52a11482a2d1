"""What a parser or a check reports instead of raising."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed: where (row, column, path), a stable code, a sentence, what would be right.

    ``amount``: by how much, counted in ``unit`` (0: it has no figure); ``name``: what else the sentence names.
    """

    where: str
    code: str
    message: str
    expected: str = ""
    amount: int = 0
    unit: str = ""
    name: str = ""
