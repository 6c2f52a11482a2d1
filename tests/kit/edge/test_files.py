from __future__ import annotations

from pathlib import Path

import pytest

from logistics.kit.edge.files import FILE_BYTES_MAX, Files, media_type, write_atomically
from logistics.kit.errors import Invalid, NotFound, TooLarge

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"RIFF\x00\x00\x00\x00WAVE", ""),
        (b"<svg onload=alert(1)>", ""),
        (b"", ""),
    ],
)
def test_the_first_bytes_say_what_it_is(data: bytes, kind: str) -> None:
    assert media_type(data) == kind


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    files = Files(tmp_path)
    key = files.keep(PNG)
    assert files.get(key) == (PNG, "image/png")


def test_keeping_twice_is_keeping_once(tmp_path: Path) -> None:
    files = Files(tmp_path)
    assert files.keep(PNG) == files.keep(PNG)
    assert len([one for one in tmp_path.rglob("*") if one.is_file()]) == 1


def test_what_is_no_picture_is_refused_with_its_field(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refusal:
        Files(tmp_path).keep(b"#!/bin/sh", "proof.data")
    assert refusal.value.errors[0].field == "proof.data"


def test_too_much_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        Files(tmp_path).keep(PNG + b"x" * FILE_BYTES_MAX)


@pytest.mark.parametrize("key", ["0" * 64, "../../etc/passwd", "", "A" * 64, "0" * 63 + "/"])
def test_a_key_leads_nowhere_else(tmp_path: Path, key: str) -> None:
    with pytest.raises(NotFound):
        Files(tmp_path).get(key)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    write_atomically(path, b"old")

    def full(_fd: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
