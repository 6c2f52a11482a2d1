from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from demo.processes import Died, Program, run_once


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_a_killed_program_is_started_again_and_a_stopped_one_is_not(tmp_path: Path) -> None:
    program = Program("http.server", ["0", "--bind", "127.0.0.1"], env={}, log=tmp_path / "log")
    program.start()
    program.kill()
    assert eventually(lambda: program.restarts == 1)
    program.stop()
    time.sleep(0.3)
    assert program.restarts == 1
    assert not program.alive


def test_a_program_that_fails_says_so_with_its_last_words() -> None:
    with pytest.raises(Died, match="nothing_like_this"):
        run_once("nothing_like_this", [], env={}, timeout_s=10)
