"""The programs of the demo: the platform and the pretend carrier, each a process of its own.

A program that dies is started again, as any keeper of services does; how often is counted.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WATCH_S = 0.1
RESTARTS_MAX = 5
STOP_S = 10.0


class Died(Exception):  # noqa: N818 - what happened, not what to do
    """A program died too often to be started again."""


class Program:
    """One program, kept alive until it is stopped."""

    def __init__(self, module: str, args: Sequence[str], *, env: Mapping[str, str], log: Path) -> None:
        self.module = module
        self.restarts = 0
        self._command = [sys.executable, "-m", module, *args]
        self._env = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", **env}
        self._log = log
        self._wanted = False
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and a thread that starts it again."""
        self._wanted = True
        self._spawn()
        threading.Thread(target=self._keep, name=f"keeper of {self.module}", daemon=True).start()

    def kill(self) -> None:
        """Kill it as a power cut would: no warning, no farewell."""
        with self._lock:
            if self._process:
                self._process.kill()

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        self._wanted = False
        with self._lock:
            process = self._process
        if not process:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    @property
    def alive(self) -> bool:
        """Tell whether it runs, or will be started again."""
        return self._wanted and self.restarts <= RESTARTS_MAX

    def last_words(self, lines: int = 15) -> str:
        """Return the end of its log."""
        if not self._log.exists():
            return ""
        return "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def _spawn(self) -> None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._lock, self._log.open("ab") as log:
            # Its own session, so that Ctrl-C reaches us alone and we end it in order.
            self._process = subprocess.Popen(  # noqa: S603 - our own module by our own interpreter
                self._command, env=self._env, stdout=log, stderr=log, start_new_session=True
            )

    def _keep(self) -> None:
        while self._wanted:
            time.sleep(WATCH_S)
            process = self._process
            if process and process.poll() is not None and self._wanted:
                self.restarts += 1
                if self.restarts > RESTARTS_MAX:
                    return
                self._spawn()


def run_once(module: str, args: Sequence[str], *, env: Mapping[str, str], timeout_s: float) -> str:
    """Run a program to its end and return what it said; raises with its last words if it failed."""
    done = subprocess.run(  # noqa: S603 - our own module by our own interpreter
        [sys.executable, "-m", module, *args],
        env={"PATH": os.defpath, "LANG": "C.UTF-8", **env},
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    if done.returncode:
        raise Died(f"{module} {' '.join(args[:1])} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return done.stdout
