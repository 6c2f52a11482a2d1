"""A run against a plain model of it: every parcel and every minor unit, whatever a driver does in any order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.delivery import plans
from tests.delivery.stage import Day, ids, labels, money
from tests.living import House

DOOR = ("delivered", "part", "failed", "refused")
STORE = ("handed_over", "failed")


@dataclass
class Load:
    """One shipment, as anybody would note it down on paper."""

    made: dict[str, Any]
    cod: int
    at_store: bool
    places: list[str] = field(default_factory=list)
    visit: str = "open"

    def share(self, handed: int) -> int:
        """Say what is due for the first ``handed`` parcels: the odd units fall on the first ones."""
        each, odd = divmod(self.cod, len(self.places))
        return each * handed + min(odd, handed)


class Runs(RuleBasedStateMachine):
    house: House
    count = 0

    @initialize(
        sizes=st.lists(st.tuples(st.sampled_from([0, 1, 500, 1001]), st.integers(1, 3)), min_size=1, max_size=3),
        with_store=st.booleans(),
        begun=st.sampled_from(["released", "underway", "underway", "underway"]),
    )
    def plan(self, sizes: list[tuple[int, int]], with_store: bool, begun: str) -> None:  # noqa: FBT001 - drawn by chance
        type(self).count += 1
        self.day = Day(self.house, f"veh_{self.count}")
        self.state, self.purse = "released", 0
        self.handed_in: int | None = None
        self.loads = [self._load(cod, parcels, at_store=False) for cod, parcels in sizes]
        self.loads += [self._load(700, 2, at_store=True)] * with_store
        stops = [
            plans.stop(no, no * 15, ids([load.made]), site_id=self.house.store_id if load.at_store else None)
            for no, load in enumerate(self.loads, 1)
        ]
        released = self.day.ok(self.day.release(self.day.plan(self.day.route(*stops))))
        self.day.run_id = released["runs"][0]["id"]
        if begun == "underway":
            self.load_everything()
            self.depart()

    def _load(self, cod: int, parcels: int, *, at_store: bool) -> Load:
        return Load(self.day.shipment(cod=cod, parcels=parcels), cod, at_store, ["merchant"] * parcels)

    def _any(self, data: st.DataObject) -> Load:
        return data.draw(st.sampled_from(self.loads))

    @rule(data=st.data())
    def load_all(self, data: st.DataObject) -> None:
        load = self._any(data)
        count = data.draw(st.integers(1, len(load.places)))
        assert self.day.load(labels([load.made])[:count]).status_code == 200
        if self.state in {"released", "loading"}:
            self.state = "loading"
            load.places[:count] = ["vehicle"] * count

    @rule()
    def load_everything(self) -> None:
        assert self.day.load(labels([load.made for load in self.loads])).status_code == 200
        if self.state in {"released", "loading"}:
            self.state = "loading"
            for load in self.loads:
                load.places = ["vehicle"] * len(load.places)

    @rule()
    def depart(self) -> None:
        on_board = [load.places.count("vehicle") for load in self.loads]
        whole = [count == len(load.places) for count, load in zip(on_board, self.loads, strict=True)]
        fine = (
            self.state == "loading"
            and any(whole)
            and all(all_ or not n for all_, n in zip(whole, on_board, strict=True))
        )
        assert (self.day.depart().status_code == 200) is (fine or self.state == "underway")
        if fine:
            self.state = "underway"
            for load, goes in zip(self.loads, whole, strict=True):
                load.visit = "open" if goes else "cancelled"

    @rule(data=st.data(), means=st.sampled_from(["cash", "cash", "card"]), extra=st.sampled_from([0, 0, 0, -1, 1]))
    def attempt(self, data: st.DataObject, means: str, extra: int) -> None:
        load = self._any(data)
        self._attempt(load, data.draw(st.sampled_from(STORE if load.at_store else DOOR)), means, extra)

    @rule(means=st.sampled_from(["cash", "qr"]))
    def deliver_the_rest_and_come_back(self, means: str) -> None:
        for load in self.loads:
            if load.visit == "open":
                self._attempt(load, "handed_over" if load.at_store else "delivered", means, 0)
        self.finish()

    def _attempt(self, load: Load, outcome: str, means: str, extra: int) -> None:
        handed = {"delivered": len(load.places), "part": 1}.get(outcome, 0)
        amount = load.share(handed) + extra
        cash = {"cash": {"amount": money(amount), "means": means}} if amount > 0 else {}
        more = {"parcel_ids": [load.made["parcels"][0]["id"]]} if outcome == "part" else {}
        answer = self.day.attempt(load.made, outcome, **cash, **more)
        told_before = load.visit == outcome
        paid = max(amount, 0) == load.share(handed)
        fine = (
            self.state == "underway" and load.visit == "open" and paid and (outcome != "part" or len(load.places) > 1)
        )
        assert (answer.status_code == 201) is (fine or told_before), answer.text
        if fine:
            self._attempted(load, outcome, handed, amount if means == "cash" and cash else 0)

    def _attempted(self, load: Load, outcome: str, handed: int, cash: int) -> None:
        load.visit = outcome
        self.purse += cash
        if outcome == "handed_over":
            load.places = ["site"] * len(load.places)
        load.places[:handed] = ["recipient"] * handed

    @rule()
    def finish(self) -> None:
        fine = self.state == "underway" and all(load.visit != "open" for load in self.loads)
        assert (self.day.finish().status_code == 200) is (fine or self.state in {"back", "closed"})
        if fine:
            self.state = "back"
            self._close()

    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        load = self._any(data)
        answer = self.day.on_run("returns", {"labels": labels([load.made])})
        assert (answer.status_code == 200) is (self.state != "underway")
        if self.state != "underway":
            load.places = ["site" if place == "vehicle" else place for place in load.places]
            self._close()

    @rule(off_by=st.sampled_from([0, 0, -1, 5]))
    def hand_in(self, off_by: int) -> None:
        amount = max(self.purse + off_by, 0)
        answer = self.day.hand_in(amount)
        ends = self.state in {"back", "closed"}
        again = self.handed_in == amount
        fine = ends and (again or (self.handed_in is None and (self.state == "back" or amount == 0)))
        assert (answer.status_code == 200) is fine, answer.text
        if fine:
            assert answer.json()["expected"] == money(self.purse)
            assert self.day.hand_in(amount).json() == answer.json(), "told again is told once"
            if amount or self.purse:
                self.handed_in = amount
            self._close()

    def _close(self) -> None:
        loaded = any("vehicle" in load.places for load in self.loads)
        if self.state == "back" and not loaded and (self.purse == 0 or self.handed_in is not None):
            self.state = "closed"

    @invariant()
    def the_book_says_the_same(self) -> None:
        if not hasattr(self, "loads"):
            return
        run = self.day.run()
        assert run["state"] == self.state
        assert run["cash"] == {"taken": money(self.purse), "handed_in": money(self.handed_in or 0)}
        assert self.day.visits() == {load.made["id"]: load.visit for load in self.loads}
        for stop, load in zip(run["stops"], self.loads, strict=True):
            holders = [parcel["holder"].partition(":")[0] for parcel in stop["visits"][0]["parcels"]]
            assert holders == load.places


def test_a_run_keeps_its_books_whatever_happens(sqlite_house: House) -> None:
    machine = type("Machine", (Runs,), {"house": sqlite_house, "count": 0})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=checks),
    )
