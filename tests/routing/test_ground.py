import numpy as np
import pytest
from geopy import distance
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.geo import Point
from logistics.routing.ground import table_m

near = st.tuples(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))


@given(st.floats(-65, 65), st.floats(-179, 179), st.lists(near, min_size=2, max_size=4))
def test_distances_agree_with_geopy(lat: float, lon: float, offsets: list[tuple[float, float]]) -> None:
    points = [Point(lat=lat + a, lon=lon + b) for a, b in offsets]
    table = table_m(points)
    for i, a in enumerate(points):
        for j, b in enumerate(points):
            sphere_m = distance.great_circle((a.lat, a.lon), (b.lat, b.lon)).m
            ellipsoid_m = distance.geodesic((a.lat, a.lon), (b.lat, b.lon)).m
            assert table[i, j] == pytest.approx(sphere_m, rel=1e-6, abs=0.01)
            assert table[i, j] == pytest.approx(ellipsoid_m, rel=0.006, abs=0.01)


def test_nothing_lies_between_a_point_and_itself() -> None:
    assert not np.any(table_m([Point(lat=30.0, lon=120.0)] * 3))
