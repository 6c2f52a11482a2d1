from __future__ import annotations

import filecmp
from pathlib import Path

import pytest

from demo import city, osm_file


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "city.osm.pbf"
    osm_file.write(city.build(3), path)
    return path


def test_what_is_written_is_read_back_with_names(written: Path) -> None:
    made = city.build(3)
    places = osm_file.read_addresses(written)
    assert 0.9 * len(made.nodes) < len(places) <= len(made.nodes)
    assert {place.point for place in places} <= set(made.nodes.values())
    assert all(place.street and place.street_en for place in places)


def test_the_same_city_makes_the_same_file(written: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.osm.pbf"
    osm_file.write(city.build(3), again)
    assert filecmp.cmp(written, again, shallow=False)
