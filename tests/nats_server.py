"""A real NATS server from its wheel, for tests."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

START_S_MAX = 10.0


def find_nats_server() -> Path | None:
    """Return the server's program: beside this interpreter, where the wheel puts it, or on the path."""
    beside = Path(sys.executable).with_name("nats-server")
    found = beside if beside.exists() else shutil.which("nats-server")
    return Path(found) if found else None


class NatsServer:
    """Starts on a free port; after a stop it starts again on the same one."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._port = -1  # a free one
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self._port}"

    def start(self) -> None:
        args = ["-a", "127.0.0.1", "-p", str(self._port), "--ports_file_dir", str(self._folder)]
        self._process = subprocess.Popen(
            [str(self._program), *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._port = self._read_port(self._folder / f"nats-server_{self._process.pid}.ports")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=START_S_MAX)
            self._process = None

    def _read_port(self, file: Path) -> int:
        until = time.monotonic() + START_S_MAX
        while time.monotonic() < until:
            if file.exists() and (text := file.read_text()):
                return int(json.loads(text)["nats"][0].rsplit(":", 1)[1])
            time.sleep(0.02)
        raise AssertionError("the NATS server did not start")
