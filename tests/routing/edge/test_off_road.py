"""What is said about points off the road and points nobody reaches, and how they are called."""

from __future__ import annotations

import numpy as np

from logistics.kit.findings import Finding
from logistics.routing.edge.off_road import (
    NOWHERE_M,
    OFF_M_MAX,
    SNAP_M_MAX,
    apart_from_most,
    cut_off,
    lost_points,
    named,
    off_road,
    place_names,
)
from logistics.routing.matrix import UNREACHABLE as NO
from logistics.routing.matrix import TravelMatrix, matrix_of
from logistics.routing.model import Option, Task
from tests.routing.builders import line_problem, van


def test_a_little_off_is_nothing_far_is_told_and_very_far_is_not_reached() -> None:
    off_m = [0, SNAP_M_MAX, SNAP_M_MAX + 1, OFF_M_MAX, OFF_M_MAX + 1, NOWHERE_M]
    findings = off_road(off_m, matrix_of([[1] * 6] * 6))
    assert [(one.where, one.code) for one in findings] == [
        ("points[2]", "off_road"),
        ("points[3]", "off_road"),
        ("points[4]", "not_reached"),
        ("points[5]", "not_reached"),
    ]
    assert lost_points(off_m) == [4, 5]


def test_an_island_is_apart_even_if_a_ferry_goes_one_way() -> None:
    assert apart_from_most(matrix_of([[0, 5, 9], [5, 0, 9], [NO, NO, 0]])) == [2]
    assert [one.code for one in off_road([0, 0, 0], matrix_of([[0, 5, 9], [5, 0, 9], [NO, NO, 0]]))] == ["not_reached"]


def test_of_two_halves_the_one_of_the_first_place_counts() -> None:
    assert apart_from_most(matrix_of([[0, NO], [NO, 0]])) == [1]
    assert apart_from_most(matrix_of([[0, NO, NO], [NO, 0, 3], [NO, 3, 0]])) == [0]  # but the many before the first
    assert apart_from_most(TravelMatrix(np.zeros((0, 0), np.int64), np.zeros((0, 0), np.int64))) == []


def test_no_way_leads_to_or_from_what_is_cut_off() -> None:
    table = np.array([[0, 1, 2], [3, 0, 4], [5, 6, 0]])
    assert cut_off(table, [1]).tolist() == [[0, NO, 2], [NO, 0, NO], [5, NO, 0]]
    assert table[0, 1] == 1  # the given table stays as it is
    assert cut_off(table, []) is table


def test_places_are_called_by_who_goes_there() -> None:
    tasks = [
        Task("a", (Option(1), Option(3, room="s"))),
        Task("b", (Option(2), Option(3, room="s"))),
        Task("c", (Option(2),)),
    ]
    problem = line_problem([0, 1, 2, 3], tasks=tasks, vehicles=[van(0)], room={"s": 9})
    names = place_names(problem, ["A", "B", "C"], ["Van 1"], {"s": "Corner shop"})
    assert names == {0: "the depot of Van 1", 1: "shipment A", 2: "shipments B, C", 3: "Corner shop"}
    found = (Finding("points[2]", "off_road", "x"), Finding("plan", "y", "z"))
    assert [one.where for one in named(found, names)] == ["shipments B, C", "plan"]
