"""Opens a benchmark file, tells its format by its content, and finds the best known value beside it.

Decides which reader reads; see `vrplib.py` and `vrpdo.py` for what the files mean.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from benchmarks.routing.instance import Instance, UnreadableError
from benchmarks.routing.vrpdo import is_vrpdo, read_vrpdo
from benchmarks.routing.vrplib import read_vrplib


def read_instance(path: Path, *, distance: str | None = None, best_known: Path | None = None) -> Instance:
    """Read a file of any format; ``best_known`` names a table other than the one found beside the family's folder.

    Raises ``UnreadableError`` with the file and the section that is not understood.
    """
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UnreadableError(path, "file", str(error.strerror or error)) from error
    if is_vrpdo(text):
        instance = read_vrpdo(path, text, distance)
    elif "DIMENSION" in text:
        instance = read_vrplib(path, text)
    else:
        raise UnreadableError(path, "format", "neither VRPLIB (no DIMENSION) nor VRPDO (its four tables are not there)")
    value, routes = find_best_known(path, instance.family, best_known)
    return replace(instance, best_known=value, best_known_routes=routes)


def find_best_known(path: Path, family: str, table: Path | None = None) -> tuple[float | None, int | None]:
    """Return the best known cost and number of routes, or None for what is not known.

    Rows are named ``folder/name``. The folder the file lies in is asked first, then its family, then the bare name.
    """
    beside = (path.resolve().parent.parent / "best_known.csv", path.resolve().parent / "best_known.csv")
    found = table or next((one for one in beside if one.is_file()), None)
    if found is None:
        return None, None
    with found.open(encoding="utf-8", newline="") as lines:
        rows = {row["instance"]: row for row in csv.DictReader(lines)}
    for name in (f"{path.resolve().parent.name}/{path.stem}", f"{family}/{path.stem}", path.stem):
        if name in rows:
            return _number(rows[name].get("best_known")), _count(rows[name].get("routes"))
    return None, None


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _count(text: str | None) -> int | None:
    return int(float(text)) if text else None
