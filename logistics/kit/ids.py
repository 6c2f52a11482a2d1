"""Names for things: prefixed, sortable by time, without meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case: no i, l, o, u
TIME_CHARS = 10  # 50 bits of milliseconds: until the year 37648
CHANCE_CHARS = 16
CHANCE_BITS = CHANCE_CHARS * 5


def base32(number: int, length: int) -> str:
    """Write a number >= 0 in exactly ``length`` characters of Crockford's alphabet."""
    letters = []
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(reversed(letters))


def new_id(prefix: str, now: datetime, chance: int) -> str:
    """Make an id such as ``shp_01k9...``: 26 characters after the prefix, ordered by time (ms).

    ``chance`` is a random number; its low 80 bits are used.
    """
    moment_ms = int(now.timestamp() * 1000)
    return f"{prefix}_{base32(moment_ms, TIME_CHARS)}{base32(chance % (1 << CHANCE_BITS), CHANCE_CHARS)}"
