"""The cells of one row of a file, read one by one; what cannot be read is noted with its row and column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from logistics.kit.errors import FieldError, Invalid

CLOCK = re.compile(r"^([01]?\d|2[0-4]):([0-5]\d)$")
SECONDS_A_MINUTE, MINUTES_AN_HOUR = 60, 60
YES, NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})
ERRORS_SHOWN_MAX = 20
DIGITS_MAX = 12  # what is larger is no size, price or time of anybody, and may not fit where it is reckoned with
CELL_CHARS_MAX = 30  # of what is wrong, when it is said
WHOLE = "0 or more, in at most 12 digits"


@dataclass(frozen=True, slots=True)
class Cells:
    """One row. ``where`` names it (``row 3``), ``column`` stands before a name; ``errors`` gather."""

    row: Mapping[str, Any]
    where: str
    errors: list[FieldError]
    column: str = ""

    def text(self, name: str) -> str:
        """Return a cell as text, empty if there is none."""
        value = self.row.get(name)
        return "" if value is None else str(value).strip()

    def wrong(self, name: str, message: str, expected: str) -> None:
        """Note what is wrong with a cell."""
        self.errors.append(FieldError(f"{self.where}, {self.column}{name}", message, expected))

    def maybe(self, name: str) -> int | None:
        """Return a whole number, 0 or more, or none if the cell is empty."""
        text = self.text(name)
        if text and not is_whole(text):
            self.wrong(name, f"{text[:CELL_CHARS_MAX]!r} is no whole number", WHOLE)
            return None
        return int(text) if text else None

    def whole(self, name: str, default: int) -> int:
        """Return a whole number, 0 or more; ``default`` if the cell is empty."""
        found = self.maybe(name)
        return default if found is None else found

    def clock(self, name: str) -> int | None:
        """Return a time of day in seconds, or none if the cell is empty."""
        text = self.text(name)
        found = CLOCK.match(text)
        if text and found is None:
            self.wrong(name, f"{text!r} is no time of day", "such as 09:30")
        return (int(found[1]) * MINUTES_AN_HOUR + int(found[2])) * SECONDS_A_MINUTE if found else None

    def words(self, name: str) -> frozenset[str]:
        """Return the words of a cell, parted by ``;``, or of a list."""
        value = self.row.get(name)
        parts = [str(one) for one in value] if isinstance(value, list) else self.text(name).split(";")
        return frozenset(part.strip().casefold() for part in parts if part.strip())

    def flag(self, name: str) -> bool:
        """Return whether a cell says yes."""
        word = self.text(name).casefold()
        if word not in YES | NO:
            self.wrong(name, f"{word!r} is neither yes nor no", "yes or no")
        return word in YES


def is_whole(text: str) -> bool:
    """Tell whether a text is a whole number that can be reckoned with; other scripts' digits are none."""
    return text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX


def refuse(errors: Sequence[FieldError]) -> None:
    """Refuse what has errors, naming the first of them."""
    if errors:
        first = errors[0]
        raise Invalid(first.field, first.message, first.expected, more=tuple(errors[1:ERRORS_SHOWN_MAX]))
