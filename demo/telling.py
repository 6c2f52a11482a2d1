"""What the demo says to the person who started it."""

from __future__ import annotations

from demo.founding import DISPATCHER, OPERATOR, PASSWORD
from demo.stage import Stage
from demo.summary import Summary

LINKS_SHOWN = 3
MISHAPS_SHOWN = 10


def welcome(stage: Stage, url: str, speed: float) -> str:
    """Say which pages to open, and how to log in."""
    merchants = [
        f"    {role.merchant.name:<28} {url}/merchant    merchant{role.number + 1}" for role in stage.cast.merchants
    ]
    return "\n".join(
        [
            "",
            f"  One day in {stage.world.market.city}, {speed:g} times as fast as real. Open:",
            "",
            f"    {'Dispatcher':<28} {url}/dispatch    {DISPATCHER}",
            *merchants,
            f"    {'Operator (API)':<28} {url}/openapi.json   {OPERATOR}",
            "",
            f"  The password is always {PASSWORD!r}. Ctrl-C ends the day.",
            "",
        ]
    )


def links(stage: Stage, url: str) -> str:
    """Give some buyers' pages, of each merchant one."""
    lines = ["", "  Buyers' pages (no log-in):"]
    for shipment_id in picked(stage, LINKS_SHOWN):
        order = stage.order(stage.references[shipment_id])
        lines.append(f"    {order.name:<12} {order.order_ref:<18} {url}/t/{stage.links[shipment_id]}")
    return "\n".join([*lines, ""])


def picked(stage: Stage, count: int) -> list[str]:
    """Return some shipments, the same for the same seed: as many of each merchant."""
    known = sorted(stage.references, key=lambda one: stage.references[one])
    stage.chance("picked").shuffle(known)
    by_merchant: dict[str, list[str]] = {}
    for one in known:
        by_merchant.setdefault(stage.references[one][:2], []).append(one)
    share = -(-count // max(1, len(by_merchant)))
    return [one for group in sorted(by_merchant) for one in by_merchant[group][:share]][:count]


def result(summary: Summary) -> str:
    """Say how it went, in a few lines."""
    cod, hooks, live = summary.cod, summary.webhooks, summary.live
    held = ", ".join(f"{holder} {minor}" for holder, minor in cod.custody.items()) or "nobody"
    ends = {
        "delivered": summary.delivered, "picked up": summary.picked_up, "returned": summary.returned,
        "cancelled": summary.cancelled, "lost": summary.lost, "open": summary.still_open,
    }  # fmt: skip
    money = {
        "due": cod.due_minor, "taken": cod.taken_minor, "remitted": cod.remitted_minor, "fees": cod.fees_minor,
        "void": cod.void_minor,
    }  # fmt: skip
    planned = f"{summary.planned} planned, {summary.unplanned} left out, {summary.violations} violations"
    watched = f"{live.messages} live messages to {live.watchers} watchers, {live.missed} missed, p99 {live.p99_ms} ms"
    lines = [
        "",
        f"  {summary.city}, {summary.days} days: {summary.orders} orders, {summary.shipments} shipments",
        f"  modes: {_pairs(summary.modes)}; first plan: {planned}",
        f"  ended: {_pairs(ends)}; {summary.refused} refused",
        f"  COD (minor units): {_pairs(money)}; held by {held}; ledger off by {summary.ledger_imbalance_minor}",
        f"  {hooks.messages} webhook messages, {hooks.acknowledged} acknowledged; {watched}",
        f"  {summary.events} events, {summary.requests} requests, {summary.server_restarts} server restarts",
        f"  seconds: {_pairs(summary.wall_s)}",
        *(f"  ! {problem}" for problem in summary.problems()),
        *(f"  - {mishap}" for mishap in summary.mishaps[:MISHAPS_SHOWN]),
    ]
    return "\n".join(lines)


def _pairs(values: dict[str, int] | dict[str, float]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
