from pathlib import Path

from logistics.kit.edge.context import Settings


def test_travel_times_come_from_what_is_set_up() -> None:
    assert Settings().travels == ["geodesic"]
    settings = Settings(roads_file=Path("city.osm.pbf"), osrm_url="http://127.0.0.1:1")
    assert settings.travels == ["geodesic", "roads", "osrm"]
    assert Settings(valhalla_url="http://127.0.0.1:2/v").travels == ["geodesic", "valhalla"]
