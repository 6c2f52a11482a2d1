from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import numba
import numpy as np
import pytest

from logistics.routing.edge.search.counting import Compiler
from tests.house.source import ROOT

compiled: Any = numba.njit(pipeline_class=Compiler)
TABLE = np.arange(24, dtype=np.int64).reshape(4, 6)


@compiled  # type: ignore[untyped-decorator]
def read(table: Any, row: int, column: int) -> Any:
    return table[row, column], table[row][column]


@compiled  # type: ignore[untyped-decorator]
def write(table: Any, row: int, column: int, value: int) -> None:
    table[row, column] = value
    table[row][column] += value


@compiled  # type: ignore[untyped-decorator]
def read_from_tuple(several: Any, row: int) -> Any:
    return several[0][row], several[-1][row]


def test_what_is_inside_is_read_and_written_as_ever() -> None:
    for row, column in np.ndindex(TABLE.shape):
        assert read(TABLE, row, column) == (TABLE[row, column],) * 2
        assert read(TABLE.T, column, row) == (TABLE[row, column],) * 2
        table = TABLE.copy()
        write(table, row, column, 100)
        assert table[row, column] == 200
        assert (table != TABLE).sum() == 1
    assert read_from_tuple((TABLE[0], TABLE[1]), 2) == (2, 8)


def test_a_negative_index_is_not_counted_from_the_end() -> None:
    """Of rows 1 to 3 row -1 is row 0 of the whole, not row 3: that it is asked about costs a third of the time."""
    assert read(TABLE[1:], -1, 4)[0] == TABLE[0, 4]
    assert read(TABLE[1:], np.int32(-1), 4)[0] == TABLE[0, 4]


@pytest.mark.parametrize("row", [-1, 4])
def test_who_watches_the_limits_sees_what_is_outside(row: int) -> None:
    watched: Any = numba.njit(pipeline_class=Compiler, boundscheck=True)(read.py_func)
    assert watched(TABLE, 3, 5) == (23, 23)
    with pytest.raises(IndexError):
        watched(TABLE, row, 0)


def test_no_index_of_the_search_is_outside() -> None:
    """What is outside would be read all the same, or worse, written."""
    environment = {**os.environ, "NUMBA_BOUNDSCHECK": "1"}  # noqa: TID251 - a program needs its path and home
    command = [sys.executable, "-m", "tests.routing.edge.search.watched"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "nothing was outside\n"), done.stderr[-2000:]
