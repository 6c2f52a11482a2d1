"""One word, one meaning: words that ``docs/glossary.md`` marks with * are identifiers nowhere in the platform."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest

from tests.house.source import ROOT, Source, sources

GLOSSARY = ROOT / "docs" / "glossary.md"


@cache
def banned_words() -> frozenset[str]:
    """Read the marked words from the last column of the glossary's tables."""
    rows = (line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| "))
    return frozenset(word for row in rows for word in re.findall(r"([a-z_]+)\*", row.rstrip(" |").rpartition("|")[2]))


def identifiers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Name every identifier that a file makes up or uses, with its line; texts and comments are free."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Name):
            yield node.id, line
        elif isinstance(node, ast.Attribute):
            yield node.attr, line
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, line
        elif isinstance(node, ast.arg) or (isinstance(node, ast.keyword) and node.arg):
            yield str(node.arg), line


def words_of(identifier: str) -> set[str]:
    """Split ``DropStop`` and ``drop_stops`` into words, and keep neighbours together: ``access_point``."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower()
    parts = [part for part in snake.split("_") if part]
    names = {*parts, *("_".join(pair) for pair in pairwise(parts))}
    return names | {name.removesuffix("s") for name in names}


def test_the_glossary_marks_words() -> None:
    assert {"package", "awb", "tour", "hop", "access_point", "consignee", "checkpoint"} <= banned_words()


@pytest.mark.parametrize(
    ("identifier", "found"),
    [
        ("tour", True),
        ("Tour", True),
        ("list_tours", True),
        ("TourPlan", True),
        ("contour", False),
        ("accessPoint", True),
    ],
)
def test_words_are_found_within_names(identifier: str, found: bool) -> None:  # noqa: FBT001 - a table's verdict
    assert bool(words_of(identifier) & banned_words()) is found


@pytest.mark.parametrize("source", [one for one in sources() if not one.is_adapter], ids=lambda one: one.name)
def test_no_banned_word_is_a_name(source: Source) -> None:
    module_names = {name for path in source.imports() for name in path.split(".")}
    wrong = sorted(
        {
            f"line {line}: {identifier}"
            for identifier, line in identifiers(source.tree)
            if words_of(identifier) & banned_words() and identifier not in module_names
        }
    )
    assert not wrong, f"{source.name}: {wrong}; docs/glossary.md says what to write instead"


def test_files_are_named_without_banned_words() -> None:
    assert not [source.name for source in sources() if any(words_of(part) & banned_words() for part in source.parts)]
