from __future__ import annotations

from pathlib import Path

from demo import city, osm_file, tiles


def test_tiles_are_cut_once_for_the_same_file_and_again_for_another(tmp_path: Path) -> None:
    osm, archive = tmp_path / "city.osm.pbf", tmp_path / "map" / "city.pmtiles"
    osm_file.write(city.build(3), osm)
    assert tiles.cut(osm, archive)
    assert archive.read_bytes().startswith(b"PMTiles")
    assert not tiles.cut(osm, archive)
    osm_file.write(city.build(4), osm)
    assert tiles.cut(osm, archive)
    assert sorted(path.name for path in archive.parent.iterdir()) == ["city.pmtiles", "city.source"]
