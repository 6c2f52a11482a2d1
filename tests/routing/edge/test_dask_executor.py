"""The engine on a real Dask cluster, and what is said when there is none."""

from typing import Any

import pytest
from distributed import LocalCluster

from logistics.kit.errors import Failure
from logistics.routing.edge import dask_executor, engine
from logistics.routing.edge.solving import Limits
from tests.routing.builders import line_problem, van

DAY = line_problem([0, *((n * 37) % 101 for n in range(1, 30))], vehicles=[van(0, capacity=(15,)), van(1)])


def test_a_cluster_finds_the_plan_that_this_machine_finds() -> None:
    limits = Limits(seconds=30, rounds_max=200, seed=3)
    starting: Any = LocalCluster  # it is untyped
    with starting(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as cluster:
        executor = dask_executor.connect(cluster.scheduler_address)
        there = engine.solve(DAY, limits, executor=executor)
        dask_executor.disconnect()
    here = engine.solve(DAY, limits)
    assert (there.findings, there.plan) == ((), here.plan)


def test_a_scheduler_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_executor, "CONNECT_S", 0.2)
    with pytest.raises(Failure, match=r"127\.0\.0\.1:9"):
        dask_executor.connect("tcp://127.0.0.1:9")
