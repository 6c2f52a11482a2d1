"""Nothing that is committed names a package registry or a path of somebody's machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.source import ROOT, tracked_files

# Written in pieces, so that this file does not contain what it looks for.
HOSTS = [
    r"pypi" + r"\.org",
    r"files\." + r"pythonhosted",
    r"registry" + r"\.(npmjs|yarnpkg|npmmirror|[a-z-]+\.[a-z]{2,})",
    r"deb\." + r"debian\.org",
    r"index-url" + r"\s*=",
    r"/simple" + r"/(?=[\"'\s]|$)",
    r"/packages/" + r"[0-9a-f]{2}/[0-9a-f]{2}/",
]
PATHS = [r"(?:^|[^a-z.\w])/" + folder + r"/" for folder in ("w" + "ork", "ro" + "ot", "f" + "arm", "ho" + "me/[a-z]")]
FORBIDDEN = re.compile("|".join(HOSTS + PATHS), re.MULTILINE)
BINARY = {".png", ".jpg", ".webp", ".ico", ".woff2", ".pmtiles", ".pbf", ".xlsx", ".zip", ".gz"}


def texts() -> list[Path]:
    return [path for path in tracked_files() if path.suffix not in BINARY]


def test_no_registry_and_no_machine_is_named() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{text.count(chr(10), 0, match.start()) + 1}: {match.group().strip()}"
        for path in texts()
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        for match in FORBIDDEN.finditer(text)
    ]
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "https://py" + "pi.org/simple" + "/x",
        "see /wo" + "rk/main",
        '"https://registry' + '.npmjs.org/a"',
        "cd /ro" + "ot/x",
    ],
)
def test_what_is_looked_for_is_found(text: str) -> None:
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize("text", ["../shared/data", "a registry.get(x)", "/workers/", "work/main", "homework/x"])
def test_what_is_harmless_is_not(text: str) -> None:
    assert not FORBIDDEN.search(text)


def test_large_files_are_not_committed() -> None:
    heavy = [path.relative_to(ROOT).as_posix() for path in tracked_files() if path.stat().st_size > 2_000_000]
    assert not heavy
