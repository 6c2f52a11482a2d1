"""Writes what was learned about the cost of a stop, so that a dispatcher can read and check it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from logistics.kit.edge.wire import MoneyWire
from logistics.kit.money import Money
from logistics.modes.calibration import PLANS_MIN, SHARE, STOPS_MIN, Basis
from logistics.modes.edge.learning import ALL_DEPOTS
from logistics.modes.edge.schemas import CalibrationOut, PriceOut, QuoteErrorOut
from logistics.modes.edge.tables import FiguresRow
from logistics.modes.insertion import FEATURES


def written(rows: Sequence[FiguresRow]) -> list[CalibrationOut]:
    """Write all that was learned, in the order given."""
    pooled = {row.currency for row in rows if row.depot_id == ALL_DEPOTS and row.prices}
    return [_written(row, is_pooled=row.currency in pooled) for row in rows]


def _written(row: FiguresRow, *, is_pooled: bool) -> CalibrationOut:
    basis = _basis(row, is_pooled=is_pooled)
    error = _error(row.error, row.currency) if row.error else None
    learned: Sequence[float | None] = row.prices or [None] * len(FEATURES)
    return CalibrationOut(
        depot_id=row.depot_id,
        currency=row.currency,
        basis=basis,
        text=_text(row, basis, error),
        plans_count=row.plans_count,
        stops_count=row.stops_count,
        learned_at=row.learned_at,
        prices=[
            PriceOut(name=name, starting=starting, learned=price)
            for name, starting, price in zip(FEATURES, row.starting, learned, strict=True)
        ],
        percent=round(SHARE * 100),
        low=row.low if row.prices else None,
        high=row.high if row.prices else None,
        mean_cost=_money(row.mean_cost, row.currency) if row.plans_count else None,
        error=error,
    )


def _basis(row: FiguresRow, *, is_pooled: bool) -> Basis:
    if row.prices:
        return Basis.POOLED if row.depot_id == ALL_DEPOTS else Basis.OWN
    return Basis.POOLED if is_pooled else Basis.STARTING


def _text(row: FiguresRow, basis: Basis, error: QuoteErrorOut | None) -> str:
    seen = f"{row.plans_count} plans with {row.stops_count} stops"
    if not row.prices:
        instead = "the figures of all depots" if basis is Basis.POOLED else "the starting values"
        return f"Quotes go by {instead}: {seen} were seen, {PLANS_MIN} with {STOPS_MIN} are needed."
    if error is None:
        return f"Quotes go by {seen}; how far off they are will be known after the next plan."
    off = error.median_absolute.to_money()
    start = error.starting_median_absolute.to_money()
    return (
        f"Quotes go by {seen}. On {error.plans_count} plans not seen before, half of them were off by {off} or less"
        f" (starting values: {start}), and {error.coverage_percent:.0f} of 100 stops cost what was said."
    )


def _error(kept: dict[str, Any], currency: str) -> QuoteErrorOut:
    return QuoteErrorOut(
        plans_count=kept["plans_count"],
        stops_count=kept["stops_count"],
        median_absolute=_money(kept["median_absolute"], currency),
        mean=_money(kept["bias"], currency),
        coverage_percent=round(100 * kept["coverage"], 1),
        starting_median_absolute=_money(kept["start_median_absolute"], currency),
        starting_mean=_money(kept["start_bias"], currency),
        mean_actual=_money(kept["mean_actual"], currency),
    )


def _money(major: float, currency: str) -> MoneyWire:
    return MoneyWire.of(Money.from_exact(Fraction(major), currency))
