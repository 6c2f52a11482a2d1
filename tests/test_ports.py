from __future__ import annotations

import socket
import subprocess
import sys

from tests.house.source import ROOT
from tests.ports import free_port

MANY = 50
ASK = f"from tests.ports import free_port; print(*(free_port() for _ in range({MANY})))"


def test_nobody_else_is_given_the_same_port() -> None:
    mine = [free_port() for _ in range(MANY)]
    other = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    theirs = [int(port) for port in other.stdout.split()]
    assert len({*mine, *theirs}) == 2 * MANY


def test_a_port_in_use_is_not_given() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port() + 1))
        assert free_port() != taken.getsockname()[1]
