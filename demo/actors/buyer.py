"""A buyer has a link and no account: looks at the page, and reads the pickup code from it."""

from __future__ import annotations

from typing import Any

from demo.stage import Stage


def look(stage: Stage, shipment_id: str) -> dict[str, Any]:
    """Return what the buyer's page says now."""
    page: dict[str, Any] = stage.exchange.line().get(f"/v1/track/{stage.links[shipment_id]}")
    return page
