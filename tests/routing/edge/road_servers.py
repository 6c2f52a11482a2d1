"""Real servers of travel times, where their programs are installed: osrm-routed and valhalla_service.

The wheels `osrm-bindings` and `pyvalhalla` (for Python 3.12 and later) carry the programs. They are looked for beside
an installed wheel, in the folders that TRAVEL_SERVERS names (unpacked wheels do), and on the path.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import osmium

from tests.ports import free_port

START_S_MAX = 20.0
PREPARE_S_MAX = 120.0
OSRM_PROFILES = ("../share/profiles/car.lua", "../share/osrm/profiles/car.lua", "../../share/osrm/profiles/car.lua")


def find_program(name: str) -> Path | None:
    """Return a program of one of the servers, if it is installed anywhere."""
    named = os.environ.get("TRAVEL_SERVERS", "").split(os.pathsep)  # noqa: TID251 - where this machine keeps them
    folders = [Path(folder) for folder in named if folder]
    for package in ("osrm", "valhalla"):
        spec = importlib.util.find_spec(package)
        folders += [Path(place) for place in (spec.submodule_search_locations or ()) if spec] if spec else []
    inside = [found for folder in folders for found in folder.glob(f"**/bin/{name}")]
    on_path = shutil.which(name)
    return inside[0] if inside else Path(on_path) if on_path else None


def find_osrm() -> tuple[Path, Path] | None:
    """Return osrm-routed and the profile of cars."""
    routed = find_program("osrm-routed")
    profiles = [routed.parent / profile for profile in OSRM_PROFILES] if routed else []
    profile = next((one for one in profiles if one.is_file()), None)
    return (routed, profile) if routed and profile else None


@contextmanager
def osrm_serving(programs: tuple[Path, Path], osm: Path, version: str = "", *options: str) -> Iterator[str]:
    """Extract a map, contract it, and serve it; gives the address."""
    routed, profile = programs
    base = osm.with_name(f"{osm.name.partition('.')[0]}.osrm")
    named = ["--data_version", version] if version else []
    _run([routed.with_name("osrm-extract"), "-t", "1", "-p", profile, *named, osm])
    _run([routed.with_name("osrm-contract"), "-t", "1", base])
    port = free_port()
    command = [str(routed), "-i", "127.0.0.1", "-p", str(port), "-t", "1", *options, str(base)]
    with _serving(command, f"http://127.0.0.1:{port}", "/nearest/v1/driving/0,0") as url:
        yield url


@contextmanager
def valhalla_serving(service: Path, osm: Path) -> Iterator[str]:
    """Make the tiles of a map and serve them; gives the address."""
    folder = osm.parent / "valhalla"
    (folder / "tiles").mkdir(parents=True)
    port = free_port()
    config, extract = folder / "valhalla.json", folder / "extract.osm.pbf"
    config.write_text(json.dumps(_valhalla_config(folder, port)), encoding="utf-8")
    with osmium.SimpleWriter(str(extract)) as writer:
        for one in osmium.FileProcessor(str(osm)):
            writer.add(one)
    _run([service.with_name("valhalla_build_tiles"), "-c", config, "-j", "1", extract])
    with _serving([str(service), str(config), "1"], f"http://127.0.0.1:{port}", "/status") as url:
        yield url


@contextmanager
def _serving(command: Sequence[str], url: str, path: str) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + START_S_MAX
        while not _answers(url + path):
            assert process.poll() is None, f"{command[0]} has ended"
            assert time.monotonic() < until, f"{command[0]} did not start in time"
            time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(timeout=5.0)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2.0):  # noqa: S310 - our own server on this machine
            return True
    except urllib.error.HTTPError:
        return True  # it says no, so it is there
    except OSError:
        return False


def _run(command: Sequence[str | Path]) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, timeout=PREPARE_S_MAX, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:] + done.stderr.decode(errors="replace")


def _valhalla_config(folder: Path, port: int) -> dict[str, Any]:
    """Return the least that version 3.9 starts with; limits and defaults are its own."""

    def ipc(name: str) -> dict[str, str]:
        return {"proxy": f"ipc://{folder}/{name}"}

    auto = {
        "max_distance": 5_000_000.0,
        "max_locations": 20,
        "max_matrix_distance": 400_000.0,
        "max_matrix_location_pairs": 2_500,
    }
    return {
        "mjolnir": {
            "tile_dir": str(folder / "tiles"),
            "hierarchy": True,
            "shortcuts": True,
            "max_cache_size": 10**8,
            "id_table_size": 10**6,
            "include_driving": True,
            "data_processing": {"use_admin_db": False},
        },
        "additional_data": {},
        "loki": {
            "actions": ["locate", "route", "sources_to_targets", "status"],
            "use_connectivity": True,
            "service": ipc("loki"),
            "service_defaults": {
                "radius": 0,
                "minimum_reachability": 50,
                "search_cutoff": 35_000,
                "node_snap_tolerance": 5,
                "street_side_tolerance": 5,
                "street_side_max_distance": 1_000,
                "heading_tolerance": 60,
                "mvt_min_zoom_road_class": [7, 7, 8, 11, 11, 12, 13, 14],
                "mvt_cache_min_zoom": 11,
                "mvt_max_age": "1800",
            },
        },
        "thor": {"service": ipc("thor"), "source_to_target_algorithm": "select_optimal"},
        "odin": {"service": ipc("odin"), "markup_formatter": {"markup_enabled": False}},
        "meili": {
            "mode": "auto",
            "customizable": [],
            "verbose": False,
            "default": {
                "sigma_z": 4.07,
                "gps_accuracy": 5.0,
                "beta": 3,
                "max_route_distance_factor": 5,
                "max_route_time_factor": 5,
                "max_search_radius": 100,
                "breakage_distance": 2_000,
                "interpolation_distance": 10,
                "search_radius": 50,
                "geometry": False,
                "route": True,
                "turn_penalty_factor": 0,
            },
            "service": ipc("meili"),
            "grid": {"size": 500, "cache_size": 100_240},
        },
        "httpd": {
            "service": {
                "listen": f"tcp://127.0.0.1:{port}",
                "loopback": ipc("loopback")["proxy"],
                "interrupt": ipc("interrupt")["proxy"],
                "drain_seconds": 1,
                "shutdown_seconds": 1,
                "timeout_seconds": -1,
            }
        },
        "service_limits": {
            "auto": auto,
            "pedestrian": auto,
            "skadi": {"max_shape": 750_000, "min_resample": 10.0},
            "isochrone": {
                "max_contours": 4,
                "max_time_contour": 120,
                "max_distance": 25_000.0,
                "max_locations": 1,
                "max_distance_contour": 200,
            },
            "trace": {
                "max_distance": 200_000.0,
                "max_gps_accuracy": 100.0,
                "max_search_radius": 100.0,
                "max_shape": 16_000,
                "max_alternates": 3,
                "max_alternates_shape": 100,
            },
            "status": {"allow_verbose": False},
            "centroid": {"max_distance": 200_000.0, "max_locations": 5},
            "max_exclude_locations": 50,
            "max_reachability": 100,
            "max_radius": 200,
            "max_timedep_distance": 500_000,
            "max_timedep_distance_matrix": 0,
            "max_alternates": 2,
            "max_exclude_polygons_length": 10_000,
            "max_distance_disable_hierarchy_culling": 0,
        },
    }
