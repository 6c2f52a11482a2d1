from __future__ import annotations

import sys

import pytest

from benchmarks import __main__ as program
from benchmarks import replan


def test_a_benchmark_named_is_run_without_taking_the_name_for_an_option(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "replan"])
    monkeypatch.setattr(replan, "measured_days", lambda *_: iter(()))
    assert program.main(["replan"]) == 0
    assert capsys.readouterr().out.startswith("== replan\n| case |")


def test_an_unknown_name_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["replam"]) == 2
    assert "insertion_http, played, quotes, replan" in capsys.readouterr().out.replace("ingest, ", "")
