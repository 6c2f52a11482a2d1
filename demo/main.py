"""One day in a city, from one command: prepares it, starts the platform, lets the days happen, tells how it went.

Starts and ends things; what happens in between is in ``day`` and in the actors.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from demo import ground, reckoning, telling
from demo.actors.carrier_desk import CarrierDeskActor
from demo.actors.clerk import ClerkActor
from demo.actors.depot import DepotActor
from demo.actors.dispatcher import DispatcherActor
from demo.actors.driver import DriverActor
from demo.actors.finance import FinanceActor
from demo.actors.merchant import MerchantActor
from demo.client import Exchange, Refused
from demo.clock import Jumping, Pace, Walking
from demo.conductor import Conductor
from demo.day import START, Days
from demo.founding import CARRIER_SECRET, OPERATOR, PASSWORD, Founder
from demo.ground import Ground, NoSuchCity
from demo.house import CARRIER_STATE, DATABASE, House, free_ports
from demo.options import Options, parse
from demo.processes import Died
from demo.receiver import Receiver
from demo.stage import Stage
from demo.watchers import Watchers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from demo.client import Line


def main(words: Sequence[str] | None = None) -> int:
    """Run the demo; 0 after days in which everything added up."""
    options = parse(sys.argv[1:] if words is None else words)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: nothing we started is left behind
    try:
        with ExitStack() as stack:
            return Demo(options, stack).run()
    except KeyboardInterrupt:
        print("\n  The day is over; everything has been stopped.")
        return 0
    except (NoSuchCity, Died, Refused) as problem:
        print(problem, file=sys.stderr)
        return 2


class Demo:
    """The demo from its first file to its last figure; what it starts is ended with the stack."""

    def __init__(self, options: Options, stack: ExitStack) -> None:
        self.options = options
        self.folder = options.folder.resolve()
        self.wall_s: dict[str, float] = {}
        self._stack = stack

    def run(self) -> int:
        """Prepare, open, found, let the days happen, reckon."""
        with self._phase("map and world"):
            prepared = self._prepare()
        house = House(self.folder, free_ports(self.options.port), prepared)
        with self._phase("start"):
            self._stack.callback(house.close)
            house.open()
        with self._phase("founding"):
            days = self._found(house, prepared)
        if not self.options.headless:
            print(telling.welcome(days.stage, house.ports.url, self.options.speed), flush=True)
        with self._phase("days"):
            days.run()
        ground.remember_day(self.options, days.next_day)
        with self._phase("reckoning"):
            summary = reckoning.reckon(days, house.server.restarts)
        self.wall_s["planning"] = round(days.dispatcher.wall_s, 1)
        summary.wall_s = self.wall_s
        print(telling.result(summary), flush=True)
        if self.options.json_file:
            text = json.dumps(summary.as_json(), ensure_ascii=False, indent=1)
            self.options.json_file.write_text(text, encoding="utf-8")
        if not self.options.headless:
            self._stay(house)
        return 1 if summary.problems() else 0

    def _prepare(self) -> Ground:
        if not self.options.keep:
            for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", CARRIER_STATE):
                (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.folder / "logs", ignore_errors=True)
        return ground.prepare(self.options)

    def _found(self, house: House, prepared: Ground) -> Days:
        exchange = Exchange(house.ports.url)
        self._stack.callback(exchange.close)
        receiver = Receiver(len(prepared.world.merchants))
        receiver.start()
        self._stack.callback(receiver.stop)
        operator = exchange.person(OPERATOR, PASSWORD)
        pace = self._pace(operator, prepared)
        operator = exchange.person(OPERATOR, PASSWORD)  # a session begun before the clock was set may have run out
        cast = Founder(prepared.world, exchange, receiver, operator, house.ports.carrier_url).found()
        watchers = Watchers(house.ports.feed_url)
        self._stack.callback(watchers.hang_up)
        stage = Stage(prepared.world, cast, exchange, Conductor(pace), watchers, headless=self.options.headless)
        self._cue_extras(stage, house)
        carriers = Exchange(house.ports.carrier_url)
        self._stack.callback(carriers.close)
        carrier = CarrierDeskActor(stage, carriers.line(CARRIER_SECRET))
        return self._days(stage, carrier, "roads" if prepared.roads else "geodesic")

    def _pace(self, operator: Line, prepared: Ground) -> Pace:
        start = prepared.world.at(prepared.world.day, START)
        return Jumping(operator, start) if self.options.headless else Walking(operator, start, self.options.speed)

    def _days(self, stage: Stage, carrier: CarrierDeskActor, travel: str) -> Days:
        stage.drivers = {role.id: DriverActor(stage, role) for role in stage.cast.vans}
        stage.clerks = {role.id: ClerkActor(stage, role) for role in stage.cast.stores}
        return Days(
            stage=stage,
            merchants=[MerchantActor(stage, role) for role in stage.cast.merchants],
            depots=[DepotActor(stage, role, carrier) for role in stage.cast.depots],
            dispatcher=DispatcherActor(stage, seconds=self.options.seconds, travel=travel),
            finance=FinanceActor(stage, carrier),
            carrier=carrier,
            tell=lambda word: print(f"  {word}", flush=True),
        )

    def _cue_extras(self, stage: Stage, house: House) -> None:
        """Let buyers begin to watch when all orders are in, and kill the server if that was asked for."""
        day, world = stage.world.day, stage.world

        def watch(_: object) -> None:
            chosen = telling.picked(stage, self.options.watchers)
            stage.watchers.start({one: stage.links[one] for one in chosen})
            if not self.options.headless:
                print(telling.links(stage, house.ports.url), flush=True)

        stage.conductor.at(world.at(day, START.replace(minute=48)), "watchers", watch)
        if self.options.kill_at:
            stage.conductor.at(world.at(day, self.options.kill_at), "fate", lambda _: house.server.kill())

    def _stay(self, house: House) -> None:
        print(f"\n  Everything stays open at {house.ports.url} until Ctrl-C.", flush=True)
        while house.server.alive:
            time.sleep(0.5)

    @contextmanager
    def _phase(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.wall_s[name] = round(time.monotonic() - began, 1)
        if self.options.headless:
            print(f"  {name}: {self.wall_s[name]} s", flush=True)
