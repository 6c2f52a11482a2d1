from __future__ import annotations

import socket
import subprocess
import sys

from tests import ports
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
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        ports._held.pop().close()  # noqa: SLF001 - as if nobody had been given it
        assert free_port() != taken.getsockname()[1]
