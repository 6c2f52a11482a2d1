"""What is done about memory when a program has been loaded and begins its work."""

from __future__ import annotations

import gc

# Young objects that are let pile up between two searches. With the interpreter's own 700 one answer of a running day is
# halted 17 times by a search for garbage of which there is hardly any; with this many, not at all.
YOUNG_MAX = 20_000


def settle() -> None:
    """Leave all that is loaded out of later searches for garbage, and search less often.

    It stays for as long as the process does, and a full search through it halts every answer for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_MAX)


def settle_again() -> None:
    """Take in what was loaded since, in a process that has settled; any other is left alone."""
    if gc.get_freeze_count():
        settle()
