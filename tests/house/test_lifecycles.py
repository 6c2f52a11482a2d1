"""Every lifecycle table is whole: each state has a row, is reachable, can end, and refuses what is not written."""

from __future__ import annotations

import importlib
from enum import StrEnum
from functools import cache
from typing import Any

import pytest

from logistics.kit.errors import Conflict
from logistics.kit.lifecycle import Lifecycle
from tests.house.source import ROOT, sources

FOLDER = ROOT / "docs" / "lifecycles"

AnyLifecycle = Lifecycle[Any, Any]


@cache
def lifecycles() -> dict[str, AnyLifecycle]:
    """Find every table of the platform by its noun."""
    found: dict[str, AnyLifecycle] = {}
    for source in sources():
        if source.is_front and "Lifecycle" in source.text and source.package != "kit":
            for value in vars(importlib.import_module(source.module)).values():
                if isinstance(value, Lifecycle):
                    assert found.setdefault(value.noun, value) is value, f"two lifecycles of a {value.noun}"
    return found


def states_of(lifecycle: AnyLifecycle) -> set[StrEnum]:
    kind: type[StrEnum] = type(lifecycle.start)
    return set(kind)


def reachable(lifecycle: AnyLifecycle, start: StrEnum) -> set[StrEnum]:
    """Return every state one may come to from a state, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        for following in lifecycle.table[waiting.pop()].values():
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen


def document(lifecycle: AnyLifecycle) -> str:
    """Return the page of a lifecycle, as it stands in ``docs/lifecycles/``."""
    title = lifecycle.noun.capitalize()
    return (
        f"# {title}\n\nPrinted from the table by `python -m tests.house.write_lifecycles`; do not edit.\n\n"
        f"```mermaid\n{lifecycle.diagram()}\n```\n"
    )


def page_name(lifecycle: AnyLifecycle) -> str:
    return f"{lifecycle.noun.replace(' ', '_')}.md"


every_lifecycle = pytest.mark.parametrize("noun", sorted(lifecycles()))


def test_there_are_lifecycles() -> None:
    assert {"shipment"} <= set(lifecycles())


@every_lifecycle
def test_each_state_has_a_row(noun: str) -> None:
    assert set(lifecycles()[noun].table) == states_of(lifecycles()[noun])


@every_lifecycle
def test_each_state_is_reachable(noun: str) -> None:
    lifecycle = lifecycles()[noun]
    assert reachable(lifecycle, lifecycle.start) == states_of(lifecycle)


@every_lifecycle
def test_each_state_can_end(noun: str) -> None:
    lifecycle = lifecycles()[noun]
    endless = {state for state in states_of(lifecycle) if not any(map(lifecycle.is_over, reachable(lifecycle, state)))}
    assert not endless


@every_lifecycle
def test_each_event_is_used_and_what_is_not_written_is_refused(noun: str) -> None:
    lifecycle = lifecycles()[noun]
    used = {event for row in lifecycle.table.values() for event in row}
    events = {event for one in used for event in type(one)}
    assert used == events, "an event that moves nothing is no event"
    for state, row in lifecycle.table.items():
        for event in events - set(row):
            with pytest.raises(Conflict):
                lifecycle.after(state, event)


@every_lifecycle
def test_the_drawing_is_the_table(noun: str) -> None:
    lifecycle = lifecycles()[noun]
    page = FOLDER / page_name(lifecycle)
    assert page.exists(), "run `python -m tests.house.write_lifecycles`"
    assert page.read_text(encoding="utf-8") == document(lifecycle), "run `python -m tests.house.write_lifecycles`"


def test_no_drawing_outlives_its_table() -> None:
    assert {page.name for page in FOLDER.glob("*.md")} == {page_name(one) for one in lifecycles().values()}
