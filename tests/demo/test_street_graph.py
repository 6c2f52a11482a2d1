from __future__ import annotations

from demo.street_graph import Street, is_strongly_connected, largest_part, strongly_connected


def one_way(*nodes: int) -> Street:
    return Street(list(nodes), {"oneway": "yes"})


def test_a_one_way_dead_end_is_a_trap_until_it_is_opened() -> None:
    streets = [Street([1, 2, 3]), one_way(3, 4)]
    assert not is_strongly_connected(streets)
    repaired = strongly_connected(streets)
    assert is_strongly_connected(repaired)
    assert not any(street.oneway for street in repaired)


def test_a_one_way_circle_may_stay() -> None:
    repaired = strongly_connected([one_way(1, 2, 3, 1), Street([3, 4])])
    assert repaired[0].oneway


def test_an_island_is_left_out() -> None:
    assert largest_part([Street([1, 2]), Street([2, 3]), Street([8, 9])]) == [Street([1, 2]), Street([2, 3])]
