"""Where the demo listens."""

from __future__ import annotations

import os
import socket

import pytest

from demo import house
from demo.house import HOST, free_ports


@pytest.mark.parametrize("pid", [1, 1_199, 1_200, 4_194_303])
def test_any_ports_are_below_those_a_system_hands_out(pid: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getpid", lambda: pid)
    assert free_ports(0).carrier < 32_768


def test_two_demos_at_once_look_at_different_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "_is_free", lambda _port: True)
    monkeypatch.setattr(os, "getpid", lambda: 700)
    one = free_ports(0)
    monkeypatch.setattr(os, "getpid", lambda: 701)
    other = free_ports(0)
    assert not {one.platform, one.feed, one.carrier} & {other.platform, other.feed, other.carrier}


def test_a_port_somebody_listens_on_is_passed_over() -> None:
    wanted = free_ports(0).platform
    with socket.create_server((HOST, wanted)):
        assert free_ports(wanted).platform > wanted
