"""Every kind of news is heard by somebody, can be read back, and goes to merchants or has a reason not to."""

from __future__ import annotations

import importlib
import types
import typing
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

import pytest

from logistics.kit.edge.outbox import decode, encode
from logistics.kit.money import Money
from logistics.kit.news import News
from logistics.webhooks.payloads import ENTRIES, Entry, Reason, body_of
from logistics.wiring import WIRING
from tests.builders import NOON
from tests.house.source import sources


@cache
def kinds() -> dict[str, type[News]]:
    """Import every ``events.py`` and list the news declared there."""
    for source in sources():
        if source.parts[-1] == "events":
            importlib.import_module(source.module)
    return {name: kind for name, kind in News.kinds.items() if kind.__module__.startswith("logistics.")}


SAMPLES: dict[Any, Any] = {
    str: "text",
    int: 7,
    float: 1.5,
    bool: True,
    datetime: NOON,
    date: NOON.date(),
    Money: Money(1250, "CNY"),
}


def sample_of(hint: Any) -> Any:
    """Make a value of a type, the fuller one where it may be missing."""
    if hint in SAMPLES:
        return SAMPLES[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    arguments = [one for one in typing.get_args(hint) if one not in {type(None), Ellipsis}]
    if typing.get_origin(hint) is tuple:
        return (sample_of(arguments[0]),)
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        return sample_of(arguments[0])
    raise AssertionError(f"news should carry plain things, not {hint}")


def sample(kind: type[News]) -> News:
    hints = typing.get_type_hints(kind)
    return kind(**{field.name: sample_of(hints[field.name]) for field in fields(kind)})


UNHEARD = {"EndpointDisabled": "told to the owner by e-mail once there are notices; the endpoint itself shows it"}

every_kind = pytest.mark.parametrize("name", sorted(kinds()))


def test_there_is_news() -> None:
    assert {"ShipmentAccepted", "ModeChosen", "ShipmentDelivered", "CodRemitted"} <= set(kinds())


@every_kind
def test_each_kind_has_a_message_or_a_reason(name: str) -> None:
    entry = ENTRIES.get(name)
    assert isinstance(entry, Entry | Reason), f"{name}: say in webhooks/payloads.py what merchants hear, or why not"
    if isinstance(entry, Reason):
        assert len(entry.text.split()) >= 3, f"{name}: the reason says nothing"


def test_no_entry_outlives_its_news() -> None:
    assert set(ENTRIES) == set(kinds())


@pytest.mark.parametrize("name", sorted(name for name, entry in ENTRIES.items() if isinstance(entry, Entry)))
def test_each_message_can_be_written(name: str) -> None:
    entry = ENTRIES[name]
    assert isinstance(entry, Entry)
    assert entry.type.encode() in body_of(entry, sample(kinds()[name]))


@every_kind
def test_each_kind_can_be_kept_and_read_back(name: str) -> None:
    news = sample(kinds()[name])
    assert decode(name, encode(news)) == news


@every_kind
def test_each_kind_says_what_happened(name: str) -> None:
    assert kinds()[name].__doc__
    assert not str(kinds()[name].__doc__).startswith(f"{name}("), f"{name} has only the docstring dataclasses make"


def test_every_kind_is_heard_by_somebody() -> None:
    wired = {kind.__name__ for handlers in (WIRING.at_once, *WIRING.later.values()) for kind in handlers}
    assert wired <= set(kinds())
    unheard = {name for name in set(kinds()) - wired if not isinstance(ENTRIES.get(name), Entry)}
    assert unheard == set(UNHEARD), "news nobody listens to is not worth announcing"
