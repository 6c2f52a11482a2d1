"""News of choosing."""

from __future__ import annotations

from dataclasses import dataclass

from logistics.kit.money import Money
from logistics.kit.news import News


@dataclass(frozen=True, kw_only=True)
class ModeChosen(News):
    """A mode was chosen, or another one instead.

    ``mode`` is own_fleet, pickup (then ``site_id``) or carrier (then ``carrier``); ``price`` is what the merchant is
    charged; ``reasons`` say, one sentence each, why nothing else was taken.
    """

    mode: str
    site_id: str
    carrier: str
    price: Money
    reasons: tuple[str, ...]
