from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.routing.instance import UnreadableError
from benchmarks.routing.reading import read_instance
from tests.benchmarks.routing.files import CVRP, VRPDO, VRPTW, write

TABLE = "instance,best_known,routes,proved\nGH/tiny,280,,\nPCVRPTW/tiny,999,,\nVRPDO/shops,25.1,2,yes\nlonely,7,,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay a table of best known values beside two folders of instances."""
    write(tmp_path, "best_known.csv", TABLE)
    for name in ("GH", "elsewhere"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_the_best_known_value_lies_beside_the_folder(folder: Path) -> None:
    instance = read_instance(write(folder / "GH", "tiny.vrp", VRPTW))
    assert (instance.best_known, instance.best_known_routes) == (280, None)
    assert instance.gap_percent(294) == 5.0


def test_in_another_folder_it_is_found_by_the_family(folder: Path) -> None:
    assert read_instance(write(folder / "elsewhere", "tiny.vrp", VRPTW)).best_known == 280
    shops = read_instance(write(folder / "elsewhere", "shops.txt", VRPDO))
    assert (shops.best_known, shops.best_known_routes) == (25.1, 2)
    assert read_instance(write(folder / "elsewhere", "lonely.vrp", CVRP)).best_known == 7


def test_without_one_there_is_no_gap(folder: Path) -> None:
    unknown = read_instance(write(folder / "elsewhere", "new.vrp", CVRP))
    assert (unknown.best_known, unknown.gap_percent(30)) == (None, None)


def test_another_table_may_be_named(folder: Path, tmp_path: Path) -> None:
    path = write(folder / "GH", "tiny.vrp", VRPTW)
    table = write(tmp_path, "mine.csv", "instance,best_known\ntiny,140\n")
    assert read_instance(path, best_known=table).best_known == 140


def test_what_is_neither_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"letter\.txt: format: neither VRPLIB"):
        read_instance(write(tmp_path, "letter.txt", "Dear Sir or Madam\n"))
    with pytest.raises(UnreadableError, match=r"none\.vrp: file: No such file"):
        read_instance(tmp_path / "none.vrp")
