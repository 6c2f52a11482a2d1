"""Holds carriers' quotas of a day where several decide on it: what was searched for at once is not done at once.

A plan that is too much by itself was seen to be so (it is among its violations), and may be released.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from logistics.delivery.edge import store
from logistics.delivery.release import CarrierDraft
from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, Facts, FieldError
from logistics.routing.edge import carried
from logistics.routing.edge.decided import decided_of
from logistics.routing.edge.tables import PlanRow


def attach(ctx: Context) -> None:
    """Let the plans of this context's database know what replans left to carriers."""
    carried.tell_replanned_with(ctx, replanned)


def replanned(session: Session, on: date) -> Collection[str]:
    """Return the shipments that accepted replans of a day left to carriers."""
    return {one["shipment_id"] for left in store.list_replanned_to_carriers(session, on) for one in left or ()}


def check_plan(plan: PlanRow, going: Sequence[CarrierDraft], *, tx: Transaction) -> None:
    """Refuse (409) what would be too much for a carrier, as others have left shipments to it since the search."""
    more = _counted(going, tx)
    quotas = {one: most for one, most in plan.quotas.items() if one in more}
    taken = carried.count_carried(tx.session, plan.on, but_plan=plan.id, but=_ids(going)) if quotas else {}
    before = decided_of(plan).carried
    _refuse({one: most for one, most in quotas.items() if taken.get(one, 0) > before.get(one, 0)}, taken, more)


def check_replan(on: date, going: Sequence[CarrierDraft], *, tx: Transaction) -> None:
    """Refuse (409) what would be more than is left of the quotas of a day."""
    more = _counted(going, tx)
    quotas = carried.quotas_of_day(tx.session, on) if more else {}
    _refuse(quotas, carried.count_carried(tx.session, on, but=_ids(going)) if quotas else {}, more)


def _ids(going: Sequence[CarrierDraft]) -> set[str]:
    return {one.shipment_id for one in going}


def _counted(going: Sequence[CarrierDraft], tx: Transaction) -> Counter[str]:
    more = Counter(one.carrier for one in going)
    store.lock_carriers(tx.session, more)  # of two who leave something to one carrier, the second sees the first's
    return more


def _refuse(quotas: Mapping[str, int], taken: Mapping[str, int], more: Mapping[str, int]) -> None:
    errors = tuple(
        _error(carrier, most, taken.get(carrier, 0), more[carrier])
        for carrier, most in sorted(quotas.items())
        if carrier in more and taken.get(carrier, 0) + more[carrier] > most
    )
    if errors:
        sentence = "; ".join(error.message for error in errors)
        raise Conflict(f"A quota of the day is used up by now: {sentence}.", code="quota_used_up", errors=errors)


def _error(carrier: str, most: int, taken: int, more: int) -> FieldError:
    message = f"{carrier} takes {most} on this day, has {taken}, and would get {more} more"
    facts: Facts = {"carrier": carrier, "most": most, "taken": taken, "more": more}
    return FieldError(f"quotas.{carrier}", message, f"at most {max(0, most - taken)}: ask anew", "quota", facts)
