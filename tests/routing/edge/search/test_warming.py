"""The compiled search is ready when it has done something."""

from logistics.routing.edge.search.warming import warm


def test_warming_searches_a_real_if_tiny_problem() -> None:
    assert warm() == 1
