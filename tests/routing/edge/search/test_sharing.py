"""What is dealt to parts is never more than there is, and never less than each has."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from logistics.routing.edge.search.divide import Share
from logistics.routing.edge.search.sharing import deal
from logistics.routing.model import Option, Pick
from tests.routing.builders import line_problem, task

USERS = st.lists(st.integers(0, 3), min_size=2, max_size=4)  # of the store and of the carrier, part by part


@given(USERS, st.integers(0, 5), st.integers(0, 99))
def test_each_keeps_what_it_has_and_all_of_the_rest_is_dealt(users: list[int], free: int, seed: int) -> None:
    count = sum(users)
    shop = Option(1, room="shop", room_use=2)
    tasks = [task(number, shop) for number in range(count)]
    tasks += [task(count + number, Option(1), leave_cost=5, carrier="x") for number in range(count)]
    limits: dict[str, Any] = {"room": {"shop": 2 * count + free, "empty": 3}, "quotas": {"x": count + free}}
    problem = line_problem([0, 10], tasks=tasks, **limits)
    shares, first = [], 0
    for number, own in enumerate(users):
        mine = range(first, first + own)
        route = (number, (tuple(Pick(one) for one in mine),))
        shares.append(Share((route,), tuple(count + one for one in mine)))
        first += own
    portions = deal(problem, shares, Random(seed))
    for own, portion in zip(users, portions, strict=True):
        assert portion.room["shop"] >= 2 * own
        assert portion.quotas["x"] >= own
    assert sum(portion.room["shop"] for portion in portions) == limits["room"]["shop"]
    assert sum(portion.room["empty"] for portion in portions) == 3
    assert sum(portion.quotas["x"] for portion in portions) == limits["quotas"]["x"]


def test_who_has_too_much_together_gets_no_more_than_there_is() -> None:
    tasks = [task(number, Option(1), leave_cost=5, carrier="x") for number in range(4)]
    problem = line_problem([0, 10], tasks=tasks, quotas={"x": 3})
    shares = [Share(((0, ()),), (0, 1)), Share(((0, ()),), (2, 3))]
    assert [portion.quotas["x"] for portion in deal(problem, shares, Random(1))] == [2, 1]
