"""Ports for the programs that tests start."""

from __future__ import annotations

import itertools
import socket

FIRST, WIDTH = 16_000, 6_000  # both ranges lie below 32,768, from where a system takes ports for connections going out
_held: list[socket.socket] = []


def free_port() -> int:
    """Return a port nobody listens on and nobody else is given, in this process or in another, while this one lives.

    A port the system hands out for the asking is anybody's again until the program has started that shall have it. So
    each port here has a twin, ``WIDTH`` higher, which is held to the end by who was given the port.
    """
    for port in itertools.count(FIRST):
        assert port < FIRST + WIDTH, "no free port is left"
        if twin := _hold(port + WIDTH):
            _held.append(twin)
            if _is_free(port):
                return port
    raise AssertionError("counting does not end")


def _is_free(port: int) -> bool:
    probe = _hold(port)
    if probe:
        probe.close()
    return probe is not None


def _hold(port: int) -> socket.socket | None:
    held = socket.socket()
    try:
        held.bind(("127.0.0.1", port))
    except OSError:
        held.close()
        return None
    return held
