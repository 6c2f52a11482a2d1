"""The pickup code: six digits that the recipient says at the counter.

It is kept readable while it is of use, because the buyer's page shows it, and wiped when the stay ends. It opens
nothing elsewhere: it counts at one counter, for one shelf, for some days, and tries are limited.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable

from logistics.kit.ids import CHANCE_BITS

DIGITS = 6
CODES = 10**DIGITS
LAST_DIGITS = 4
assert CODES < 1 << CHANCE_BITS  # one draw of chance covers all codes evenly enough (bias below 1e-18)


def new_code(chance: int, taken: Collection[str]) -> str:
    """Make a code from chance (a number >= 0); the next free one if it is in use at this service point."""
    assert len(taken) < CODES, "more parcels than codes"
    number = chance % CODES
    while (code := f"{number:0{DIGITS}d}") in taken:
        number = (number + 1) % CODES
    return code


def same(said: str, kept: str) -> bool:
    """Compare in constant time; an empty code is never right."""
    return bool(kept) and hmac.compare_digest(said.encode(), kept.encode())


def find_index(said: str, kept: Iterable[str]) -> int | None:
    """Return which of the kept codes was said; all are compared, so the time tells nothing."""
    found = None
    for index, code in enumerate(kept):
        if same(said, code):
            found = index
    return found


def last_digits_fit(said: str, phone_digits: str) -> bool:
    """Tell whether the last four digits of a phone number were said, in constant time."""
    return len(phone_digits) >= LAST_DIGITS and same(said, phone_digits[-LAST_DIGITS:])
