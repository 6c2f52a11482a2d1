"""A new order put into a running day over HTTP: a real server, its own SQLite file, 300 stops on 15 vans.

    python -m benchmarks.insertion_http --rounds 40

Beside it, in the same run, what any answer of that server costs that reads one row and reckons nothing. What is printed
is what the client waits, the search for a place, the proposal kept on disk and the network of one machine included.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any, TypeVar

import httpx

from demo.house import HOST, free_ports
from demo.processes import Program, run_once
from logistics.kit.edge.clock import monotonic_s, system_now

STOPS, VANS = 300, 15
MORNING_H = 6  # it is this hour at the depot, wherever that is now: the vans have their day before them
LAT, LON, SPREAD = 30.27, 120.15, 0.05  # degrees; doors lie within 5 km or so of the depot
LOGIN, PASSWORD = "operator", "correct horse battery"
PLAN_S, WAIT_S, PAUSE_S = 5, 60.0, 0.2
MS_A_SECOND = 1000

Got = TypeVar("Got")


class Client:
    """One line to the server."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, timeout=WAIT_S)
        self._count = 0

    def log_in(self) -> None:
        """Go on as the operator."""
        token = self.post("/v1/sessions", {"login": LOGIN, "password": PASSWORD})["token"]
        self._http.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str) -> Any:
        """Return what is there."""
        return self._checked(self._http.get(path))

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Any:
        """Return what was made."""
        self._count += 1
        return self._checked(self._http.post(path, json=body, headers={"Idempotency-Key": str(self._count), **headers}))

    @staticmethod
    def _checked(answer: httpx.Response) -> Any:
        if not answer.is_success:
            raise SystemExit(f"{answer.request.url} -> {answer.status_code} {answer.text}")
        return answer.json()


def main(asked: Sequence[str] = ()) -> None:
    """Measure, and print; ``asked`` are the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args(asked).rounds
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as client:
        zone, today = zone_and_day(system_now())
        depot_id, order = found(client, zone, today)
        stops = release(client, depot_id, today)
        question = {"on": today, "changes": [{"kind": "insert", "shipment_id": order()}], "seconds": 0}
        answer = client.post("/v1/replans", question)
        assert answer["inserted"], "the new order found no place"
        floor = times_ms(lambda: client.get(f"/v1/sites/{depot_id}"), rounds)
        insert = times_ms(lambda: client.post("/v1/replans", question), rounds)
    print(f"a new order into {stops} stops, {rounds} rounds: {told(insert)}")
    print(f"one row by HTTP, the same server: {told(floor)}; ratio {median(insert) / median(floor):.1f}")


def times_ms(ask: Callable[[], object], rounds: int) -> list[float]:
    """Return how long each of so many answers took, after two that do not count."""
    times = []
    for _ in range(rounds + 2):
        began_s = monotonic_s()
        ask()
        times.append((monotonic_s() - began_s) * MS_A_SECOND)
    return times[2:]


def told(times: list[float]) -> str:
    """Say the median and the worst but one in twenty."""
    return f"{median(times):.1f} ms in the median, {quantiles(times, n=20)[-1]:.1f} ms at 95 %"


def found(client: Client, zone: str, today: str) -> tuple[str, Callable[[], str]]:
    """Enter a depot, its vans and orders for today; return the depot and how to enter one order more."""
    hours = [{"days": list(range(7)), "opens": "00:00", "closes": "23:59"}]
    depot = {"name": "Depot", "kinds": ["depot"], "point": {"lat": LAT, "lon": LON}, "address": "Depot"}
    depot_id: str = client.post("/v1/sites", {**depot, "hours": hours, "time_zone": zone})["id"]
    for number in range(VANS):
        client.post("/v1/vehicles", van(number, depot_id))
    merchant_id = client.post("/v1/merchants", {"name": "Shop"})["id"]
    key = client.post(f"/v1/merchants/{merchant_id}/api-keys", {"name": "benchmark"})["secret"]
    chance, numbers = Random(1), iter(range(STOPS + 1))

    def order() -> str:
        body = shipment(next(numbers), chance, today)
        made: str = client.post("/v1/shipments", body, Authorization=f"Bearer {key}")["id"]
        return made

    for _ in range(STOPS):
        order()
    return depot_id, order


def release(client: Client, depot_id: str, today: str) -> int:
    """Plan the day and let it go out; return how many stops that are."""
    plan = client.post("/v1/plans", {"on": today, "depot_ids": [depot_id], "seconds": PLAN_S})

    def ended() -> Any:
        now = client.get(f"/v1/plans/{plan['id']}")
        return None if now["state"] in {"queued", "solving"} else now

    plan = waited_for("the plan", ended)
    seen = {"If-Match": f'"{plan["version"]}"'}
    client.post(f"/v1/plans/{plan['id']}/release", {}, **seen)  # refused, with its words, if nothing came out
    return sum(len(route["stops"]) for route in plan["routes"])


def van(number: int, depot_id: str) -> dict[str, Any]:
    """Return a van that takes some twenty orders."""
    money = {"fixed_cost": 100, "cost_per_km": 100, "cost_per_h": 3000}
    return {
        "name": f"Van {number + 1}", "depot_id": depot_id, "driver_name": f"Driver {number + 1}",
        "capacity_g": 500_000, "capacity_cm3": 3_000_000, "capacity_parcels": 24, "cash_minor_max": 500_000,
        "shift_start": "07:00", "shift_end": "22:00",
        **{name: {"amount_minor": amount, "currency": "CNY"} for name, amount in money.items()},
    }  # fmt: skip


def shipment(number: int, chance: Random, today: str) -> dict[str, Any]:
    """Return an order for a door somewhere around the depot."""
    point = {"lat": LAT + chance.uniform(-SPREAD, SPREAD), "lon": LON + chance.uniform(-SPREAD, SPREAD)}
    recipient = {"name": f"Door {number}", "phone": "+86 138 0013 8000", "address": f"Door {number}", "point": point}
    return {
        "order_ref": f"order-{number}", "recipient": recipient, "deliver_on": today,
        "parcels": [{"weight_g": 500, "volume_cm3": 1000}],
    }  # fmt: skip


def zone_and_day(now: datetime) -> tuple[str, str]:
    """Return a time zone in which it is early morning now, and the date it is there."""
    ahead_h = (MORNING_H - now.hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead_h:+d}", (now + timedelta(hours=ahead_h)).date().isoformat()  # they count westwards


@contextmanager
def serving(folder: Path) -> Iterator[Client]:
    """Run a server on a database of its own; it ends with this block."""
    ports = free_ports(0)
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}", "HOST": HOST, "PORT": str(ports.platform),
        "FEED_PORT": str(ports.feed), "REQUESTS_PER_S_MAX": "10000", "REQUESTS_BURST_MAX": "20000",
    }  # fmt: skip
    env = {f"LOGISTICS_{name}": value for name, value in settings.items()}
    run_once("logistics.cli", ["create-operator", LOGIN, "--password", PASSWORD], env=env, timeout_s=WAIT_S)
    server = Program("logistics.cli", ["serve"], env=env, log=folder / "log")
    server.start()
    try:
        yield answering(ports.url)
    finally:
        server.stop()


def answering(url: str) -> Client:
    """Wait until a server answers, and log in."""

    def ready() -> bool | None:
        try:
            return httpx.get(f"{url}/readyz", timeout=2).is_success or None
        except httpx.TransportError:  # it does not listen yet
            return None

    waited_for("the server", ready)
    client = Client(url)
    client.log_in()
    return client


def waited_for(what: str, ask: Callable[[], Got | None]) -> Got:
    """Ask again and again until there is an answer; give up after a minute, and say so."""
    deadline_s = monotonic_s() + WAIT_S
    while (got := ask()) is None:
        if monotonic_s() >= deadline_s:
            raise SystemExit(f"{what} is not there after {WAIT_S:.0f} s")
        time.sleep(PAUSE_S)
    return got


if __name__ == "__main__":
    main(sys.argv[1:])
