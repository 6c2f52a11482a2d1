"""How much memory a process and all it started hold at most.

Samples `/proc` every 50 ms and adds up what is resident and not shared with files or shared memory, plus once the
largest shared part. Pages that forked children still share with their parent are counted for each of them, so the
figure is rather too high than too low. Who belongs to the family is asked every fourth time: that means reading about
every process there is, and took 5 % of a core from the search that was measured.
"""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

PERIOD_S = 0.05
LOOKS_A_FAMILY = 4
MEGABYTE = 1_000_000
PROC = Path("/proc")


class PeakMemory:
    """Watches a process and its descendants in a thread, from entering to leaving."""

    def __init__(self, pid: int) -> None:
        self.bytes_max = 0
        self._pid, self._over = pid, Event()
        self._thread = Thread(target=self._watch, daemon=True)

    @property
    def megabytes(self) -> float:
        """The peak in MB of 1,000,000 bytes."""
        return round(self.bytes_max / MEGABYTE, 1)

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End watching, after a last look."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            family = descendants(self._pid)
            for _ in range(LOOKS_A_FAMILY):
                self.bytes_max = max(self.bytes_max, bytes_of(family))
                if self._over.wait(PERIOD_S):
                    return


def bytes_of(family: set[int]) -> int:
    """Return what processes hold now; 0 where nothing can be read."""
    page = os.sysconf("SC_PAGE_SIZE")
    own, shared_max = 0, 0
    for one in family:
        try:
            _, resident, shared, *_ = map(int, (PROC / str(one) / "statm").read_text(encoding="ascii").split())
        except (OSError, ValueError):
            continue  # it has just ended
        own += resident - shared
        shared_max = max(shared_max, shared)
    return (own + shared_max) * page


def descendants(pid: int) -> set[int]:
    """Return a process and all that it and its children started."""
    parents = {int(entry.name): _parent(entry) for entry in PROC.iterdir() if entry.name.isdigit()}
    family, size = {pid}, 0
    while len(family) > size:
        size = len(family)
        family |= {child for child, parent in parents.items() if parent in family}
    return family


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0
