"""News: what a step announces and later steps may listen to. In the past tense, immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # at run time: news is read back from JSON by its annotations
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class News:
    """Something that happened, to whose shipment, and when it happened (not when we heard).

    ``shipment_id`` is empty where the news is about no single shipment.
    """

    kinds: ClassVar[dict[str, type[News]]] = {}  # every kind of news by its name, for reading it back

    merchant_id: str
    shipment_id: str
    occurred_at: datetime

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Enter the new kind under its name; two kinds of one name would be read back wrongly."""
        super().__init_subclass__(**kwargs)
        known = News.kinds.get(cls.__name__)
        assert known is None or known.__module__ == cls.__module__, f"two kinds of news named {cls.__name__}"
        News.kinds[cls.__name__] = cls
