import asyncio
from collections.abc import Iterable

from logistics.routing.edge.following import SIGN_OF_LIFE, follow
from logistics.routing.edge.schemas import ProgressOut
from logistics.routing.lifecycle import PlanState

NOTHING_YET = ProgressOut()
ONE_ROUND = ProgressOut(iterations=1)


def heard(states: Iterable[tuple[PlanState, ProgressOut]], *, stays: int = 99) -> list[str]:
    """Return what comes while a plan goes through these states; the reader leaves after so many looks."""
    seen, looks = iter(states), iter(range(stays))

    async def look() -> tuple[PlanState, ProgressOut]:
        return next(seen)

    async def is_gone() -> bool:
        return next(looks, None) is None

    async def read() -> list[str]:
        return [text async for text in follow(look, is_gone, look_every_s=0.001, quiet_s_max=0.003)]

    return asyncio.run(read())


def test_what_is_the_same_is_told_once_and_the_end_last() -> None:
    looks = [(PlanState.QUEUED, NOTHING_YET), (PlanState.SOLVING, ONE_ROUND), (PlanState.DONE, ONE_ROUND)]
    assert [text.splitlines()[0] for text in heard(looks)] == ["event: progress", "event: progress", "event: done"]


def test_a_search_that_has_nothing_new_gives_signs_of_life() -> None:
    looks = [(PlanState.QUEUED, NOTHING_YET)] * 7 + [(PlanState.CANCELLED, NOTHING_YET)]
    progress, *between, done = heard(looks)
    assert progress.startswith("event: progress")
    assert between == [SIGN_OF_LIFE] * 2
    assert done == 'event: done\ndata: {"state": "cancelled"}\n\n'


def test_nothing_is_said_to_who_has_left() -> None:
    assert heard([(PlanState.QUEUED, NOTHING_YET)], stays=0) == []
