"""The figures of the days, asked of the platform; what the actors saw is only held against them.

Waits for what is still on its way - retried webhooks, live messages - and then counts.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from demo.summary import CodFigures, Summary, WebhookFigures, count_ends, count_modes

if TYPE_CHECKING:
    from demo.day import Days
    from demo.stage import MerchantRole, Stage

WEBHOOKS_S_MAX = 25.0
WEBHOOK_NAP_S = 0.4
COD_NAMES = ("accepted", "due", "taken", "banked", "remitted", "fees", "void")


def reckon(days: Days, server_restarts: int) -> Summary:
    """Ask for every figure and put them together."""
    stage = days.stage
    now = stage.world.at(stage.world.day + timedelta(days=days.count), datetime.min.time().replace(hour=7))
    stage.conductor.pace.go_to(now)
    stage.let_news_arrive()
    hooks = _webhooks(stage, now)
    shipments = stage.shipments()
    seqs = _last_seqs(stage)
    stage.watchers.drain(seqs)
    live = stage.watchers.figures(seqs)
    events = [event for merchant in stage.cast.merchants for event in _feed(merchant)]
    ends, plans = count_ends(shipments), days.dispatcher.figures()
    return Summary(
        seed=stage.world.seed,
        city=stage.world.market.city,
        orders=len(stage.world.orders),
        shipments=len(shipments),
        modes=count_modes(shipments),
        planned=plans["planned"],
        unplanned=plans["unplanned"],
        violations=plans["violations"],
        delivered=ends["delivered"],
        picked_up=ends["picked_up"],
        returned=ends["returned"],
        cancelled=ends["cancelled"],
        lost=ends["lost"],
        still_open=ends["still_open"],
        refused=len({event["shipment_id"] for event in events if _is_refusal(event)}),
        events=len(events),
        days=days.count,
        cod=_cod(stage),
        ledger_imbalance_minor=int(stage.cast.operator.get("/v1/ledger/check")["imbalance_minor"]),
        webhooks=hooks,
        live=live,
        server_restarts=server_restarts,
        requests=stage.exchange.traffic.requests,
        mishaps=stage.conductor.mishaps,
    )


def _last_seqs(stage: Stage) -> dict[str, int]:
    """Return the last public number of each watched shipment, by its own page."""
    line = stage.exchange.line()
    return {one.shipment_id: int(line.get(f"/v1/track/{one.token}")["seq"]) for one in stage.watchers.watches}


def _feed(merchant: MerchantRole) -> list[dict[str, Any]]:
    """Read a merchant's event feed to its end."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = merchant.line.get("/v1/events", after=after, limit=500)
        found += page["items"]
        if not page["items"] or page["next_cursor"] in (None, after):
            return found
        after = page["next_cursor"]


def _is_refusal(event: dict[str, Any]) -> bool:
    """Tell whether somebody did not want it: at our door, at a counter, or at a carrier's door."""
    return event["kind"] in ("refused", "pickup_refused") or event["reason"] == "recipient_refused"


def _cod(stage: Stage) -> CodFigures:
    """Add up the COD of all merchants; money in our own bank is in custody, too, until it is remitted.

    The platform says ``accepted`` for what was ever due, and ``due`` for what still is.
    """
    sums: Counter[str] = Counter()
    custody: Counter[str] = Counter()
    outstanding: Counter[str] = Counter()
    for merchant in stage.cast.merchants:
        told = stage.cast.operator.get(f"/v1/merchants/{merchant.id}/cod")
        amounts = {name: _minor(told[name]) for name in COD_NAMES}
        sums.update(amounts)
        custody.update({line["holder"]: _minor(line["amount"]) for line in told["in_custody"]})
        custody["bank"] += amounts["banked"]
        outstanding[merchant.merchant.name] += amounts["due"]
    return CodFigures(
        due_minor=sums["accepted"],
        taken_minor=sums["taken"],
        remitted_minor=sums["remitted"],
        fees_minor=sums["fees"],
        void_minor=sums["void"],
        custody={holder: minor for holder, minor in custody.items() if minor},
        outstanding={name: minor for name, minor in outstanding.items() if minor},
    )


def _minor(amount: Any) -> int:
    return int(amount["amount_minor"] if isinstance(amount, dict) else amount)


def _webhooks(stage: Stage, now: datetime) -> WebhookFigures:
    """Wait until no delivery is pending (tries go by machine time), then count; the receivers have to agree."""
    deadline = time.monotonic() + WEBHOOKS_S_MAX
    states = _delivery_states(stage)
    while states["pending"] and time.monotonic() < deadline:
        time.sleep(WEBHOOK_NAP_S)
        states = _delivery_states(stage)
    for merchant in stage.cast.merchants:
        _compare(stage, merchant, now)
    return WebhookFigures(states.total(), states["delivered"], states["gave_up"])


def _delivery_states(stage: Stage) -> Counter[str]:
    return Counter(
        delivery["state"]
        for merchant in stage.cast.merchants
        for message in merchant.line.pages("/v1/webhook-messages", endpoint_id=merchant.endpoint_id)
        for delivery in message["deliveries"]
    )


def _compare(stage: Stage, merchant: MerchantRole, now: datetime) -> None:
    """Hold the platform's count of deliveries against what arrived."""
    inbox = merchant.inbox
    told = {
        message["id"]
        for message in merchant.line.pages("/v1/webhook-messages", endpoint_id=merchant.endpoint_id)
        if any(delivery["state"] == "delivered" for delivery in message["deliveries"])
    }
    missing = told - inbox.acknowledged.keys()
    if missing:
        stage.notice(now, "receiver", f"{len(missing)} messages count as delivered and never came")
    if inbox.forged:
        stage.notice(now, "receiver", f"{inbox.forged} messages were not genuine")
