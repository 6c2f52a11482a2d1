"""Cells of a row: what cannot be read is noted with its row and column."""

from __future__ import annotations

from typing import Any

import pytest

from logistics.kit.errors import FieldError, Invalid
from logistics.routing.edge.cells import ERRORS_SHOWN_MAX, Cells, refuse


def cells(**row: Any) -> Cells:
    return Cells(row, "row 3", [], "column ")


def test_what_can_be_read_is_read() -> None:
    row = cells(a=" 7 ", b="", c="9:05", d="Cold;;tail lift ", e=["X"], f=True, g=None)
    assert (row.whole("a", 1), row.whole("b", 1), row.maybe("g"), row.clock("c")) == (7, 1, None, 9 * 3600 + 300)
    assert (row.words("d"), row.words("e")) == (frozenset({"cold", "tail lift"}), frozenset({"x"}))
    assert (row.flag("f"), row.flag("b"), row.errors) == (True, False, [])


def test_what_cannot_is_named() -> None:
    row = cells(a="-1", b="25:00", c="perhaps", d="٣", e="9" * 5_000)
    assert (row.whole("a", 4), row.clock("b"), row.flag("c"), row.maybe("d")) == (4, None, False, None)
    assert row.maybe("e") is None
    assert [one.field for one in row.errors] == [f"row 3, column {name}" for name in "abcde"]
    errors: list[FieldError] = []
    assert Cells({"a": "x"}, "vehicle 1", errors).maybe("a") is None
    assert errors[0].field == "vehicle 1, a"


def test_a_refusal_names_the_first_and_some_more() -> None:
    refuse([])
    with pytest.raises(Invalid) as refused:
        refuse([FieldError(str(number), "is wrong") for number in range(99)])
    assert len(refused.value.errors) == ERRORS_SHOWN_MAX
