"""Founds the business of the demo through its own HTTP interface: sites, vehicles, merchants, people, devices.

Finds what is there already, so that a demo can go on with the database of the last time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from demo.client import Exchange, Line, Refused
from demo.receiver import Receiver
from demo.stage import Cast, DepotRole, MerchantRole, StoreRole, VanRole, money
from demo.world import SHIFT, World

OPERATOR = "operator"
DISPATCHER = "dispatcher"
PASSWORD = "a-day-in-the-city"  # noqa: S105 - a demo's doors are open, and listen on this machine alone
CARRIER = "pretend"
CARRIER_SECRET = "carrier-says-friend"  # noqa: S105 - likewise
CALLBACK_SECRET = "callback-says-friend"  # noqa: S105 - likewise


@dataclass(frozen=True, slots=True)
class Founder:
    """Founds with the operator's rights."""

    world: World
    exchange: Exchange
    receiver: Receiver
    operator: Line
    carrier_url: str

    def found(self) -> Cast:
        """Enter everything the world has, and give everybody a line."""
        depots = tuple(self._depot(number) for number in range(len(self.world.depots)))
        stores = tuple(self._store(number) for number in range(len(self.world.stores)))
        self._account(DISPATCHER, "Dispatcher", "dispatcher")
        self._carrier()
        return Cast(
            operator=self.operator,
            dispatcher=self.exchange.person(DISPATCHER, PASSWORD),
            depots=depots,
            stores=stores,
            vans=tuple(self._van(number, depots) for number in range(len(self.world.vans))),
            merchants=tuple(self._merchant(number) for number in range(len(self.world.merchants))),
        )

    def _depot(self, number: int) -> DepotRole:
        depot = self.world.depots[number]
        hours = [{"days": list(range(7)), "opens": "05:00", "closes": "23:00"}]
        site = self._site(depot.name, "depot", depot.point.lat, depot.point.lon, address=depot.address, hours=hours)
        login = f"depot{number + 1}"
        self._account(login, f"Desk {depot.name}", "depot", site_id=site)
        return DepotRole(site, depot, self.exchange.person(login, PASSWORD))

    def _store(self, number: int) -> StoreRole:
        store = self.world.stores[number]
        hours = [
            {"days": list(days), "opens": _clock(opens), "closes": _clock(closes)}
            for days, opens, closes in store.hours
        ]
        room = {"capacity_parcels_max": store.capacity_parcels_max, "keep_days": store.keep_days}
        point = store.point
        site = self._site(store.name, "store", point.lat, point.lon, address=store.address, hours=hours, **room)
        return StoreRole(site, store, self._paired({"kind": "till", "site_id": site, "name": store.name}))

    def _site(self, name: str, kind: str, lat: float, lon: float, **rest: Any) -> str:
        body = {
            "name": name,
            "kinds": [kind],
            "point": {"lat": lat, "lon": lon},
            "time_zone": self.world.market.time_zone,
            **rest,
        }
        return self._found_or_made("/v1/sites", name, body)

    def _van(self, number: int, depots: tuple[DepotRole, ...]) -> VanRole:
        van, currency = self.world.vans[number], self.world.market.currency
        body = {
            "name": van.name,
            "depot_id": depots[van.depot].id,
            "driver_name": van.driver,
            "capacity_g": van.capacity_g,
            "capacity_cm3": van.capacity_cm3,
            "capacity_parcels": van.capacity_parcels,
            "cash_minor_max": van.cash_minor_max,
            "shift_start": _clock(SHIFT[0]),
            "shift_end": _clock(SHIFT[1]),
            "fixed_cost": money(van.fixed_minor, currency),
            "cost_per_km": money(van.per_km_minor, currency),
            "cost_per_h": money(van.per_h_minor, currency),
        }
        vehicle = self._found_or_made("/v1/vehicles", van.name, body)
        return VanRole(vehicle, van, self._paired({"kind": "driver", "vehicle_id": vehicle, "name": van.name}))

    def _merchant(self, number: int) -> MerchantRole:
        merchant, market = self.world.merchants[number], self.world.market
        body = {
            "name": merchant.name,
            "locale": market.locale,
            "time_zone": market.time_zone,
            "contract": merchant.contract,
        }
        owner = self._found_or_made("/v1/merchants", merchant.name, body)
        self._account(f"merchant{number + 1}", merchant.name, "merchant", merchant_id=owner)
        key = self.operator.post(f"/v1/merchants/{owner}/api-keys", {"name": "demo"})["secret"]
        line = self.exchange.line(key)
        inbox = self.receiver.inboxes[number]
        endpoint = self._endpoint(line, self.receiver.url(number))
        inbox.secret = endpoint["secret"]
        return MerchantRole(owner, merchant, number, line, endpoint["id"], inbox)

    def _endpoint(self, line: Line, url: str) -> dict[str, Any]:
        """Register the receiver; that of an earlier demo, which nobody serves any more, is taken away."""
        for old in _items(line.get("/v1/webhook-endpoints")):
            line.delete(f"/v1/webhook-endpoints/{old['id']}")
        made: dict[str, Any] = line.post("/v1/webhook-endpoints", {"url": url, "description": "the demo's receiver"})
        return made

    def _carrier(self) -> None:
        if any(one["code"] == CARRIER for one in _items(self.operator.get("/v1/carriers"))):
            return
        self.operator.post("/v1/carriers", carrier_body(self.world, self.carrier_url), key="carrier")

    def _account(self, login: str, name: str, role: str, **of: str) -> None:
        body = {"login": login, "password": PASSWORD, "name": name, "role": role, **of}
        try:
            self.operator.post("/v1/accounts", body)
        except Refused as refused:
            if refused.status != 409:  # noqa: PLR2004 - 409: there is such an account already
                raise

    def _paired(self, body: dict[str, str]) -> Line:
        code = self.operator.post("/v1/devices/pairing-codes", body)["code"]
        return self.exchange.line(self.exchange.line().post("/v1/devices/pair", {"code": code})["token"])

    def _found_or_made(self, path: str, name: str, body: dict[str, Any]) -> str:
        known = [one for one in _items(self.operator.get(path)) if one["name"] == name]
        return str((known[0] if known else self.operator.post(path, body, key=f"{path} {name}"))["id"])


def carrier_body(world: World, url: str) -> dict[str, Any]:
    """Return the one carrier: dear in town, the only one beyond; prices follow the market's."""
    unit = world.market.price_unit_minor / 100  # of the major unit
    centre = world.depots[0].point
    town = {"kind": "circle", "centre": {"lat": centre.lat, "lon": centre.lon}, "radius_m": 40_000}
    return {
        "code": CARRIER,
        "name": "Pretend Express",
        "base_url": url,
        "adapter": "pretend",
        "secret": CARRIER_SECRET,
        "callback_secret": CALLBACK_SECRET,
        "collects_cod": True,
        "cutoff": "17:00",
        "time_zone": world.market.time_zone,
        "rate_card": {
            "currency": world.market.currency,
            "zones": [
                _zone("town", 12 * unit, 3 * unit, days=1) | {"areas": [town]},
                _zone("country", 15 * unit, 5 * unit, days=2),
            ],
            "volumetric_cm3_per_kg": 6000,
            "cod_share": "0.01",
            "cod_min": f"{unit:.2f}",
        },
    }


def _zone(name: str, first: float, step: float, *, days: int) -> dict[str, Any]:
    return {
        "name": name,
        "first_weight_g": 1000,
        "first_price": f"{first:.2f}",
        "step_g": 1000,
        "step_price": f"{step:.2f}",
        "days": days,
    }


def _items(answer: Any) -> list[dict[str, Any]]:
    return list(answer["items"] if isinstance(answer, dict) else answer)


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
