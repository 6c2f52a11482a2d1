"""What webhooks listen to: every kind of news that becomes a message. The listener of ``wiring``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from logistics.kit.edge.outbox import Handler
from logistics.kit.news import News
from logistics.webhooks.edge.handlers import on_news
from logistics.webhooks.payloads import ENTRIES, Entry

LISTENERS: Mapping[str, Mapping[type[News], Sequence[Handler]]] = {
    "webhooks": {News.kinds[name]: (on_news,) for name, entry in ENTRIES.items() if isinstance(entry, Entry)}
}
