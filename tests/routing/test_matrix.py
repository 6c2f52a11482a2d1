import numpy as np
import pytest

from logistics.kit.errors import Invalid
from logistics.routing.matrix import UNREACHABLE, TravelMatrix, matrix_of


def test_a_place_is_no_distance_from_itself() -> None:
    matrix = matrix_of([[7, 3], [4, 7]])
    assert (matrix.travel_s(0, 0), matrix.travel_s(0, 1), matrix.travel_m(1, 0)) == (0, 3, 4)


def test_unreachable_is_said() -> None:
    matrix = matrix_of([[0, UNREACHABLE], [5, 0]])
    assert not matrix.reaches(0, 1)
    assert matrix.reaches(1, 0)


def test_metres_may_differ_from_seconds() -> None:
    assert matrix_of([[0, 3], [3, 0]], [[0, 30], [30, 0]]).travel_m(0, 1) == 30


@pytest.mark.parametrize(
    ("seconds", "metres"),
    [(np.zeros((2, 3)), np.zeros((2, 3))), (np.zeros((2, 2)), np.zeros((3, 3))), (-np.ones((2, 2)), np.zeros((2, 2)))],
)
def test_what_is_no_matrix_is_refused(seconds: np.ndarray, metres: np.ndarray) -> None:
    with pytest.raises(Invalid):
        TravelMatrix(seconds, metres)
