"""Money at the door and in the van.

What is due for a part of a shipment: its COD is shared out equally over its parcels, in their order, without losing a
minor unit (``Money.split``), and the shares of the parcels handed over are due. All parcels make up the whole. A parcel
has no price of its own; where one day it has, the weights of the split are those prices.

A driver carries cash only: card and QR money goes to the acquirer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from logistics.kit.money import Money, total
from logistics.shipments.cod import Means, Taken


def due_for(cod_due: Money, parcel_ids: Sequence[str], handed: Collection[str]) -> Money:
    """Return what is due when ``handed`` of a shipment's parcels (>= 1, in their order) are handed over."""
    shares = cod_due.split([1] * len(parcel_ids))
    mine = (share for parcel_id, share in zip(parcel_ids, shares, strict=True) if parcel_id in handed)
    return total(mine, cod_due.currency)


def carried(taken: Iterable[Taken], currency: str) -> Money:
    """Return the cash among what was taken."""
    return total((one.amount for one in taken if one.means is Means.CASH), currency)


@dataclass(frozen=True, slots=True)
class HandIn:
    """Cash counted at the depot's desk, beside what the receipts say."""

    amount: Money
    expected: Money

    @property
    def difference(self) -> Money:
        """Return what is too much (below zero: what is missing)."""
        return self.amount - self.expected
