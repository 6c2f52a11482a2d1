"""Writes OSM files for the tests of roads, and builds a town from chance."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

Nodes = Mapping[int, tuple[float, float]]
Ways = Sequence[tuple[Sequence[int], Mapping[str, str]]]

KINDS = ("primary", "residential", "service", "tertiary")


def write_osm(path: Path, nodes: Nodes, ways: Ways) -> Path:
    """Write nodes (lat, lon) and ways with tags as an .osm file."""
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", "<osm version='0.6'>"]
    lines += [f"<node id='{number}' version='1' lat='{lat}' lon='{lon}'/>" for number, (lat, lon) in nodes.items()]
    for number, (refs, tags) in enumerate(ways, 1):
        lines.append(f"<way id='{number}' version='1'>")
        lines += [f"<nd ref='{ref}'/>" for ref in refs]
        lines += [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]
        lines.append("</way>")
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def random_town(
    seed: int, side: int = 8
) -> tuple[dict[int, tuple[float, float]], list[tuple[list[int], dict[str, str]]]]:
    """Make a crooked grid of streets of mixed kinds, every fourth one-way."""
    chance = random.Random(seed)
    nodes = {
        row * side + column + 1: (
            30 + row * 0.004 + chance.uniform(-0.001, 0.001),
            120 + column * 0.004 + chance.uniform(-0.001, 0.001),
        )
        for row in range(side)
        for column in range(side)
    }
    lines = [[row * side + column + 1 for column in range(side)] for row in range(side)]
    lines += [[row * side + column + 1 for row in range(side)] for column in range(side)]
    ways = []
    for number, line in enumerate(lines):
        oneway = {"oneway": "yes"} if number % 4 == 1 else {}
        ways.append((line, {"highway": chance.choice(KINDS)} | oneway))
    return nodes, ways
