"""A place of ours or a partner's; it may be depot, warehouse and store at once."""

from __future__ import annotations

from enum import StrEnum


class SiteKind(StrEnum):
    """What happens at a site."""

    DEPOT = "depot"  # vehicles load and return
    WAREHOUSE = "warehouse"  # goods are stored
    STORE = "store"  # recipients collect
