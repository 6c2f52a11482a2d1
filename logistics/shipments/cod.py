"""Money at handover: what is due must be taken exactly, by cash, card or QR; where nothing is due, nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from logistics.kit.errors import Conflict
from logistics.kit.money import Money


class Means(StrEnum):
    """How the money was given; only cash is carried about and handed in."""

    CASH = "cash"
    CARD = "card"
    QR = "qr"


@dataclass(frozen=True, slots=True)
class Taken:
    """Money taken at a handover."""

    amount: Money
    means: Means


def check_taken(due: Money, taken: Taken | None) -> None:
    """Refuse (409) a handover at which not exactly what is due was taken."""
    if due and taken is None:
        raise Conflict(f"{due} is to be taken at the handover.", code="cod_not_taken")
    if taken is None:
        return
    if not due:
        raise Conflict("Nothing is to be taken here.", code="cod_nothing_due")
    if taken.amount != due:
        raise Conflict(f"Exactly {due} is to be taken, not {taken.amount}.", code="cod_wrong_amount")
