import gc

from logistics.kit.edge.memory import settle


def test_what_is_there_is_never_searched_again_and_what_comes_after_is() -> None:
    settle()
    try:
        frozen = gc.get_freeze_count()
        assert frozen > 10_000
        assert len(gc.get_objects()) < frozen / 10
        circle: list[object] = []
        circle.append(circle)
        del circle
        assert gc.collect() >= 1
    finally:
        gc.unfreeze()
