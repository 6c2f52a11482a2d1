"""Keeps what a travel server said, in one file for each version of each map.

A file holds one square table of the places asked for last, keyed by coordinates of five decimals (about a metre), with
gaps where a pair was never asked. It is bounded in places, the folder in files. What cannot be read is as good as not
there: the server is asked again. A file is replaced whole; of two processes that write at once the later one wins.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from logistics.kit.geo import Point
from logistics.routing.edge.roads import Floats, Ints

log = logging.getLogger(__name__)

PLACES_MAX = 2_000  # 64 MB in the largest file
FILES_MAX = 6  # of all servers and versions together; the oldest go
DEGREES = 100_000  # coordinates are kept in units of 1e-5 degrees
UNKNOWN = -1.0  # this pair was never asked
NEVER_SAID_M = -2  # how far this place lies off the road was never said
SUFFIX = ".travel.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A square table of places (n x 2 whole units of latitude, longitude); `UNKNOWN` where nobody asked."""

    keys: Ints
    seconds: Floats
    metres: Floats
    off_m: Ints

    def __len__(self) -> int:
        """Count the places."""
        return len(self.keys)

    def numbers(self) -> dict[tuple[int, int], int]:
        """Return the number of each place."""
        return {(int(lat), int(lon)): number for number, (lat, lon) in enumerate(self.keys)}


def empty(points: Sequence[Point]) -> Known:
    """Return a table of these points of which nothing is known but that a place is no way from itself."""
    keys = np.array([key_of(point) for point in points], dtype=np.int64).reshape(-1, 2)
    seconds = np.full((len(keys), len(keys)), UNKNOWN)
    np.fill_diagonal(seconds, 0)
    return Known(keys, seconds, seconds.copy(), np.full(len(keys), NEVER_SAID_M, dtype=np.int64))


def key_of(point: Point) -> tuple[int, int]:
    """Return a point in whole units of 1e-5 degrees."""
    return round(point.lat * DEGREES), round(point.lon * DEGREES)


def rounded(point: Point) -> Point:
    """Return the point as it is asked about."""
    lat, lon = key_of(point)
    return Point(lat=lat / DEGREES, lon=lon / DEGREES)


def copied(known: Known, into: Known) -> None:
    """Fill a table with what another one knows about the same places."""
    numbers = known.numbers()
    pairs = [(numbers[key], here) for key, here in into.numbers().items() if key in numbers]
    there, here = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    into.seconds[np.ix_(here, here)] = known.seconds[np.ix_(there, there)]
    into.metres[np.ix_(here, here)] = known.metres[np.ix_(there, there)]
    into.off_m[here] = known.off_m[there]


class TableCache:
    """The files of one folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, *, places_max: int = PLACES_MAX, files_max: int = FILES_MAX) -> None:
        self._folder, self._places_max, self._files_max = folder, places_max, files_max

    def read(self, server: str, version: str) -> Known:
        """Return what is known of a server's map; nothing without a version, which says what the figures are of."""
        path = self._path(server, version)
        if path is None or not path.is_file():
            return empty(())
        try:
            with np.load(path, allow_pickle=False) as kept:
                known = Known(kept["keys"], kept["seconds"], kept["metres"], kept["off_m"])
            size = len(known)
            sound = known.seconds.shape == known.metres.shape == (size, size) and known.off_m.shape == (size,)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as fault:
            log.warning("kept travel times cannot be read and are asked for again: %s", fault)
            return empty(())
        return known if sound and known.keys.shape == (size, 2) else empty(())

    def write(self, server: str, version: str, known: Known) -> None:
        """Keep a table, and of what was kept before as much as there is room for."""
        path = self._path(server, version)
        if path is None:
            return
        before = self.read(server, version)
        ours = set(known.numbers())
        points = [*known.keys.tolist(), *(key for key in before.keys.tolist() if tuple(key) not in ours)]
        merged = empty([Point(lat=lat / DEGREES, lon=lon / DEGREES) for lat, lon in points[: self._places_max]])
        copied(before, merged)
        copied(known, merged)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
            with draft.open("wb") as file:
                np.savez(file, keys=merged.keys, seconds=merged.seconds, metres=merged.metres, off_m=merged.off_m)
            draft.replace(path)
            self._forget_oldest()
        except OSError as fault:
            log.warning("travel times cannot be kept: %s", fault)

    def _path(self, server: str, version: str) -> Path | None:
        if self._folder is None or not version:
            return None
        return self._folder / (hashlib.sha256(f"{server}\n{version}".encode()).hexdigest()[:24] + SUFFIX)

    def _forget_oldest(self) -> None:
        assert self._folder is not None
        files = sorted(self._folder.glob(f"*{SUFFIX}"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[self._files_max :]:
            file.unlink(missing_ok=True)
