"""What counts as an address, and as a table of numbers."""

from __future__ import annotations

from typing import Any

import pytest

from logistics.kit.errors import Failure, Invalid
from logistics.routing.edge.table_server import checked_url, figures
from logistics.routing.matrix import UNREACHABLE


def test_null_stands_for_no_way() -> None:
    assert figures([[0, None], [1.5, 2]], (2, 2), "it", most=9).tolist() == [[0, UNREACHABLE], [1.5, 2]]


@pytest.mark.parametrize(
    "rows", [None, 7, "12", [[1]], [[1, 2]], [[1, 2], [3]], [[1, 2], [3, "x"]], [[1, 2], [3, 10]], [[1, 2], [3, -1]]]
)
def test_anything_else_is_no_table(rows: Any) -> None:
    with pytest.raises(Failure, match="it cannot be understood"):
        figures(rows, (2, 2), "it", most=9)


def test_an_address_loses_its_last_slash() -> None:
    assert checked_url("https://maps.example:8080/osrm/", "X") == "https://maps.example:8080/osrm"
    with pytest.raises(Invalid, match="X: '' is no address"):
        checked_url("", "X")
