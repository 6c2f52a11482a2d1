from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.routing.instance import UnreadableError
from benchmarks.routing.vrplib_text import parse_vrplib
from tests.benchmarks.routing.files import CVRP, DEPOTS

HERE = Path("tiny.vrp")


def test_keys_are_read_with_and_without_space_and_values_without_quotes() -> None:
    text = parse_vrplib(HERE, CVRP)
    assert text.specifications["NAME"] == "tiny-n4"
    assert text.specifications["COMMENT"] == "by: hand"
    assert text.number("CAPACITY") == 5
    assert text.number("VEHICLES") is None


def test_line_ends_of_either_kind_are_read() -> None:
    text = parse_vrplib(HERE, DEPOTS)
    assert text.specifications["NAME"] == "md"
    assert text.rows("NODE_COORD", 4, 2) == [(0, 0), (6, 8), (3, 4), (0, 5)]


def test_nothing_after_the_end_is_read() -> None:
    assert "MORE" not in parse_vrplib(HERE, f"{CVRP}\nMORE : 1\n").specifications


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("4 0 5\n", "", "NODE_COORD_SECTION: has 3 rows where 4 are due"),
        ("4 0 5\n", "5 0 5\n", "NODE_COORD_SECTION: row 4 is numbered 5"),
        ("4 0 5\n", "4 0\n", "NODE_COORD_SECTION: row 4 has 2 words, not 3"),
        ("4 0 5\n", "4 0 north\n", "NODE_COORD_SECTION: 'north' is no number"),
    ],
)
def test_a_section_that_does_not_fit_is_named(was: str, becomes: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=f"tiny.vrp: {said}"):
        parse_vrplib(HERE, CVRP.replace(was, becomes)).rows("NODE_COORD", 4, 2)


def test_a_line_that_belongs_nowhere_is_refused() -> None:
    with pytest.raises(UnreadableError, match="line 1: 'just words' is neither"):
        parse_vrplib(HERE, "just words\n")
