from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from logistics.access.edge import attempts
from logistics.kit.edge.bus import LocalBus
from logistics.kit.edge.context import Context, Settings
from logistics.kit.edge.db import Database
from logistics.kit.errors import TooMany
from tests.builders import ManualClock

HOUR_S = 3600.0


class Now:
    """Machine seconds that move when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    made = Now()
    monkeypatch.setattr(attempts, "monotonic_s", made)
    return made


@pytest.fixture
def ctx(sqlite_database: Database, clock: ManualClock) -> Iterator[Context]:
    made = Context(Settings(), sqlite_database, clock, LocalBus(), ThreadPoolExecutor(1))
    yield made
    made.bus.close()


def tries(name: str, key: str, ctx: Context) -> int:
    """Try until refused; return how often one was let through."""
    for count in range(1000):
        try:
            attempts.check(name, key, ctx)
        except TooMany:
            return count
    return 1000


@pytest.mark.parametrize("name", attempts.TRIES_MAX)
def test_after_so_many_tries_an_hour_it_is_enough(ctx: Context, now: Now, name: str) -> None:
    assert tries(name, "anna", ctx) == attempts.TRIES_MAX[name]
    assert tries(name, "bert", ctx) == attempts.TRIES_MAX[name], "one asker's tries are not another's"
    now.seconds += HOUR_S + 1
    assert tries(name, "anna", ctx) == attempts.TRIES_MAX[name]


def test_the_hour_slides_and_the_wait_is_said(ctx: Context, now: Now) -> None:
    for _ in range(5):  # one each ten minutes: at 0, 10, 20, 30, 40
        attempts.check("track", "T1", ctx)
        now.seconds += 600
    with pytest.raises(TooMany) as refusal:  # at 50 minutes: the first is an hour old in 10
        attempts.check("track", "T1", ctx)
    assert refusal.value.retry_after_s == 600
    now.seconds += 600
    assert tries("track", "T1", ctx) == 1


def test_who_has_shown_to_know_it_begins_anew(ctx: Context, now: Now) -> None:
    del now
    tries("login", "anna", ctx)
    attempts.forget("login", "anna", ctx)
    attempts.forget("login", "nobody", ctx)
    assert tries("login", "anna", ctx) == attempts.TRIES_MAX["login"]


def test_memory_is_bounded(ctx: Context, now: Now, monkeypatch: pytest.MonkeyPatch) -> None:
    del now
    monkeypatch.setattr(attempts, "KEYS_MAX", 3)
    for number in range(10):
        attempts.check("track", f"T{number}", ctx)
    assert len(ctx.attempts) <= 3
