"""The order in which people list names: Van 2 before Van 10."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"([0-9]+)")


def natural_key(name: str) -> tuple[tuple[str | tuple[int, str], ...], str]:
    """Return what to sort a name by: runs of digits count as numbers, and the case of letters only among equals."""
    parts = _DIGITS.split(name.casefold())  # texts and digits by turns, beginning with a text, if an empty one
    return tuple(_number(part) if number % 2 else part for number, part in enumerate(parts)), name


def _number(digits: str) -> tuple[int, str]:
    """Return what compares as the number does, however long it is."""
    short = digits.lstrip("0")
    return len(short), short
