"""The shared processes: kept between plans, made anew after one died, left alone when others bring their own."""

import os
import time
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


def test_nobody_waits_for_workers_that_are_not_wanted_any_more() -> None:
    with crew.borrowed(1) as workers:
        asleep = workers.submit(time.sleep, 3)
    crew.warm(1, lambda: False)
    assert not asleep.done()
    crew.warm(1)
    assert asleep.done()


def test_who_brings_an_executor_keeps_it() -> None:
    with ThreadPoolExecutor(1) as mine:
        with crew.borrowed(1, mine) as workers:
            assert workers is mine
        assert mine.submit(lambda: 1).result() == 1


def test_without_a_cluster_this_machine_searches_and_says_why() -> None:
    assert crew.find_cluster("") == (None, ())
    executor, (finding,) = crew.find_cluster("tcp://127.0.0.1:9")
    assert (executor, finding.code) == (None, "away")
    assert "127.0.0.1:9" in finding.message
