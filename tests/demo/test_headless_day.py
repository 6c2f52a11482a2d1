from __future__ import annotations

import json
from pathlib import Path

import pytest

from demo.main import main

pytestmark = pytest.mark.slow


def run(tmp_path: Path, *words: str) -> tuple[int, dict[str, object]]:
    out = tmp_path / "out.json"
    folder = tmp_path / "demo"
    status = main(
        ["--headless", "--shipments", "60", "--seconds", "3", "--folder", str(folder), "--json", str(out), *words]
    )
    return status, json.loads(out.read_text())


def test_a_small_day_adds_up(tmp_path: Path) -> None:
    status, told = run(tmp_path)
    assert told["problems"] == []
    assert status == 0
    assert told["shipments"] == 60


def test_a_day_with_a_server_killed_at_noon_adds_up_too(tmp_path: Path) -> None:
    status, told = run(tmp_path, "--kill-at", "10:30")
    assert told["problems"] == []
    assert told["server_restarts"] == 1
    assert status == 0
