import gc
from collections.abc import Iterator

import pytest

from logistics.kit.edge.memory import settle, settle_again


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    gc.unfreeze()  # whatever ran in this process before
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_what_is_there_is_never_searched_again_and_what_comes_after_is() -> None:
    settle()
    frozen = gc.get_freeze_count()
    assert frozen > 10_000
    assert len(gc.get_objects()) < frozen / 10
    circle: list[object] = []
    circle.append(circle)
    del circle
    assert gc.collect() >= 1


def test_what_is_loaded_later_is_taken_in_only_where_somebody_settled() -> None:
    assert gc.get_freeze_count() == 0
    settle_again()
    assert gc.get_freeze_count() == 0
    settle()
    frozen = gc.get_freeze_count()
    later = [[number] for number in range(5_000)]
    settle_again()
    assert gc.get_freeze_count() >= frozen + len(later)
