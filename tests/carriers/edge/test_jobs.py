from __future__ import annotations

import importlib

import pytest

from logistics.carriers.edge import booking, jobs, ports
from logistics.carriers.edge.jobs import JOBS
from logistics.carriers.port import Ask
from logistics.kit.errors import Refusal
from tests.carriers.edge.box import Box


def test_the_table_names_functions_that_exist() -> None:
    for _, path in JOBS.values():
        module, _, name = path.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_all_that_is_due_is_asked_in_one_go(carrier: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "ports_of", lambda _client: carrier.ports)
    monkeypatch.setattr(booking, "BATCH", 2)
    ids = [carrier.house.shipment()["id"] for _ in range(5)]
    for shipment_id in ids:
        carrier.book(shipment_id)
    jobs.ask_carriers(carrier.house.ctx)
    assert {carrier.consignment(one)["state"] for one in ids} == {"booked"}


def test_silence_is_broken_by_the_clock(carrier: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "ports_of", lambda _client: carrier.ports)
    carrier.desk._deliver = None  # noqa: SLF001 - a carrier whose pushes never come
    shipment_id, _ = carrier.under_way()
    carrier.until(days=4)
    jobs.poll_silent(carrier.house.ctx)
    jobs.read_pushes(carrier.house.ctx)
    assert carrier.state(shipment_id) == "delivered"


def test_carriers_are_called_behind_the_guard(carrier: Box) -> None:
    client = ports.http_client(carrier.house.ctx)
    with pytest.raises(Refusal, match="is not https"):
        ports.over(client)(Ask("GET", "http://10.0.0.1/", {}))
    client.close()
