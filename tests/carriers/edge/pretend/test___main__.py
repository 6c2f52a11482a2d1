"""The pretend carrier as a process: it answers, and goes on after it was killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import httpx

from logistics.carriers.edge.pretend.__main__ import arguments
from tests.ports import free_port

ORDER = {"reference": "con_1", "recipient": {"name": "王芳"}, "weight_g": 500}


def start(port: int, state: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "logistics.carriers.edge.pretend", "--port", str(port), "--state", str(state)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[4])
    for _ in range(200):
        try:
            httpx.get(f"http://127.0.0.1:{port}/clock", trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return process
    process.kill()
    raise AssertionError("the carrier did not open")


def test_it_goes_on_after_it_was_killed(tmp_path: Path) -> None:
    port, state = free_port(), tmp_path / "carrier.json"
    base = f"http://127.0.0.1:{port}"
    first = start(port, state)
    try:
        waybill_no = httpx.post(f"{base}/waybills", json=ORDER, trust_env=False).json()["waybill_no"]
    finally:
        first.kill()
        first.wait()
    second = start(port, state)
    try:
        again = httpx.post(f"{base}/waybills", json=ORDER, trust_env=False)
        assert (again.status_code, again.json()["waybill_no"]) == (200, waybill_no)
    finally:
        second.kill()
        second.wait()


def test_the_command_line_has_quiet_defaults() -> None:
    given = arguments().parse_args(["--port", "1"])
    assert (given.speed, given.hostile, given.callback, given.state) == (0.0, 0.0, "", None)
