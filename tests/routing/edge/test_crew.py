"""The shared processes: kept between plans, made anew after one died, left alone when others bring their own."""

import os
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from logistics.routing.edge import crew


def test_the_processes_stay_for_the_next_plan() -> None:
    with crew.borrowed(1) as workers:
        first = workers.submit(os.getpid).result()
    with crew.borrowed(1) as workers:
        assert workers.submit(os.getpid).result() == first
    assert first != os.getpid()


def test_after_a_process_died_there_are_new_ones() -> None:
    with pytest.raises(BrokenProcessPool), crew.borrowed(1) as workers:
        workers.submit(os._exit, 1).result()
    with crew.borrowed(1) as workers:
        assert workers.submit(os.getpid).result() != os.getpid()


def test_who_brings_an_executor_keeps_it() -> None:
    with ThreadPoolExecutor(1) as mine:
        with crew.borrowed(1, mine) as workers:
            assert workers is mine
        assert mine.submit(lambda: 1).result() == 1


def test_dismissed_processes_come_back_when_needed() -> None:
    crew.warm(1)
    crew.dismiss()
    with crew.borrowed(1) as workers:
        assert workers.submit(abs, -3).result() == 3
