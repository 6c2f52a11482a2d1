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


def test_without_a_cluster_this_machine_searches_and_says_why() -> None:
    assert crew.find_cluster("") == (None, ())
    executor, (finding,) = crew.find_cluster("tcp://127.0.0.1:9")
    assert (executor, finding.code) == (None, "away")
    assert "127.0.0.1:9" in finding.message
