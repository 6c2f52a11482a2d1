"""The platform and the pretend carrier as the demo runs them: on this machine alone, with a clock that can be set."""

from __future__ import annotations

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from demo.founding import CALLBACK_SECRET, CARRIER, CARRIER_SECRET, OPERATOR, PASSWORD
from demo.ground import Ground
from demo.processes import Died, Program, run_once

HOST = "127.0.0.1"
READY_S_MAX = 60.0
PAUSE_S = 0.1
FOUND_S_MAX = 60.0
PORTS = 3  # the platform, its live feed, the carrier
TRIES = 50
ANY_FIRST, ANY_WIDTH = 28_000, 1_200  # three each; from 32,768 on a system takes ports for connections going out
DATABASE = "demo.db"
CARRIER_STATE = "carrier.json"


@dataclass(frozen=True, slots=True)
class Ports:
    """Where everything listens."""

    platform: int
    feed: int
    carrier: int

    @property
    def url(self) -> str:
        """The platform's address."""
        return f"http://{HOST}:{self.platform}"

    @property
    def feed_url(self) -> str:
        """The live feed's address."""
        return f"ws://{HOST}:{self.feed}/v1/feed"

    @property
    def carrier_url(self) -> str:
        """The carrier's address."""
        return f"http://{HOST}:{self.carrier}"


def free_ports(wanted: int) -> Ports:
    """Return three ports in a row that are free, from the wanted one on; 0 takes any."""
    first = wanted or _any_free()
    for start in range(first, first + TRIES * PORTS, PORTS):
        if all(_is_free(port) for port in range(start, start + PORTS)):
            return Ports(start, start + 1, start + 2)
    raise Died(f"No three free ports in a row from {first} on.")


def _any_free() -> int:
    """Return where to look first: most likely elsewhere than another demo does, and below what a system hands out."""
    return ANY_FIRST + os.getpid() % ANY_WIDTH * PORTS


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0


class House:
    """Both programs, and the database between two starts."""

    def __init__(self, folder: Path, ports: Ports, ground: Ground) -> None:
        self.folder = folder
        self.ports = ports
        self.env = _environment(folder, ports, ground)
        logs = folder / "logs"
        carrier = (
            "--port", str(ports.carrier),
            "--callback", f"{ports.url}/v1/carriers/{CARRIER}/callback/{CALLBACK_SECRET}",
            "--salt", CARRIER_SECRET,
            "--seed", str(ground.world.seed),
            "--hostile", "1",  # pushes doubled, late, contradictory: the story has to come out the same
            "--state", str(folder / CARRIER_STATE),
        )  # fmt: skip
        self.server = Program("logistics.cli", ["serve"], env=self.env, log=logs / "server.log")
        self.carrier = Program("logistics.carriers.edge.pretend", carrier, env=self.env, log=logs / "carrier.log")

    def open(self) -> None:
        """Make the first account if there is none, start both programs, wait until the platform answers."""
        if not (self.folder / DATABASE).exists():
            make = ["create-operator", OPERATOR, "--password", PASSWORD]
            run_once("logistics.cli", make, env=self.env, timeout_s=FOUND_S_MAX)
        self.server.start()
        self.carrier.start()
        self._await_answer()

    def close(self) -> None:
        """Stop both."""
        self.carrier.stop()
        self.server.stop()

    def _await_answer(self) -> None:
        deadline = time.monotonic() + READY_S_MAX
        while time.monotonic() < deadline and self.server.alive:
            try:
                if httpx.get(f"{self.ports.url}/readyz", timeout=2).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(PAUSE_S)
        raise Died(f"The platform does not answer. Its last words:\n{self.server.last_words()}")


def _environment(folder: Path, ports: Ports, ground: Ground) -> dict[str, str]:
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "HOST": HOST,
        "PORT": str(ports.platform),
        "FEED_PORT": str(ports.feed),
        "PUBLIC_URL": ports.url,
        "FEED_URL": ports.feed_url,
        "PRODUCT_NAME": "Logistics demo",
        "CLOCK_ANCHORED": "1",
        "EGRESS_LOOPBACK": "1",
        "REQUESTS_PER_S_MAX": "10000",
        "REQUESTS_BURST_MAX": "20000",
        "MAP_DIR": str(ground.map_dir.resolve()) if ground.map_dir else "",
        "ROADS_FILE": str(ground.roads.resolve()) if ground.roads else "",
    }
    return {f"LOGISTICS_{name}": value for name, value in settings.items()}
