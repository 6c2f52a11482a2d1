"""Deals what routes share - room in stores, carriers' quotas - to the parts of a plan that are searched side by side.

Each part keeps what its own routes use and its own orders are left to, and gets a portion of what is free. So whatever
the parts do, together they never take more than there is; what one of them wanted and another did not use, the next
cut deals anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from logistics.routing.edge.search.divide import Share
from logistics.routing.model import Problem


@dataclass(frozen=True, slots=True)
class Portion:
    """What a part may use of what all share: units of each store, shipments of each carrier."""

    room: Mapping[str, int]
    quotas: Mapping[str, int]


def deal(problem: Problem, shares: Sequence[Share], random: Random) -> list[Portion]:
    """Deal room and quotas to the shares of a plan; an odd unit that is free goes to one of them by lot."""
    rooms = _dealt(problem.room, [_room_used(problem, share) for share in shares], random)
    quotas = _dealt(problem.quotas, [_left(problem, share) for share in shares], random)
    return [Portion(room, quota) for room, quota in zip(rooms, quotas, strict=True)]


def _dealt(limits: Mapping[str, int], used: Sequence[Counter[str]], random: Random) -> list[dict[str, int]]:
    hands: list[dict[str, int]] = [{} for _ in used]
    for name, limit in limits.items():
        for hand, units in zip(hands, _portions(limit, [one[name] for one in used], random), strict=True):
            hand[name] = units
    return hands


def _portions(limit: int, used: Sequence[int], random: Random) -> Iterator[int]:
    """Yield how much of a limit each may use; who uses too much together keeps what there is, one after the other."""
    free = max(0, limit - sum(used))
    more = Counter(random.sample(range(len(used)), free % len(used)))
    left = limit
    for number, own in enumerate(used):
        units = min(left, own + free // len(used) + more[number])
        left -= units
        yield units


def _room_used(problem: Problem, share: Share) -> Counter[str]:
    used = Counter[str]()
    for _, trips in share.routes:
        for trip in trips:
            for pick in trip:
                option = problem.option(pick.task, pick.option)
                if option.room:
                    used[option.room] += option.room_use
    return used


def _left(problem: Problem, share: Share) -> Counter[str]:
    """Count who is on no route and may be left, by carrier."""
    nouns = (problem.tasks[task] for task in share.loose)
    return Counter(noun.carrier for noun in nouns if noun.leave_cost is not None)
