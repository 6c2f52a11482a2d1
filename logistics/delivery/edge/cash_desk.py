"""The end of a run: its cash handed in at the depot, and the run closed."""

from __future__ import annotations

from datetime import datetime

from logistics.delivery import outcomes
from logistics.delivery.cash import HandIn, carried
from logistics.delivery.edge import store
from logistics.delivery.edge.tables import HandInRow, RunRow
from logistics.delivery.events import CashHandedIn
from logistics.delivery.lifecycle import RUN, RunState, RunStep
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, Invalid
from logistics.kit.money import Money
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.lifecycle import ParcelState


def hand_in(run_id: str, amount: Money, *, at: datetime, tx: Transaction) -> HandIn:
    """Take a run's cash at its depot, once; the driver has none of it afterwards, whatever was counted.

    The same amount told again is the first one told; another amount is refused (409).
    """
    run = store.lock_run(tx.session, run_id)
    if amount.currency != run.currency:
        raise Invalid("amount.currency", f"is {amount.currency}", f"{run.currency}, as on this run")
    if run.state not in {RunState.BACK, RunState.CLOSED}:
        raise Conflict(f"The run is {run.state}; cash is handed in at the end.", code=f"run_{run.state}")
    known = store.find_hand_in(tx.session, run_id)
    if known:
        return _same_again(known, amount)
    done = HandIn(amount, taken_in(run, tx=tx))
    if run.state == RunState.CLOSED and amount:
        raise Conflict("The run is closed, and no cash was taken on it.", code="nothing_to_hand_in")
    if done.amount or done.expected:
        _enter(run, done, at, tx)
    close_if_done(run, tx=tx)
    return done


def taken_in(run: RunRow, *, tx: Transaction) -> Money:
    """Return the cash taken on a run."""
    return carried(store.list_taken(tx.session, [run.id])[run.id], run.currency)


def close_if_done(run: RunRow, *, tx: Transaction) -> None:
    """Close a run that is back when nothing of it is on the vehicle and its cash, if any, is handed in."""
    tx.session.flush()
    if run.state != RunState.BACK or _is_loaded(run, tx):
        return
    if taken_in(run, tx=tx) and not store.find_hand_in(tx.session, run.id):
        return
    run.state = RUN.after(RunState(run.state), RunStep.CLOSE)
    tx.session.add(run)


def _is_loaded(run: RunRow, tx: Transaction) -> bool:
    shipment_ids = [visit.shipment_id for visit in store.list_visits(tx.session, run.id)]
    parcels = shipment_store.list_parcels_of(tx.session, shipment_ids)
    holder = store.vehicle_holder(run.vehicle_id)
    return any(one.state == ParcelState.LOADED and one.holder == holder for rows in parcels.values() for one in rows)


def _same_again(known: HandInRow, amount: Money) -> HandIn:
    if known.amount_minor != amount.amount_minor:
        raise Conflict(f"{Money(known.amount_minor, known.currency)} was handed in already.", code="handed_in")
    return HandIn(amount, Money(known.expected_minor, known.currency))


def _enter(run: RunRow, done: HandIn, at: datetime, tx: Transaction) -> None:
    row = HandInRow(
        run_id=run.id,
        amount_minor=done.amount.amount_minor,
        expected_minor=done.expected.amount_minor,
        currency=run.currency,
        at=at,
    )
    tx.session.add(row)
    tx.announce(
        CashHandedIn(
            merchant_id="",
            shipment_id="",
            occurred_at=at,
            run_id=run.id,
            amount=done.amount,
            expected=done.expected,
            holder=outcomes.holder(run.vehicle_id),
            to=f"depot:{run.depot_id}",
        )
    )
