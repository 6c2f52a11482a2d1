"""The VRPLIB text form: specifications ``KEY : value``, sections of rows, ``EOF``.

Decides what the lines say, in file numbers; not what they mean together (`vrplib.py`). Read as the `vrplib` package
reads them: white space and line ends of any kind, sections with or without a colon, ``-1`` ends the depots.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.routing.instance import UnreadableError

_SECTION = re.compile(r"([A-Z0-9_]+)_SECTION\s*:?\s*$")
_SPECIFICATION = re.compile(r"([A-Z0-9_]+)\s*:\s*(.*)$")


@dataclass(frozen=True, slots=True)
class VrplibText:
    """Specifications as written, and the words of each section row by row; section names without ``_SECTION``."""

    path: Path
    specifications: dict[str, str] = field(default_factory=dict)
    sections: dict[str, list[list[str]]] = field(default_factory=dict)

    def refuse(self, section: str, why: str) -> UnreadableError:
        """Make the error that names this file and a section."""
        return UnreadableError(self.path, section, why)

    def number(self, key: str) -> float | None:
        """Return a specification that is one number; None if it is not there."""
        text = self.specifications.get(key)
        return None if text is None else self._number(key, text)

    def rows(self, name: str, rows: int, columns: int) -> list[tuple[float, ...]] | None:
        """Return a section as rows without their leading number, which must run from 1; None if it is not there."""
        words = self.sections.get(name)
        if words is None:
            return None
        if len(words) != rows:
            raise self.refuse(f"{name}_SECTION", f"has {len(words)} rows where {rows} are due")
        found = []
        for position, row in enumerate(words, start=1):
            if len(row) != columns + 1:
                raise self.refuse(f"{name}_SECTION", f"row {position} has {len(row)} words, not {columns + 1}")
            if self._number(f"{name}_SECTION", row[0]) != position:
                raise self.refuse(f"{name}_SECTION", f"row {position} is numbered {row[0]}")
            found.append(tuple(self._number(f"{name}_SECTION", word) for word in row[1:]))
        return found

    def column(self, name: str, rows: int) -> list[float] | None:
        """Return a section of one column."""
        found = self.rows(name, rows, 1)
        return None if found is None else [row[0] for row in found]

    def stream(self, name: str) -> list[float]:
        """Return all numbers of a section, however its lines are broken."""
        return [self._number(f"{name}_SECTION", word) for row in self.sections[name] for word in row]

    def _number(self, where: str, text: str) -> float:
        try:
            return float(text)
        except ValueError:
            raise self.refuse(where, f"{text!r} is no number") from None


def parse_vrplib(path: Path, text: str) -> VrplibText:
    """Take a text apart; a line that is none of the three kinds is refused."""
    parsed = VrplibText(path)
    rows: list[list[str]] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped == "EOF":
            break
        if section := _SECTION.match(stripped):
            rows = parsed.sections.setdefault(section[1], [])
        elif specification := _SPECIFICATION.match(stripped):
            parsed.specifications[specification[1]] = specification[2].strip().strip('"')
            rows = None
        elif stripped and rows is not None:
            rows.append(stripped.split())
        elif stripped:
            raise parsed.refuse(f"line {number}", f"{stripped[:40]!r} is neither a specification nor in a section")
    return parsed
