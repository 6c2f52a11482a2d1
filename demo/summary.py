"""The figures of a day, and whether they add up.

Pure: what the platform says comes in as plain data; out come the summary and a sentence for everything that
does not hold. Decides what "nothing is lost" means; does not fetch anything.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

MODES = ("own_fleet", "pickup", "carrier")
ENDED = ("delivered", "returned", "cancelled", "lost")


@dataclass(slots=True)
class CodFigures:
    """COD money of all merchants in minor units, as the ledger tells it.

    ``custody`` is money taken and held by somebody named; ``outstanding`` is due and neither taken nor void, by
    shipment.
    """

    due_minor: int = 0
    taken_minor: int = 0
    remitted_minor: int = 0
    fees_minor: int = 0
    void_minor: int = 0
    custody: dict[str, int] = field(default_factory=dict)
    outstanding: dict[str, int] = field(default_factory=dict)

    def problems(self) -> list[str]:
        """Say what does not add up: what was due, into what became of it; what was taken, into where it is."""
        found = []
        outstanding, custody = sum(self.outstanding.values()), sum(self.custody.values())
        if self.due_minor != self.taken_minor + self.void_minor + outstanding:
            found.append(
                f"COD due {self.due_minor} is not taken {self.taken_minor} + void {self.void_minor}"
                f" + outstanding {outstanding}"
            )
        if self.taken_minor != self.remitted_minor + self.fees_minor + custody:
            found.append(
                f"COD taken {self.taken_minor} is not remitted {self.remitted_minor} + fees {self.fees_minor}"
                f" + custody {custody}"
            )
        return found


@dataclass(slots=True)
class WebhookFigures:
    """Messages to merchants: how many there were, how many were acknowledged, how many given up."""

    messages: int = 0
    acknowledged: int = 0
    gave_up: int = 0

    def problems(self) -> list[str]:
        """Say which messages did not arrive."""
        if self.messages == self.acknowledged and not self.gave_up:
            return []
        return [f"of {self.messages} webhook messages {self.acknowledged} were acknowledged, {self.gave_up} given up"]


@dataclass(slots=True)
class LiveFigures:
    """What those who watched saw: watchers, messages, sequence numbers that never came, latency (ms)."""

    watchers: int = 0
    messages: int = 0
    missed: int = 0
    p50_ms: float = 0.0
    p99_ms: float = 0.0

    def problems(self) -> list[str]:
        """Say whether anything was missed, or nothing seen at all."""
        found = [f"{self.missed} live messages were missed"] if self.missed else []
        if self.watchers and not self.messages:
            found.append("nobody who watched saw anything")
        return found


@dataclass(slots=True)
class Summary:
    """A day in figures. ``unplanned`` are shipments the first plan left out, ``shipments`` all that were taken on."""

    seed: int
    city: str
    orders: int
    shipments: int
    modes: dict[str, int]
    planned: int
    unplanned: int
    delivered: int
    picked_up: int
    refused: int
    returned: int
    cancelled: int
    lost: int
    still_open: int
    events: int
    days: int
    cod: CodFigures
    ledger_imbalance_minor: int
    violations: int
    webhooks: WebhookFigures
    live: LiveFigures
    server_restarts: int = 0
    requests: int = 0
    mishaps: list[str] = field(default_factory=list)
    wall_s: dict[str, float] = field(default_factory=dict)

    def problems(self) -> list[str]:
        """Say everything that must not be, in sentences; empty after a good day."""
        ended = self.delivered + self.picked_up + self.returned + self.cancelled + self.lost
        checks = (
            (self.orders == self.shipments, f"{self.orders} orders became {self.shipments} shipments"),
            (sum(self.modes.values()) == self.shipments, f"modes {self.modes} are not {self.shipments} shipments"),
            (
                ended + self.still_open == self.shipments,
                f"{ended} ended + {self.still_open} open are not all shipments",
            ),
            (self.still_open == 0, f"{self.still_open} shipments have not ended"),
            (self.ledger_imbalance_minor == 0, f"the ledger is off by {self.ledger_imbalance_minor}"),
            (self.violations == 0, f"released plans have {self.violations} violations"),
            (not self.mishaps, f"{len(self.mishaps)} steps went wrong, first: {self.mishaps[:1]}"),
        )
        found = [sentence for holds, sentence in checks if not holds]
        return found + self.cod.problems() + self.webhooks.problems() + self.live.problems()

    def as_json(self) -> dict[str, Any]:
        """Return the summary as it is written to a file; custody and outstanding money by name."""
        body = asdict(self)
        cod = body.pop("cod")
        custody, outstanding = cod.pop("custody"), cod.pop("outstanding")
        body |= {f"cod_{name}" if name != "fees_minor" else name: value for name, value in cod.items()}
        body |= {"cod_custody": custody, "cod_outstanding": outstanding, "problems": self.problems()}
        return body


def count_modes(shipments: list[dict[str, Any]]) -> dict[str, int]:
    """Count shipments by mode; those without any are counted as ``none``."""
    counted = Counter(shipment["mode"] or "none" for shipment in shipments)
    return {mode: counted[mode] for mode in (*MODES, "none") if mode in MODES or counted[mode]}


def count_ends(shipments: list[dict[str, Any]]) -> dict[str, int]:
    """Count how shipments ended; what was collected at a store is ``picked_up``, what has not ended ``still_open``."""
    ends: Counter[str] = Counter()
    for shipment in shipments:
        state = shipment["state"]
        collected = state == "delivered" and shipment["mode"] == "pickup"
        ends["picked_up" if collected else state if state in ENDED else "still_open"] += 1
    return {name: ends[name] for name in ("delivered", "picked_up", "returned", "cancelled", "lost", "still_open")}


def percentile(values: list[float], share: float) -> float:
    """Return the value that ``share`` (0..1) of the values do not exceed (nearest rank); 0 for none."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else 0.0
