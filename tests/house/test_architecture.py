"""``ARCHITECTURE.md`` is one page, and each of its rules names the test that holds it."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.source import ROOT

PAGE = ROOT / "ARCHITECTURE.md"
LINES_MAX = 130
INVARIANT = re.compile(r"^(?:- )?Invariant: (?P<rule>.+)$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`|`(lint-imports): ([\w-]+)`")


def invariants() -> list[str]:
    return [match["rule"] for match in INVARIANT.finditer(PAGE.read_text(encoding="utf-8"))]


def test_the_page_is_one_page() -> None:
    assert len(PAGE.read_text(encoding="utf-8").splitlines()) <= LINES_MAX


def test_there_are_rules() -> None:
    assert len(invariants()) >= 10


@pytest.mark.parametrize("rule", invariants(), ids=lambda rule: rule[:60])
def test_each_rule_names_a_test_that_exists(rule: str) -> None:
    named = list(TEST.finditer(rule))
    assert named, f"which test holds this? {rule}"
    for match in named:
        if match[3]:
            assert f'id = "{match[4]}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
            continue
        path = ROOT / match[1]
        assert path.exists(), f"there is no {match[1]}"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert match[2] in functions, f"{match[1]} has no {match[2]}"


def test_each_decision_says_why_and_what_was_refused() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name.split("-")[0] for page in pages]
    assert all(len(number) == 4 and number.isdecimal() for number in numbers)
    assert len(set(numbers)) == len(numbers), "two decisions have one number"
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for heading in ("## Context", "## Decision", "## Consequences", "## Refused"):
            assert heading in text, f"{page.name} lacks {heading}"
