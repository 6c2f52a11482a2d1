"""How a commit wakes the sender of this process at once; senders of other processes look by themselves."""

from __future__ import annotations

from collections.abc import Callable

_woken: set[Callable[[], None]] = set()


def ring() -> None:
    """Tell the senders of this process that something may be due."""
    for wake in tuple(_woken):
        wake()


def join(wake: Callable[[], None]) -> Callable[[], None]:
    """Have a function called at each ring, until the returned one is called."""
    _woken.add(wake)
    return lambda: _woken.discard(wake)
