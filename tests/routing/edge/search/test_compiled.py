from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from logistics.routing.edge.search import compiled


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    compiled.cache_folder.cache_clear()


def test_the_folder_is_named_by_the_content_of_the_kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "FOLDERS", (tmp_path,))
    whole = compiled.cache_folder()
    compiled.cache_folder.cache_clear()
    monkeypatch.setattr(compiled, "KERNELS", compiled.KERNELS[:-1])
    assert whole is not None
    assert whole.parent == tmp_path
    assert compiled.cache_folder() != whole


def test_all_kernels_count() -> None:
    """A kernel that is forgotten here would be run as it was before its last change."""
    folder = Path(compiled.__file__).parent
    marks = ("@part", "@block", "@entry", "_COLUMNS = ")
    files = {path.stem for path in folder.glob("*.py") if any(f"\n{mark}" in path.read_text() for mark in marks)}
    assert files <= set(compiled.KERNELS)


def test_kernels_nobody_looked_for_in_a_month_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "FOLDERS", (tmp_path,))
    kept = compiled.cache_folder()
    assert kept is not None
    now_s = (kept / "probe").stat().st_mtime
    for name, days in (("kernels-lately", 29), ("kernels-old", 31), ("others-old", 31)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "code").touch()
        (tmp_path / name / "probe").touch()
        os.utime(tmp_path / name / "probe", (now_s - days * 86_400,) * 2)
    (tmp_path / "kernels-a-file").touch()
    compiled.cache_folder.cache_clear()
    assert compiled.cache_folder() == kept
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == sorted([kept.name, "kernels-a-file", "kernels-lately", "others-old"])


def test_without_a_folder_it_is_said_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(compiled, "FOLDERS", (tmp_path / "file",))
    with caplog.at_level(logging.WARNING):
        assert compiled.cache_folder() is None
    assert "compiled anew" in caplog.text
