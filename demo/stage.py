"""What the actors stand on: the world, their lines to the platform, the conductor, and seeded chance.

``Cast`` is who is who on the platform: every site, vehicle and merchant with its id and its own line.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from demo.client import Exchange, Line
from demo.conductor import Conductor
from demo.receiver import Inbox
from demo.watchers import Watchers
from demo.world import Depot, Merchant, Order, Store, Van, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from demo.actors.clerk import ClerkActor
    from demo.actors.driver import DriverActor

NEWS_S_MAX = 30.0
BOOKING_S_MAX = 150.0  # what a killed server was about to ask is asked again after two minutes
NAP_S = 0.1


@dataclass(frozen=True, slots=True)
class DepotRole:
    """A depot on the platform, and the line of the people at its desk."""

    id: str
    depot: Depot
    line: Line


@dataclass(frozen=True, slots=True)
class StoreRole:
    """A store on the platform, and the line of its till."""

    id: str
    store: Store
    line: Line


@dataclass(frozen=True, slots=True)
class VanRole:
    """A vehicle on the platform, and the line of its driver's phone."""

    id: str
    van: Van
    line: Line


@dataclass(frozen=True, slots=True)
class MerchantRole:
    """A merchant on the platform, its line (an API key), its webhook endpoint and inbox."""

    id: str
    merchant: Merchant
    number: int
    line: Line
    endpoint_id: str
    inbox: Inbox


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who has a line."""

    operator: Line
    dispatcher: Line
    depots: tuple[DepotRole, ...]
    stores: tuple[StoreRole, ...]
    vans: tuple[VanRole, ...]
    merchants: tuple[MerchantRole, ...]

    def depot(self, site_id: str) -> DepotRole:
        """Return a depot by its id."""
        return next(one for one in self.depots if one.id == site_id)

    def store(self, site_id: str) -> StoreRole:
        """Return a store by its id."""
        return next(one for one in self.stores if one.id == site_id)

    def van(self, vehicle_id: str) -> VanRole:
        """Return a van by its id."""
        return next(one for one in self.vans if one.id == vehicle_id)


@dataclass(slots=True)
class Stage:
    """What every actor may use."""

    world: World
    cast: Cast
    exchange: Exchange
    conductor: Conductor
    watchers: Watchers
    headless: bool
    links: dict[str, str] = field(default_factory=dict)  # shipment id -> the token of its public link
    references: dict[str, str] = field(default_factory=dict)  # shipment id -> the merchant's order number
    drivers: dict[str, DriverActor] = field(default_factory=dict)  # by vehicle id
    clerks: dict[str, ClerkActor] = field(default_factory=dict)  # by site id

    def chance(self, *what: object) -> Random:
        """Return the chance of one thing: the same for the same seed and thing, whenever it is asked."""
        return Random("|".join(str(part) for part in (self.world.seed, *what)))

    def order(self, order_ref: str) -> Order:
        """Return the order behind a shipment."""
        return next(one for one in self.world.orders if one.order_ref == order_ref)

    def remember(self, shipment_id: str, order_ref: str, tracking_url: str) -> None:
        """Keep the link a merchant passes on to the buyer, and whose order it is about."""
        self.links[shipment_id] = urlsplit(tracking_url).path.rsplit("/", 1)[-1]
        self.references[shipment_id] = order_ref

    def shipments(self) -> list[dict[str, Any]]:
        """Return this world's shipments as the platform tells them; those of earlier days are not among them."""
        mine = {order.order_ref for order in self.world.orders}
        return [one for one in self.cast.dispatcher.pages("/v1/shipments") if one["order_ref"] in mine]

    def let_news_arrive(self) -> None:
        """Wait until everything announced before now has been heard: settlement and webhooks hear later than others.

        People read their screens minutes after the fact; a headless day is faster than that.
        """
        self._wait(NEWS_S_MAX, lambda: self.exchange.line().get("/readyz")["oldest_news_s"] <= 0)

    def let_carriers_book(self) -> None:
        """Wait until carriers have answered every order given to them; a headless day leaves no hours for it.

        Who is still silent after that is left, as on any other day: the handover takes along what is booked.
        """
        if self.headless:
            self._wait(BOOKING_S_MAX, self._have_all_answered)

    def _have_all_answered(self) -> bool:
        return not self.cast.dispatcher.get("/v1/consignments", state="booking", limit=1)["items"]

    def _wait(self, seconds_max: float, is_done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + seconds_max
        while not is_done() and time.monotonic() < deadline:
            time.sleep(NAP_S)

    def driver(self, vehicle_id: str) -> DriverActor:
        """Return who drives a vehicle."""
        return self.drivers[vehicle_id]

    def clerk(self, site_id: str) -> ClerkActor:
        """Return who stands in a store."""
        return self.clerks[site_id]

    def notice(self, at: datetime, who: str, what: str) -> None:
        """Note that something went otherwise than it should."""
        self.conductor.mishap(at, who, what)


def money(amount_minor: int, currency: str) -> dict[str, Any]:
    """Write an amount as it travels."""
    return {"amount_minor": amount_minor, "currency": currency}
