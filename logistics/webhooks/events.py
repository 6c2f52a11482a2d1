"""News of webhooks."""

from __future__ import annotations

from dataclasses import dataclass

from logistics.kit.news import News


@dataclass(frozen=True, kw_only=True)
class EndpointDisabled(News):
    """We send nothing to an endpoint any more: it said so (410), or failed for days; its owner is to be told."""

    endpoint_id: str
    url: str
    reason: str
