"""The day, and the days after it: who is called when, until everything has ended.

The first day's orders are planned and driven; what failed is tried again, what nobody fetched goes back, and
the money is banked and remitted, until every shipment has ended and the merchants have theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demo.actors.carrier_desk import CarrierDeskActor
from demo.actors.depot import DepotActor
from demo.actors.dispatcher import DispatcherActor
from demo.actors.finance import FinanceActor
from demo.actors.merchant import MerchantActor
from demo.stage import Stage
from demo.summary import ENDED
from logistics.shipments.lifecycle import ShipmentState

DAYS_MAX = 6
DAWN = time(5)
NEWS_IS_IN = time(12)  # a carrier that tells late on purpose has told it by then
START = time(6, 30)  # the platform's clock at the beginning


@dataclass(slots=True)
class Days:
    """All actors, and the timetable they are called by."""

    stage: Stage
    merchants: list[MerchantActor]
    depots: list[DepotActor]
    dispatcher: DispatcherActor
    finance: FinanceActor
    carrier: CarrierDeskActor
    tell: Callable[[str], None]
    count: int = 0

    @property
    def next_day(self) -> date:
        """The first day after all these, the last morning included."""
        return self.stage.world.day + timedelta(days=self.count + 1)

    def run(self) -> None:
        """Go on from day to day until everything has ended, or six days are over."""
        while self.count < DAYS_MAX and not (self.count and self._all_ended()):
            today = self.stage.world.day + timedelta(days=self.count)
            self._morning(today, first=self.count == 0)
            self._evening(today)
            self.count += 1
            self.stage.conductor.run(until=self._at(today + timedelta(days=1), DAWN))
            self.tell(f"{today:%a %d %b}: {self._so_far()}")
        self._last_morning(self.stage.world.day + timedelta(days=self.count))

    def _morning(self, today: date, *, first: bool) -> None:
        self._cue(today, time(6, 1) if not first else START, "carrier", self.carrier.open_day)
        if first:
            for merchant in self.merchants:
                self._cue(today, START, merchant.name, merchant.open_day)
        else:
            self._money_morning(today)
            for clerk in self.stage.clerks.values():
                self._cue(today, time(6, 20), clerk.name, clerk.send_back)
        for depot in self.depots:
            self._cue(today, time(6, 50), depot.name, depot.receive)
            self._cue(today, time(7, 6), depot.name, depot.receive_planned)
        self._cue(today, time(7), "dispatcher", self.dispatcher.plan_day)

    def _money_morning(self, today: date) -> None:
        self._cue(today, time(6), "finance", self.finance.expire_pickups)
        self._cue(today, time(6, 2), "finance", self.finance.take_carrier_money)
        self._cue(today, time(6, 4), "finance", self.finance.remit)

    def _evening(self, today: date) -> None:
        if not self.stage.headless:
            for hour in range(8, 21, 2):
                self._cue(today, time(hour), "clock", lambda at: self.tell(f"{at:%H:%M}  {self._so_far()}"))
        for clerk in self.stage.clerks.values():
            self._cue(today, time(20, 45), clerk.name, clerk.close_day)
        for depot in self.depots:
            self._cue(today, time(16, 30), depot.name, depot.hand_to_carriers)
            self._cue(today, time(21, 30), depot.name, depot.give_back)
            self._cue(today, time(21, 35), depot.name, depot.bank)

    def _last_morning(self, today: date) -> None:
        self._money_morning(today)
        self.stage.conductor.run(until=self._at(today, time(6, 30)))
        if self.finance.early:
            self._cue(today, NEWS_IS_IN, "finance", self.finance.take_what_was_early)
            self.stage.conductor.run(until=self._at(today, NEWS_IS_IN))

    def _all_ended(self) -> bool:
        return all(shipment["state"] in ENDED for shipment in self.stage.shipments())

    def _so_far(self) -> str:
        """Say in a line how the shipments stand."""
        states = Counter(shipment["state"] for shipment in self.stage.shipments())
        return ", ".join(f"{states[state]} {state}" for state in ShipmentState if states[state])

    def _cue(self, today: date, clock: time, who: str, step: Callable[[datetime], None]) -> None:
        self.stage.conductor.at(self._at(today, clock), who, step)

    def _at(self, today: date, clock: time) -> datetime:
        return self.stage.world.at(today, clock)
