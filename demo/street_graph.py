"""Can one drive from everywhere to everywhere? Repairs a street network until the answer is yes.

Pure: nodes are numbers, a street is a row of nodes with a class and a direction.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Arcs = dict[int, list[int]]


@dataclass(slots=True)
class Street:
    """A row of at least two nodes; ``oneway`` streets may be driven in the order of the row only."""

    nodes: list[int]
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def oneway(self) -> bool:
        """Tell whether it may be driven forwards only."""
        return self.tags.get("oneway") == "yes"


def arcs(streets: Iterable[Street]) -> tuple[Arcs, Arcs]:
    """Return what can be reached from each node, and from where each node can be reached."""
    ahead: Arcs = {}
    behind: Arcs = {}
    for street in streets:
        for a, b in pairwise(street.nodes):
            pairs = [(a, b)] if street.oneway else [(a, b), (b, a)]
            for start, end in pairs:
                ahead.setdefault(start, []).append(end)
                behind.setdefault(end, []).append(start)
    return ahead, behind


def reached(start: int, links: Mapping[int, Sequence[int]]) -> set[int]:
    """Return every node that the links lead to from ``start``, itself included."""
    seen = {start}
    queue = deque([start])
    while queue:
        for node in links.get(queue.popleft(), ()):
            if node not in seen:
                seen.add(node)
                queue.append(node)
    return seen


def nodes_of(streets: Iterable[Street]) -> set[int]:
    """Return every node some street touches."""
    return {node for street in streets for node in street.nodes}


def is_strongly_connected(streets: Sequence[Street]) -> bool:
    """Tell whether one can drive from every node to every other, keeping to the one-ways."""
    everything = nodes_of(streets)
    ahead, behind = arcs(streets)
    start = min(everything)
    return reached(start, ahead) == everything == reached(start, behind)


def largest_part(streets: Sequence[Street]) -> list[Street]:
    """Return the streets of the largest part that hangs together, whatever the directions."""
    both = [Street(street.nodes) for street in streets]
    ahead, _ = arcs(both)
    left = nodes_of(streets)
    best: set[int] = set()
    while left:
        part = reached(min(left), ahead)
        left -= part
        best = max(best, part, key=len)
    return [street for street in streets if street.nodes[0] in best]


def strongly_connected(streets: Sequence[Street]) -> list[Street]:
    """Return the largest part with just so many one-ways opened that every node can reach every other."""
    kept = largest_part(streets)
    start = min(nodes_of(kept))
    while True:
        ahead, behind = arcs(kept)
        stranded = nodes_of(kept) - (reached(start, ahead) & reached(start, behind))
        if not stranded:
            return kept
        for street in kept:
            if street.oneway and not stranded.isdisjoint(street.nodes):
                del street.tags["oneway"]
