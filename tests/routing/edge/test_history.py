"""Which steps there are to go to; the steps themselves are kept and gone through in ``test_plan_api.py``."""

from __future__ import annotations

import pytest

from logistics.routing.edge.history import neighbours


@pytest.mark.parametrize(
    ("kept", "step", "found"),
    [
        ([], 0, (False, False)),
        ([0, 1], 0, (False, True)),
        ([0, 1], 1, (True, False)),
        ([0, 1, 2], 1, (True, True)),
        ([0, 3, 4], 3, (False, True)),  # what lay between is not kept any more
    ],
)
def test_there_is_a_step_back_or_forth_only_where_it_is_kept(
    kept: list[int], step: int, found: tuple[bool, bool]
) -> None:
    assert neighbours(kept, step) == found
