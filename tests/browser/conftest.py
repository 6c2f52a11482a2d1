"""A real server in a process of its own, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright
from typer.testing import CliRunner

from logistics.cli import app
from tests.browser.platform import Platform
from tests.conftest import skip_loudly
from tests.living import PASSWORD
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
READY_S_MAX = 60.0
PAUSE_S = 0.2
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give an installed Chromium, or say loudly that nothing was seen in a browser."""
    path = shutil.which("chromium")
    if path is None:
        skip_loudly("the screens in a browser: there is no Chromium (apt-get install chromium fonts-noto-cjk)")
    if not (ROOT / "web" / "dist" / "track.html").is_file():
        skip_loudly("the screens in a browser: they are not built (python3 run.py setup)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """Start a platform with everything in its background at work; end it afterwards."""
    port, feed = free_port(), free_port()
    settings = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'browser.db'}", "PORT": port, "FEED_PORT": feed,
        "PUBLIC_URL": f"http://127.0.0.1:{port}", "FEED_URL": f"ws://127.0.0.1:{feed}/v1/feed",
        "WEB_DIR": ROOT / "web" / "dist", "EGRESS_LOOPBACK": 1,
    }  # fmt: skip
    environment: dict[str, Any] = {
        **os.environ,  # noqa: TID251 - a program needs its path and home
        **{f"LOGISTICS_{name}": str(value) for name, value in settings.items()},
    }
    command = [sys.executable, "-m", "logistics.cli"]
    made = CliRunner().invoke(app, ["create-operator", "operator", "--password", PASSWORD], env=environment)
    assert made.exit_code == 0, made.output
    with subprocess.Popen([*command, "serve"], env=environment, cwd=ROOT) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", server)
            yield Platform(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_S_MAX
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended before it answered"
        try:
            if httpx.get(url, timeout=2).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(PAUSE_S)
    raise AssertionError("the server does not answer")
