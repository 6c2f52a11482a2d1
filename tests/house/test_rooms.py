"""The rooms have their names, front rooms are pure, and nothing grows without end."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.house.source import ENTRANCES, HOUSE, ROOT, Source, sources

LINES_MAX = 500
NAMES_REFUSED = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "base", "shared"}
EDGE_ROOMS = {"tables", "store", "handlers", "api", "schemas", "jobs"}

# What the standard library has to touch the world with; a front room gets time, chance and content as arguments.
WORLD = {
    "asyncio", "concurrent", "ftplib", "glob", "http", "imaplib", "mmap", "multiprocessing", "os", "pathlib", "poplib",
    "queue", "random", "sched", "secrets", "select", "selectors", "shelve", "shutil", "signal", "smtplib", "socket",
    "socketserver", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time", "urllib.request", "uuid",
}  # fmt: skip
STORES_BY_ANOTHER_NAME = {
    "logistics/settlement/edge/books.py": "the ledger's store: legs and balances only move together",
}
CALLS_REFUSED = {"open", "input", "print", "exec", "eval"}
OUTSIDE_ALLOWED = {"numpy"}

FRONT = [source for source in sources() if source.is_front]


def named(source: Source) -> str:
    return source.name


def outside(imported: str) -> bool:
    """Tell whether an imported name is neither ours nor the standard library's."""
    top = imported.partition(".")[0]
    return top != "logistics" and top not in sys.stdlib_module_names


@pytest.mark.parametrize("source", FRONT, ids=named)
def test_a_front_room_knows_no_edge_and_no_library(source: Source) -> None:
    strangers = {name for name in source.imports() if outside(name) and name.partition(".")[0] not in OUTSIDE_ALLOWED}
    assert not strangers, f"{source.name} decides; {strangers} belong behind edge/"
    edges = {name for name in source.imports() if ".edge." in f"{name}."}
    assert not edges, f"{source.name} decides; it must not know {edges}"


@pytest.mark.parametrize("source", FRONT, ids=named)
def test_a_front_room_does_not_touch_the_world(source: Source) -> None:
    touched = {name for name in source.imports() for world in WORLD if f"{name}.".startswith(f"{world}.")}
    assert not touched, f"{source.name}: {touched} belong behind edge/"
    calls = {
        node.func.id
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS_REFUSED
    }
    assert not calls, f"{source.name} calls {calls}"
    waits = [node.lineno for node in ast.walk(source.tree) if isinstance(node, ast.Await | ast.AsyncFunctionDef)]
    assert not waits, f"{source.name} waits in lines {waits}: decide-code never does"


def test_routing_decides_without_knowing_a_shipment() -> None:
    known = {
        name
        for source in FRONT
        if source.package == "routing"
        for name in source.imports()
        if name.startswith("logistics.") and not name.startswith(("logistics.kit.", "logistics.routing."))
    }
    assert not known


@pytest.mark.parametrize("source", sources(), ids=named)
def test_a_file_says_what_is_in_it_and_stays_readable(source: Source) -> None:
    assert not NAMES_REFUSED & set(source.parts), f"{source.name}: the name says nothing"
    lines = len(source.text.splitlines())
    assert lines <= LINES_MAX, f"{source.name} has {lines} lines: it knows too much"
    if source.text.strip():
        assert ast.get_docstring(source.tree), f"{source.name} does not say what it decides"


def test_edge_rooms_stay_at_the_edge() -> None:
    misplaced = [source.name for source in FRONT if source.parts[-1] in EDGE_ROOMS]
    assert not misplaced


def test_every_room_belongs_to_a_package() -> None:
    loose = {path.stem for path in HOUSE.glob("*.py")} - ENTRANCES - {"__init__"}
    assert not loose, f"{loose} lie between the packages"
    without = [
        path
        for path in HOUSE.rglob("*")
        if path.is_dir() and list(path.glob("*.py")) and not (path / "__init__.py").exists()
    ]
    assert not without


@pytest.mark.parametrize("source", [one for one in sources() if one.parts[-1] == "tables"], ids=named)
def test_tables_are_declared_and_nothing_else(source: Source) -> None:
    functions = [
        node.name for node in source.tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert not functions, f"{source.name}: {functions} belong into store.py"


def test_queries_live_in_the_stores() -> None:
    """A query elsewhere is found by nobody: the tenant filter and the index are judged where queries are."""
    astray = [
        source.name
        for source in sources()
        if source.is_edge
        and source.package not in {"kit", "access"}
        and source.parts[-1] not in {"store", "jobs", "tables"}
        and source.name not in STORES_BY_ANOTHER_NAME
        and any(name in {"sqlmodel.select", "sqlalchemy.select", "sqlalchemy.text"} for name in source.imports())
    ]
    assert not astray


def test_news_is_told_in_events() -> None:
    astray = [
        f"{source.name}: {node.name}"
        for source in sources()
        for node in source.tree.body
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "News" for base in node.bases)
        and source.parts[-1] != "events"
    ]
    assert not astray


def test_the_project_is_where_we_think_it_is() -> None:
    assert (ROOT / "pyproject.toml").exists()
    assert len(sources()) > 20
