"""The ways of a shipment: what its offers leave open, and its wish where nothing was chosen yet."""

from __future__ import annotations

from sqlmodel import delete

from logistics.modes.edge.tables import ChoiceRow
from logistics.routing.edge.ways import Ways, list_ways
from logistics.shipments.edge import store as shipments
from tests.living import House
from tests.routing.edge.desk import CARRIER, ON, money, order


def test_the_pool_shows_what_waits_and_its_ways(house: House) -> None:
    house.made("/v1/carriers", CARRIER)
    ours = order(house)
    either = order(house, 0.02, mode=None, consents=[{"kind": "store", "channel": "checkout"}])
    order(house, deliver_on="2026-11-26")
    items = {one["shipment_id"]: one for one in house.get(f"/v1/pool?on={ON}")["items"]}
    assert set(items) == {ours["id"], either["id"]}
    assert items[ours["id"]]["options"] == [{"kind": "door", "site_id": None}]
    assert items[ours["id"]]["carrier_price"] is None
    assert {"kind": "service_point", "site_id": house.store_id} in items[either["id"]]["options"]
    assert items[either["id"]]["carrier_price"] == money(900)


def test_without_a_choice_the_wish_counts(sqlite_house: House) -> None:
    consents = [{"kind": "store", "channel": "checkout"}]
    door = order(sqlite_house)["id"]
    store = order(sqlite_house, mode="pickup", service_point_id=sqlite_house.store_id, consents=consents)["id"]
    sent = order(sqlite_house, mode="carrier")["id"]
    with sqlite_house.ctx.db.transaction() as tx:
        tx.session.exec(delete(ChoiceRow))
        ways = list_ways(tx.session, shipments.list_by_ids(tx.session, [door, store, sent]))
    assert ways[door] == Ways(at_door=True)
    assert ways[store] == Ways(at_door=False, store_ids=(sqlite_house.store_id,))
    assert ways[sent] == Ways(at_door=False)
