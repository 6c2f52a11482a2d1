"""What is kept of tables, for how long, and that nothing wrong is ever read back."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from logistics.kit.geo import Point
from logistics.routing.edge.table_cache import UNKNOWN, Known, TableCache, copied, empty, key_of, rounded

A, B, C = Point(lat=30.0, lon=120.0), Point(lat=-30.00001, lon=-0.00002), Point(lat=30.2, lon=120.2)


def filled(points: list[Point], figure: float = 7.5) -> Known:
    known = empty(points)
    known.seconds[:] = known.metres[:] = figure
    known.off_m[:] = 3
    return known


def test_what_is_written_is_read(tmp_path: Path) -> None:
    TableCache(tmp_path).write("OSRM at x", "1", filled([A, B]))
    known = TableCache(tmp_path).read("OSRM at x", "1")
    assert sorted(known.numbers()) == sorted([key_of(A), key_of(B)])
    assert known.seconds.tolist() == [[7.5, 7.5], [7.5, 7.5]]
    assert known.off_m.tolist() == [3, 3]


@pytest.mark.parametrize(("server", "version"), [("OSRM at y", "1"), ("OSRM at x", "2"), ("OSRM at x", "")])
def test_each_map_of_each_server_is_kept_apart(tmp_path: Path, server: str, version: str) -> None:
    TableCache(tmp_path).write("OSRM at x", "1", filled([A, B]))
    assert len(TableCache(tmp_path).read(server, version)) == 0


def test_nothing_is_kept_without_a_folder_or_a_version(tmp_path: Path) -> None:
    TableCache(None).write("s", "1", filled([A]))
    TableCache(tmp_path).write("s", "", filled([A]))
    assert list(tmp_path.iterdir()) == []


def test_old_places_stay_as_long_as_there_is_room(tmp_path: Path) -> None:
    cache = TableCache(tmp_path, places_max=3)
    cache.write("s", "1", filled([A, B], 1))
    cache.write("s", "1", filled([B, C], 2))
    known = cache.read("s", "1")
    at = {name: known.numbers()[key_of(point)] for name, point in (("A", A), ("B", B), ("C", C))}
    assert known.seconds[at["A"], at["B"]] == 1  # only the first day knew it
    assert known.seconds[at["B"], at["B"]] == 2  # the later word counts
    assert known.seconds[at["A"], at["C"]] == UNKNOWN  # never asked
    cache.write("s", "1", filled([Point(lat=1, lon=1), Point(lat=2, lon=2)], 3))
    assert len(cache.read("s", "1")) == 3
    assert key_of(A) not in cache.read("s", "1").numbers()  # asked for longest ago


def test_the_oldest_files_go(tmp_path: Path) -> None:
    cache = TableCache(tmp_path, files_max=2)
    for number in range(4):
        cache.write("s", str(number), filled([A]))
        for age, file in enumerate(sorted(tmp_path.iterdir(), key=lambda one: -one.stat().st_mtime)):
            os.utime(file, (1000 - age, 1000 - age))
    assert [len(cache.read("s", str(number))) for number in range(4)] == [0, 0, 1, 1]


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_a_file_that_is_broken_is_as_good_as_none(tmp_path: Path, content: bytes | None) -> None:
    cache = TableCache(tmp_path)
    cache.write("s", "1", filled([A, B]))
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-30] if content is None else content)
    assert len(cache.read("s", "1")) == 0
    cache.write("s", "1", filled([A]))
    assert len(cache.read("s", "1")) == 1


def test_a_table_that_is_not_square_is_not_believed(tmp_path: Path) -> None:
    cache = TableCache(tmp_path)
    cache.write("s", "1", filled([A, B]))
    (file,) = tmp_path.iterdir()
    with file.open("wb") as out:
        np.savez(out, keys=np.zeros((2, 2), int), seconds=np.zeros((2, 3)), metres=np.zeros((2, 2)), off_m=np.zeros(2))
    assert len(cache.read("s", "1")) == 0


def test_a_folder_that_cannot_be_written_is_no_accident(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    cache = TableCache(tmp_path / "taken")
    cache.write("s", "1", filled([A]))
    assert len(cache.read("s", "1")) == 0


def test_only_the_same_places_are_copied() -> None:
    into = empty([C, A])
    copied(filled([A, B]), into)
    assert into.seconds.tolist() == [[0, UNKNOWN], [UNKNOWN, 7.5]]


def test_places_are_rounded_to_about_a_metre() -> None:
    assert rounded(Point(lat=30.000004, lon=120.000006)) == Point(lat=30.0, lon=120.00001)
