"""What is dealt to parts is never more than there is, and never less than each has."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from logistics.routing.edge.search.divide import Share
from logistics.routing.edge.search.sharing import deal
from logistics.routing.model import Option, Pick, ServiceLevel
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


PARTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=4)  # first and second choices


@given(PARTS, PARTS, st.integers(0, 100))
def test_parts_that_keep_their_credit_keep_the_level_together(
    before: list[tuple[int, int]], after: list[tuple[int, int]], percent: int
) -> None:
    level = ServiceLevel(0, percent)
    tasks = [task(number, Option(1), Option(1, preference=1)) for number in range(sum(map(sum, before)))]
    problem = line_problem([0, 10], tasks=tasks, levels=(level,)) if tasks else line_problem([0, 10], levels=(level,))
    shares, first = [], 0
    for number, (good, short) in enumerate(before):
        picks = tuple(Pick(first + one, int(one >= good)) for one in range(good + short))
        shares.append(Share(((number, (picks,)),), ()))
        first += good + short
    credit = [portion.credit[0] for portion in deal(problem, shares, Random(1))]
    owed = [100 * short - (100 - percent) * (good + short) for good, short in before]
    assert all(has >= own for has, own in zip(credit, owed, strict=True))  # each may stay as it is
    assert sum(credit) <= max(0, sum(owed))
    if sum(owed) <= 0:
        assert -sum(credit) < len(before)  # and nothing but what cannot be divided is kept back
        later = [
            (good, short)
            for (good, short), has in zip(after, credit, strict=False)
            if 100 * short <= (100 - percent) * (good + short) + has
        ]
        if len(later) == len(credit):
            short, done = sum(one[1] for one in later), sum(map(sum, later))
            assert 100 * short <= (100 - percent) * done


def test_without_levels_there_is_no_credit() -> None:
    shares = [Share(((0, ()),), ()), Share(((0, ()),), ())]
    assert [portion.credit for portion in deal(line_problem([0, 10]), shares, Random(1))] == [(), ()]
