"""What is done about memory when a program has been loaded and begins its work."""

from __future__ import annotations

import gc


def settle() -> None:
    """Leave all that is loaded out of later searches for garbage.

    It stays for as long as the process does, and a full search through it halts every answer for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
