"""What a process of the house holds in common, and the settings it was started with."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from logistics.kit.edge.bus import Bus
from logistics.kit.edge.clock import Clock
from logistics.kit.edge.db import Database

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs; ``logistics/settings.py`` reads them from the environment."""

    database_url: str = "sqlite:///var/logistics.db"
    nats_url: str = ""  # empty: everything is in one process
    host: str = "127.0.0.1"
    port: int = 8000
    feed_port: int = 8001
    public_url: str = "http://127.0.0.1:8000"  # where buyers reach the pages
    feed_url: str = "ws://127.0.0.1:8001/v1/feed"  # where browsers reach the live feed
    product_name: str = "Logistics"
    web_dir: Path = Path("web/dist")
    map_dir: Path | None = None  # holds city.pmtiles
    map_style_url: str = ""  # an online map style instead of our own tiles
    roads_file: Path | None = None  # OSM extract for travel times over roads
    speed_profile_file: Path | None = None  # how slow traffic is at which hour; empty: the usual
    osrm_url: str = ""  # an OSRM server for travel times, such as http://127.0.0.1:5000
    osrm_table_max: int = 100  # its --max-table-size
    valhalla_url: str = ""  # a Valhalla server for travel times
    valhalla_table_max: int = 50  # the square root of its max_matrix_location_pairs
    travel_version: str = ""  # names the map of a server that does not say its own
    travel_timeout_s: int = 15  # how long one request to such a server may take
    travel_cache_dir: Path | None = Path("var/travel")  # keeps what such servers said; empty: nothing is kept
    clock_anchored: bool = False  # a simulated clock that operators may set: demos only
    egress_loopback: bool = False  # let webhooks and carriers live on this machine: tests and demos only
    solver_processes: int = 2  # how many jobs of one plan run side by side
    replan_change_price_minor: int = 200  # what it must save to give a recipient to another run on the day
    first_choice_percent: int = 0  # of 100 recipients get what they like best, unless a plan says otherwise
    dask_scheduler: str = ""  # a Dask cluster for them, such as tcp://127.0.0.1:8786; empty: on this machine
    requests_per_s_max: int = 100  # of one key or address, in the long run ...
    requests_burst_max: int = 1000  # ... and at once
    locales: tuple[str, ...] = ("en", "zh-CN", "zh-TW")

    @property
    def travels(self) -> list[str]:
        """Name the sources of travel times that are set up, the one that needs nothing first."""
        found = {"roads": self.roads_file, "osrm": self.osrm_url, "valhalla": self.valhalla_url}
        return ["geodesic", *(kind for kind, there in found.items() if there)]


@dataclass(slots=True)
class Context:
    """The settings, the database, the clock, the bus and the workers of one process."""

    settings: Settings
    db: Database
    clock: Clock
    bus: Bus
    executor: Executor
    attempts: dict[tuple[str, str], deque[float]] = field(default_factory=dict)  # tries at secrets, by (what, asker)
    stops: list[Callable[[], None]] = field(default_factory=list)  # run in reverse order at the end
