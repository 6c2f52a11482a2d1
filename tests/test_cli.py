from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from logistics import cli
from logistics.access.edge.handlers import log_in
from logistics.kit.edge.clock import monotonic_s
from logistics.kit.edge.db import Database
from tests.house.source import ROOT
from tests.ports import free_port

START_S_MAX = 60.0


@pytest.fixture
def database_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name a database in a folder that is not there yet."""
    url = f"sqlite:///{tmp_path / 'var' / 'x.db'}"
    monkeypatch.setenv("LOGISTICS_DATABASE_URL", url)
    return url


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line in this process; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["logistics", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return int(end.value.code or 0)


def test_the_first_operator_can_log_in(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "create-operator", "anna", "--password", "correct horse battery") == 0
    database = Database(database_url)
    with database.transaction() as tx:
        assert log_in("anna", "correct horse battery", tx=tx)
    database.close()


@pytest.mark.usefixtures("database_url")
def test_a_refusal_is_a_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "create-operator", "anna", "--password", "x") == 2
    assert "password" in capsys.readouterr().err


def test_the_description_is_openapi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "openapi") == 0
    description = json.loads(capsys.readouterr().out)
    assert description["openapi"].startswith("3.1")
    assert "/v1/shipments" in description["paths"]


@pytest.mark.usefixtures("database_url")
def test_tables_come_and_go(monkeypatch: pytest.MonkeyPatch) -> None:
    for revision in ("head", "base", "head"):
        assert run(monkeypatch, "migrate", revision) == 0


@pytest.mark.parametrize(
    ("variable", "other", "options"),
    [
        ("LOGISTICS_PORT", "LOGISTICS_FEED_PORT", []),
        ("LOGISTICS_PORT", "LOGISTICS_FEED_PORT", ["--no-work"]),
        ("LOGISTICS_FEED_PORT", "LOGISTICS_PORT", []),
    ],
)
@pytest.mark.usefixtures("database_url")
def test_a_port_that_is_taken_is_named_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str, other: str, options: list[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as another:
        port = another.getsockname()[1]
        monkeypatch.setenv(variable, str(port))
        monkeypatch.setenv(other, str(free_port()))
        assert run(monkeypatch, "serve", *options) == 2
    assert f"{variable}: port {port} of 127.0.0.1 cannot be had" in capsys.readouterr().err


@pytest.mark.usefixtures("database_url")
def test_a_host_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LOGISTICS_HOST", "no host")
    assert run(monkeypatch, "serve") == 2
    assert "LOGISTICS_HOST: 'no host' is no address" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.usefixtures("database_url")
def test_serve_answers_and_ends_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("LOGISTICS_PORT", str(port))
    monkeypatch.setenv("LOGISTICS_FEED_PORT", str(free_port()))
    with subprocess.Popen([sys.executable, "-m", "logistics.cli", "serve"], cwd=ROOT) as server:
        try:
            assert answers(f"http://127.0.0.1:{port}/readyz")
        finally:
            server.terminate()
        assert server.wait(timeout=20) in {0, -15}


def answers(url: str) -> bool:
    until = monotonic_s() + START_S_MAX
    while monotonic_s() < until:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - an address of our own
                return bool(answer.status == 200)
        except OSError:
            continue
    return False
