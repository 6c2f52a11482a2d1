"""What every server of travel tables has in common: what is asked of it, and what its silence is called.

One request asks for a block of the table, no larger than the server allows. Whatever it answers is checked here before
anybody reckons with it; a server that cannot be understood is a `Failure`, never a wrong figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from logistics.kit.edge.http_client import Answer, HttpClient, Request
from logistics.kit.errors import Failure, Invalid
from logistics.kit.geo import Point
from logistics.routing.edge.off_road import NOWHERE_M
from logistics.routing.edge.roads import Floats, Ints
from logistics.routing.matrix import UNREACHABLE

OK = 200
LIST = "list"  # under this name comes an answer that is a list, not an object
SAYING_CHARS_MAX = 200
SECONDS_MAX = 30 * 86_400  # no drive of one day takes a month: such a figure is a misunderstanding
METRES_MAX = 10**8


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Part of a table: seconds (exact) and metres from origins (rows) to targets (columns), and who lies off the road.

    ``UNREACHABLE`` where no way leads; ``off_m`` metres to the road, `NOWHERE_M` where there is none.
    ``version`` is that of the map, empty if the server does not say.
    """

    seconds: Floats
    metres: Ints
    origins_off_m: Ints
    targets_off_m: Ints
    version: str = ""


class TableServer(Protocol):
    """A server of one kind, asked for blocks of at most ``side_max`` origins and as many targets."""

    @property
    def name(self) -> str:
        """Name the server for people: its kind and where it is."""
        ...

    @property
    def side_max(self) -> int:
        """Return how many origins, and how many targets, it takes at once."""
        ...

    def version(self, probe: Point) -> str:
        """Return the version of its map, empty if it does not say."""
        ...

    def block(self, origins: Sequence[Point], targets: Sequence[Point]) -> Block:
        """Return travel in free flow from origins to targets."""
        ...

    def line(self, way: Sequence[Point]) -> list[Point]:
        """Return the line along which somebody drives through these points."""
        ...


def checked_url(url: str, setting: str) -> str:
    """Return a server's address without a slash at its end; refused if it is none, naming its setting."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fine = False
    if not fine or any(letter.isspace() for letter in url) or parts.query or parts.fragment:
        raise Invalid(setting, f"{url!r} is no address of a server", "such as http://127.0.0.1:5000")
    return url.rstrip("/")


def ask(client: HttpClient, request: Request, name: str) -> tuple[int, dict[str, Any]]:
    """Return the status and the JSON object of an answer (a list as `LIST`); Failure when there is none.

    Asked again where that may help (not reached, too slow, 5xx), at most as often as the client has patience.
    """
    try:
        answer = client.send(request)
    except Failure as failure:
        reason = failure.detail.replace(f"{request.method} {request.url.partition('?')[0]}", "it")
        raise Failure(f"{name} gives no travel times: {reason}", retry=failure.retry) from failure
    return answer.status, _object(answer, name)


def refused(name: str, status: int, saying: object) -> Failure:
    """Return the failure of a request the server understood and said no to; again makes no sense."""
    text = str(saying)[:SAYING_CHARS_MAX]
    return Failure(f"{name} refuses to give travel times: it answered {status}, {text!r}", retry=False)


def misunderstood(name: str, what: str) -> Failure:
    """Return the failure of an answer that makes no sense."""
    return Failure(f"{name} cannot be understood: {what}", retry=False)


def figures(rows: Any, shape: tuple[int, int], name: str, *, most: int) -> Floats:
    """Return a table of numbers as an array, ``UNREACHABLE`` for null; Failure if it is anything else."""
    try:
        table = np.array(
            [[UNREACHABLE if cell is None else cell for cell in row] for row in rows], dtype=np.float64
        ).reshape(-1, shape[1])
    except (TypeError, ValueError) as fault:
        raise misunderstood(name, "its table is no table of numbers") from fault
    if table.shape != shape:
        raise misunderstood(name, f"its table has {table.shape[0]} rows, not {shape[0]}, of {shape[1]} figures")
    wild = (table != UNREACHABLE) & ~((table >= 0) & (table <= most))
    if wild.any():
        raise misunderstood(name, f"its table holds {table[wild][0]}")
    return table


def nowhere(origins: int, targets: int) -> Block:
    """Return the block of places that no road is near to."""
    none = np.full((origins, targets), UNREACHABLE, dtype=np.int64)
    return Block(none.astype(np.float64), none, np.full(origins, NOWHERE_M), np.full(targets, NOWHERE_M))


def _object(answer: Answer, name: str) -> dict[str, Any]:
    try:
        values = answer.json()
    except Failure as failure:
        raise misunderstood(name, failure.detail) from failure
    if isinstance(values, list):
        return {LIST: values}
    if not isinstance(values, dict):
        raise misunderstood(name, f"it answered {answer.status} with neither an object nor a list")
    return values
