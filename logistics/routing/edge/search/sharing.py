"""Deals what routes share - room in stores, service levels, carriers' quotas - to the parts of a plan.

Each part keeps what its own routes use and its own orders are left to, and gets a portion of what is free. So whatever
the parts do side by side, together they never take more than there is; what one of them wanted and another did not use,
the next cut deals anew.

Of a service level of P percent, 100 - P of each task done may be short of it, in hundredths: what some parts are below
that is the credit of others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from logistics.routing.edge.search.divide import Share
from logistics.routing.model import Problem, ServiceLevel

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Portion:
    """What a part may use of what all share: units of each store, shipments of each carrier.

    ``credit``: by how many hundredths of a task it may miss each service level; what is below 0 it must do better.
    """

    room: Mapping[str, int]
    quotas: Mapping[str, int]
    credit: tuple[int, ...] = ()


def deal(problem: Problem, shares: Sequence[Share], random: Random) -> list[Portion]:
    """Deal room and quotas to the shares of a plan; an odd unit that is free goes to one of them by lot."""
    rooms = _dealt(problem.room, [_room_used(problem, share) for share in shares], random)
    quotas = _dealt(problem.quotas, [_left(problem, share) for share in shares], random)
    credit = _credits(problem, shares)
    return [Portion(*portion) for portion in zip(rooms, quotas, credit, strict=True)]


def _credits(problem: Problem, shares: Sequence[Share]) -> list[tuple[int, ...]]:
    """Return by how much each share may miss each level: by as much as it does, and its part of what nobody needs."""
    columns = []
    for level in problem.levels:
        owed = [_owed(problem, share, level) for share in shares]
        free = max(0, -sum(owed)) // len(shares)
        columns.append([one + free for one in owed])
    return list(zip(*columns, strict=True)) if columns else [()] * len(shares)


def _owed(problem: Problem, share: Share, level: ServiceLevel) -> int:
    """Return by how many hundredths of a task a share is short of a level; less than 0 if it does better."""
    picks = [pick for _, trips in share.routes for trip in trips for pick in trip]
    short = sum(problem.option(pick.task, pick.option).preference > level.preference_max for pick in picks)
    return HUNDRED * short - (HUNDRED - level.percent) * len(picks)


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
