"""Which source of travel times there is under which name, by the settings.

A search asks a server with patience. Who works on a plan that was found waits for the answer: see `travel_at_hand`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from logistics.kit.edge.context import Settings
from logistics.kit.edge.http_client import BODY_BYTES_MAX, TRIES, HttpClient
from logistics.kit.errors import Invalid
from logistics.routing.edge.matrix_source import Geodesic, RoadTravel, TravelSource
from logistics.routing.edge.osm_roads import load_roads
from logistics.routing.edge.osrm_source import Osrm
from logistics.routing.edge.remembered_travel import Memory, NotedTravel, RememberedTravel
from logistics.routing.edge.server_travel import ServerTravel
from logistics.routing.edge.speed_profile import read_profile
from logistics.routing.edge.table_cache import TableCache
from logistics.routing.edge.table_server import TableServer, checked_url
from logistics.routing.edge.valhalla_source import Valhalla

GEODESIC, ROADS, OSRM = "geodesic", "roads", "osrm"
AT_HAND_S_MAX = 3  # who drags a stop over the screen waits no longer, and holds a thread of the API meanwhile
# OSRM is asked by an address that names every place twice: more of them are over the 65,536 characters HTTPX sends.
OSRM_SIDE_MAX = 1_000
PAIR_BYTES_MAX = 40  # of a table's answer: seconds, metres, and a share of what it says of each place
MEMORY = Memory()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, and how often it is asked."""

    timeout_s: int
    tries: int = TRIES


def travel_source(kind: str, settings: Settings) -> TravelSource:
    """Return the source of a kind; refused where it is not set up, or where a setting of it is wrong."""
    return _source(kind, settings, Patience(max(1, settings.travel_timeout_s)))


def travel_at_hand(kind: str, settings: Settings) -> TravelSource:
    """Return the source of a kind for somebody who waits: what it said before, or else one short try (503)."""
    source = _source(kind, settings, Patience(max(1, min(settings.travel_timeout_s, AT_HAND_S_MAX)), tries=1))
    return RememberedTravel(source) if isinstance(source, NotedTravel) else source


def _source(kind: str, settings: Settings, patience: Patience) -> TravelSource:
    if kind not in settings.travels:
        needed = "roads needs a road map, osrm and valhalla the address of a server"
        raise Invalid("travel", f"{kind!r} is not to be had here: {needed}", ", ".join(settings.travels))
    if kind == GEODESIC:
        return Geodesic()
    profile = read_profile(settings.speed_profile_file)
    if kind == ROADS and settings.roads_file is not None:
        return RoadTravel(load_roads(settings.roads_file), profile)
    server, version = _server(kind, settings, patience), settings.travel_version
    travel = ServerTravel(server, profile, TableCache(settings.travel_cache_dir), version)
    return NotedTravel(travel, MEMORY, (server.name, version, settings.speed_profile_file))


def _server(kind: str, settings: Settings, patience: Patience) -> TableServer:
    if kind == OSRM:
        url = checked_url(settings.osrm_url, "LOGISTICS_OSRM_URL")
        side_max = max(1, min(settings.osrm_table_max, OSRM_SIDE_MAX))
        return Osrm(url, _client(patience, side_max), side_max)
    url, side_max = checked_url(settings.valhalla_url, "LOGISTICS_VALHALLA_URL"), max(1, settings.valhalla_table_max)
    return Valhalla(url, _client(patience, side_max), side_max)


@cache
def _client(patience: Patience, side_max: int) -> HttpClient:
    """Return the client of this process: connections are kept from one plan to the next.

    Its servers are named by settings alone, and stand in the operator's own network: no guard of strangers' addresses,
    and an answer as long as a table of the size that the operator allows.
    """
    body_bytes_max = max(BODY_BYTES_MAX, PAIR_BYTES_MAX * side_max**2)
    return HttpClient(timeout_s=patience.timeout_s, tries=patience.tries, body_bytes_max=body_bytes_max)
