from __future__ import annotations

from enum import StrEnum

import pytest

from logistics.kit.errors import Conflict
from logistics.kit.lifecycle import Lifecycle


class Lamp(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


class Act(StrEnum):
    SWITCH = "switch"
    DROP = "drop"


LAMP = Lifecycle(
    "lamp",
    Lamp.OFF,
    {
        Lamp.OFF: {Act.SWITCH: Lamp.ON},
        Lamp.ON: {Act.SWITCH: Lamp.OFF, Act.DROP: Lamp.BROKEN},
        Lamp.BROKEN: {},
    },
)


@pytest.mark.parametrize(
    ("state", "event", "following"),
    [(Lamp.OFF, Act.SWITCH, Lamp.ON), (Lamp.ON, Act.SWITCH, Lamp.OFF), (Lamp.ON, Act.DROP, Lamp.BROKEN)],
)
def test_what_is_written_happens(state: Lamp, event: Act, following: Lamp) -> None:
    assert LAMP.can(state, event)
    assert LAMP.after(state, event) is following


@pytest.mark.parametrize(
    ("state", "event", "possible"), [(Lamp.OFF, Act.DROP, "switch"), (Lamp.BROKEN, Act.SWITCH, "nothing: it is over")]
)
def test_what_is_not_written_is_refused_with_what_would_be_possible(state: Lamp, event: Act, possible: str) -> None:
    assert not LAMP.can(state, event)
    with pytest.raises(Conflict, match=possible) as refusal:
        LAMP.after(state, event)
    assert refusal.value.refusal_code == f"lamp_{state}"


def test_a_state_without_events_is_the_end() -> None:
    assert [state for state in Lamp if LAMP.is_over(state)] == [Lamp.BROKEN]


def test_the_drawing() -> None:
    assert LAMP.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> off",
        "    off --> on: switch",
        "    on --> off: switch",
        "    on --> broken: drop",
        "    broken --> [*]",
    ]
