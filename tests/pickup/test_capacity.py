from __future__ import annotations

import pytest

from logistics.kit.errors import Conflict
from logistics.pickup.capacity import check_room, free_room


@pytest.mark.parametrize(("most", "taken", "free"), [(10, 0, 10), (10, 4, 6), (10, 10, 0), (10, 12, 0), (0, 0, 0)])
def test_room_is_what_is_not_taken_and_never_less_than_none(most: int, taken: int, free: int) -> None:
    assert free_room(most, taken) == free


def test_a_shipment_fits_as_a_whole_or_not_at_all() -> None:
    check_room(2, 2, "Corner Store")
    with pytest.raises(Conflict, match="room for 2 more, not for 3"):
        check_room(2, 3, "Corner Store")
