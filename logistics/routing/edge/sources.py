"""Which source of travel times there is under which name, by the settings."""

from __future__ import annotations

from functools import cache

from logistics.kit.edge.context import Settings
from logistics.kit.edge.http_client import HttpClient
from logistics.kit.errors import Invalid
from logistics.routing.edge.matrix_source import Geodesic, RoadTravel, TravelSource
from logistics.routing.edge.osm_roads import load_roads
from logistics.routing.edge.osrm_source import Osrm
from logistics.routing.edge.server_travel import ServerTravel
from logistics.routing.edge.speed_profile import read_profile
from logistics.routing.edge.table_cache import TableCache
from logistics.routing.edge.table_server import TableServer, checked_url
from logistics.routing.edge.valhalla_source import Valhalla

GEODESIC, ROADS, OSRM = "geodesic", "roads", "osrm"


def travel_source(kind: str, settings: Settings) -> TravelSource:
    """Return the source of a kind; refused where it is not set up, or where a setting of it is wrong."""
    if kind not in settings.travels:
        needed = "roads needs a road map, osrm and valhalla the address of a server"
        raise Invalid("travel", f"{kind!r} is not to be had here: {needed}", ", ".join(settings.travels))
    if kind == GEODESIC:
        return Geodesic()
    profile = read_profile(settings.speed_profile_file)
    if kind == ROADS and settings.roads_file is not None:
        return RoadTravel(load_roads(settings.roads_file), profile)
    return ServerTravel(
        _server(kind, settings), profile, TableCache(settings.travel_cache_dir), settings.travel_version
    )


def _server(kind: str, settings: Settings) -> TableServer:
    client = _client(max(1, settings.travel_timeout_s))
    if kind == OSRM:
        return Osrm(checked_url(settings.osrm_url, "LOGISTICS_OSRM_URL"), client, max(1, settings.osrm_table_max))
    url = checked_url(settings.valhalla_url, "LOGISTICS_VALHALLA_URL")
    return Valhalla(url, client, max(1, settings.valhalla_table_max))


@cache
def _client(timeout_s: int) -> HttpClient:
    """Return the client of this process: connections are kept from one plan to the next.

    Its servers are named by settings alone, and stand in the operator's own network: no guard of strangers' addresses.
    """
    return HttpClient(timeout_s=timeout_s)
