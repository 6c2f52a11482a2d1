"""What may be asked of a plan as a whole: service levels, shares of carriers, a price of uneven days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, Any

from pydantic import Field

from logistics.kit.edge.wire import MoneyWire, Wire
from logistics.kit.errors import FieldError, Invalid
from logistics.routing.edge.tables import PlanRow

LEVELS_MAX, QUOTAS_MAX = 10, 100


class LevelWire(Wire):
    """Of the shipments own vehicles do, at least ``percent`` get the recipient's choice ``preference_max`` or better.

    0 is the recipient's first choice: the door, or the store that was wished for.
    """

    preference_max: Annotated[int, Field(ge=0, le=100)] = 0
    percent: Annotated[int, Field(ge=1, le=100)]


Quota = Annotated[int, Field(ge=0, le=1_000_000)]


class PlanWishes(Wire):
    """What holds for a plan as a whole.

    ``levels``: none means what the operator's settings say, an empty list no rule. ``quotas``: how many shipments each
    carrier takes at most on the day, by the carrier's code. ``balance_cost_per_h``: for each hour by which the longest
    route is longer than the mean of all that move.
    """

    levels: Annotated[list[LevelWire], Field(max_length=LEVELS_MAX)] | None = None
    quotas: Annotated[dict[str, Quota], Field(max_length=QUOTAS_MAX)] = Field(default_factory=dict)
    balance_cost_per_h: MoneyWire | None = None


def wishes_of(row: PlanRow) -> PlanWishes:
    """Return what was asked of a plan as a whole, with the levels that hold for it."""
    return PlanWishes.model_validate(row.model_dump(include=set(PlanWishes.model_fields)))


def columns_of(wishes: PlanWishes, first_choice_percent: int) -> dict[str, Any]:
    """Return wishes as a plan's row keeps them."""
    levels = levels_of(wishes, first_choice_percent)
    kept = wishes.model_dump(mode="json", include=set(PlanWishes.model_fields))
    return kept | {"levels": [one.model_dump() for one in levels]}


def levels_of(wishes: PlanWishes, first_choice_percent: int) -> list[LevelWire]:
    """Return the levels that hold: those asked for, or else the operator's for first choices (0: none)."""
    if wishes.levels is not None:
        return wishes.levels
    return [LevelWire(percent=min(100, first_choice_percent))] if first_choice_percent else []


def check(wishes: PlanWishes, *, carriers: Collection[str], currencies: Collection[str]) -> None:
    """Refuse wishes nobody could fulfil, naming every field that is wrong; ``currencies`` are those of the vehicles."""
    errors = [
        *_level_errors(wishes.levels or []),
        *_quota_errors(wishes, carriers),
        *_balance_errors(wishes, currencies),
    ]
    if errors:
        first, *more = errors
        raise Invalid(first.field, first.message, first.expected, more=tuple(more))


def _level_errors(levels: Sequence[LevelWire]) -> Iterator[FieldError]:
    counts = Counter(one.preference_max for one in levels)
    for number, one in enumerate(levels):
        if counts[one.preference_max] > 1:
            yield FieldError(f"levels[{number}].preference_max", f"{one.preference_max} occurs twice", "each once")


def _quota_errors(wishes: PlanWishes, carriers: Collection[str]) -> Iterator[FieldError]:
    for code in wishes.quotas:
        if code not in carriers:
            yield FieldError(
                f"quotas.{code}", "is no carrier here", ", ".join(sorted(carriers)) or "no carrier is set up"
            )


def _balance_errors(wishes: PlanWishes, currencies: Collection[str]) -> Iterator[FieldError]:
    price = wishes.balance_cost_per_h
    if price is None:
        return
    if price.amount_minor < 0:
        yield FieldError("balance_cost_per_h", "is negative", "0 or more")
    if currencies and price.currency not in currencies:
        yield FieldError("balance_cost_per_h", f"is in {price.currency}", ", ".join(sorted(currencies)))
