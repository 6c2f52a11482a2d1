"""Tests mirror the source: who changes a file knows where its tests are, and a file without tests is seen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.source import HOUSE, ROOT, Source, sources

TESTS = ROOT / "tests"
GRACE = TESTS / "house" / "tested_elsewhere.txt"
HAS_NO_LOGIC = {"__init__", "tables", "events", "schemas"}  # declarations; what they decide is tested where it is used


# The four beats of an edge are tested through its routes, as its users ask it: test_api.py beside them.
TESTED_BY_ROUTES = {"store", "handlers"}


def grace() -> dict[str, str]:
    """Read the list of files that are tested elsewhere: ``path: reason``."""
    lines = (line for line in GRACE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return dict((part.strip() for part in line.split(":", 1)) for line in lines)  # type: ignore[misc]  # two parts each


def test_file(source: Source) -> Path:
    """Return where the tests of a file are: the same path below ``tests/``, or those of the routes beside it.

    ``test_books_in_any_order.py`` are tests of ``books.py`` too.
    """
    own = TESTS.joinpath(*source.parts[:-1], f"test_{source.parts[-1]}.py")
    if not own.exists():
        own = next(own.parent.glob(f"test_{source.parts[-1]}_*.py"), own)
    routes = own.with_name("test_api.py")
    return routes if source.parts[-1] in TESTED_BY_ROUTES and not own.exists() and routes.exists() else own


test_file.__test__ = False  # type: ignore[attr-defined]  # its name says what it returns, not what it is

DECIDING = [one for one in sources() if one.parts[-1] not in HAS_NO_LOGIC and one.has_logic]


@pytest.mark.parametrize("source", DECIDING, ids=lambda one: one.name)
def test_every_file_with_logic_has_its_tests(source: Source) -> None:
    if source.name not in grace():
        assert test_file(source).exists(), f"{source.name} has no {test_file(source).relative_to(ROOT)}"


def test_the_list_of_exceptions_only_shrinks() -> None:
    known = {source.name: source for source in DECIDING}
    for name, reason in grace().items():
        assert name in known, f"{name} is gone or decides nothing: take it off the list"
        assert len(reason.split()) >= 3, f"{name}: the reason says nothing"
        assert not test_file(known[name]).exists(), f"{name} has its tests: take it off the list"


def test_no_test_outlives_its_file() -> None:
    """Find tests of a file that is gone; ``test_engine_cancel.py`` may stand beside ``test_engine.py``."""
    packages = {path.name for path in HOUSE.iterdir() if path.is_dir()}
    orphans = []
    for path in TESTS.rglob("test_*.py"):
        parts = path.relative_to(TESTS).parts
        if parts[0] in packages:
            beside = HOUSE.joinpath(*parts[:-1])
            names = {one.stem for one in beside.glob("*.py")} | {one.name for one in beside.glob("*/")}
            if not any(f"{path.stem}_".startswith(f"test_{name}_") for name in names):
                orphans.append(path.relative_to(ROOT).as_posix())
    assert not orphans


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds) and node.name.startswith("test_")]


def _can_fail(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether something in the test may fail by itself: an assertion, a ``raises``, a check made elsewhere.

    A property that says "this never raises" fails by raising.
    """
    if any("given" in ast.dump(decorator) for decorator in function.decorator_list):
        return True
    for node in ast.walk(function):
        if isinstance(node, ast.Assert) and not isinstance(node.test, ast.Constant):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"raises", "fail", "to_be_visible"} or name.startswith(
                ("assert_", "check", "expect", "to_", "run_")
            ):
                return True
    return False


def test_every_test_can_fail() -> None:
    cannot = [
        f"{path.relative_to(ROOT).as_posix()}:{function.lineno} {function.name}"
        for path in TESTS.rglob("test_*.py")
        for function in _functions(ast.parse(path.read_text(encoding="utf-8")))
        if function.name != "test_file" and not _can_fail(function)
    ]
    assert not cannot


def test_no_assertion_is_a_constant() -> None:
    constant = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in TESTS.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant)
    ]
    assert not constant


def test_nothing_is_skipped_or_expected_to_fail_silently() -> None:
    silent = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"xfail", "skip"}
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "mark"
    ]
    assert not silent, "a test that is switched off tests nothing; delete it or mend it"
