"""Jobs for the scheduler's tests: clock work names its functions by module, so they live in one."""

from __future__ import annotations

import threading


class Tally:
    """Counts the runs of a job, and waits for so many."""

    def __init__(self) -> None:
        self.count = 0
        self.at_once = 0
        self.at_once_max = 0
        self.changed = threading.Condition()

    def wait(self, count: int, seconds: float = 10.0) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.count >= count, seconds)


def count(tally: Tally) -> None:
    """Count a run."""
    with tally.changed:
        tally.count += 1
        tally.changed.notify_all()


def count_slowly(tally: Tally) -> None:
    """Count a run that takes longer than its interval, and how many went on at once."""
    with tally.changed:
        tally.at_once += 1
        tally.at_once_max = max(tally.at_once_max, tally.at_once)
    threading.Event().wait(0.25)
    with tally.changed:
        tally.at_once -= 1
    count(tally)


def fail(tally: Tally) -> None:
    """Count a run, then fail."""
    count(tally)
    raise RuntimeError("this job always fails")
