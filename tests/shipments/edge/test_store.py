"""A shipment that is locked is not read again until its transaction, or a part of it, is over."""

from __future__ import annotations

import pytest

from logistics.kit.errors import NotFound
from logistics.shipments.edge.store import lock_shipment, lock_shipments
from tests.living import House


def test_what_is_locked_is_the_same_row_with_what_was_changed(house: House) -> None:
    one, other = house.shipment()["id"], house.shipment()["id"]
    with house.ctx.db.transaction() as tx:
        found = lock_shipments(tx.session, [other, one])
        found[one].note = "changed"
        assert lock_shipment(tx.session, one) is found[one]
    with house.ctx.db.transaction() as tx:
        assert lock_shipment(tx.session, one).note == "changed"


def test_after_a_roll_back_it_is_read_again(house: House) -> None:
    one = house.shipment()["id"]
    with house.ctx.db.transaction() as tx:
        lock_shipment(tx.session, one).note = "changed"
        tx.session.flush()
        tx.session.rollback()
        assert lock_shipment(tx.session, one).note == ""
        part = tx.session.begin_nested()
        lock_shipment(tx.session, one).note = "changed"
        tx.session.flush()
        part.rollback()
        assert lock_shipment(tx.session, one).note == ""


def test_an_unknown_one_among_others_is_refused(sqlite_house: House) -> None:
    one = sqlite_house.shipment()["id"]
    with sqlite_house.ctx.db.transaction() as tx, pytest.raises(NotFound):
        lock_shipments(tx.session, [one, "shp_none"])
