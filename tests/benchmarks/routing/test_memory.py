from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.routing.memory import PeakMemory, descendants

TAKES_A_LOT = "import time; held = bytearray(200_000_000); print('held', flush=True); time.sleep(0.3); del held"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {TAKES_A_LOT!r}])"


def test_what_a_grandchild_held_counts_after_it_has_ended() -> None:
    process = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    with PeakMemory(process.pid) as memory:
        process.communicate()
    assert 200 <= memory.megabytes < 300


def test_a_family_is_all_that_was_started() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert {os.getpid(), process.pid} <= descendants(os.getpid())
    process.communicate(b"\n")
    assert process.pid not in descendants(os.getpid())
