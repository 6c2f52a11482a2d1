"""What can be asked of the demo on its command line."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

from demo.world import ORDERS_COUNT

if TYPE_CHECKING:
    from collections.abc import Sequence

CITIES = ("porto", "jinan")
SPEED = 60.0


@dataclass(frozen=True, slots=True)
class Options:
    """One way to run the demo; ``port`` 0 takes a free one, ``kill_at`` is a local time of the first day."""

    headless: bool = False
    json_file: Path | None = None
    seed: int = 1
    speed: float = SPEED
    map_file: Path | None = None
    orders_file: Path | None = None
    shipments: int = ORDERS_COUNT
    port: int = 8000
    keep: bool = False
    seconds: int = 5
    watchers: int = 24
    kill_at: time | None = None
    folder: Path = Path("var/demo")
    city: str = ""


def parse(words: Sequence[str]) -> Options:
    """Read the command line; exits with a sentence where it makes no sense."""
    parser = _parser()
    given = parser.parse_args(words)
    if sum(bool(one) for one in (given.map, given.city, given.orders)) > 1 and not (given.map and given.orders):
        parser.error("--city and --map are two ways to choose a city, --orders brings its own places: choose one")
    return Options(
        headless=given.headless,
        json_file=given.json,
        seed=given.seed,
        speed=given.speed,
        map_file=given.map,
        orders_file=given.orders,
        shipments=given.shipments,
        port=(0 if given.headless else 8000) if given.port is None else given.port,
        keep=given.keep,
        seconds=given.seconds,
        watchers=given.watchers,
        kill_at=given.kill_at,
        folder=given.folder,
        city=given.city or "",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py demo", description="One day in a city: choose, plan, deliver, settle."
    )
    add = parser.add_argument
    add("--headless", action="store_true", help="as fast as it goes, then exit; 0 only if everything adds up")
    add("--json", type=Path, metavar="FILE", help="write the summary there")
    add("--seed", type=int, default=1, help="of the city, the orders and the luck of the day")
    add("--speed", type=float, default=SPEED, help="simulated seconds a second (default %(default)g)")
    add("--map", type=Path, metavar="FILE", help="a real city: an OSM extract (.osm.pbf)")
    add("--city", choices=CITIES, help="a real city whose extract lies beside the project or is downloaded")
    add("--orders", type=Path, metavar="FILE", help="real delivery places: a JSON file of the Loggi BUD family")
    add("--shipments", type=int, default=ORDERS_COUNT, help="orders of the day (default %(default)d)")
    add("--port", type=int, help="of the platform; the live feed and the carrier take the next two (default 8000)")
    add("--keep", action="store_true", help="go on with the database of the last time")
    add("--seconds", type=int, default=5, help="for the solver on the first day (default %(default)d)")
    add("--watchers", type=int, default=24, help="buyers who watch live (default %(default)d)")
    add("--kill-at", type=time.fromisoformat, metavar="HH:MM", help="kill the server then, without warning")
    add("--folder", type=Path, default=Path("var/demo"), help="where everything is kept (default %(default)s)")
    return parser
