"""A lifecycle is a table: state -> event -> next state; these lines read it.

What is not written is refused. A state without events is terminal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from logistics.kit.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Mapping

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Lifecycle(Generic[S, E]):
    """The states of a thing, where it starts, and what moves it on."""

    noun: str
    start: S
    table: Mapping[S, Mapping[E, S]]

    def after(self, state: S, event: E) -> S:
        """Return the next state, or refuse with 409 and the events that would be possible."""
        row = self.table[state]
        if event in row:
            return row[event]
        possible = ", ".join(row) or "nothing: it is over"
        raise Conflict(
            f"A {self.noun} that is {state} cannot {event}; possible now: {possible}.", code=f"{self.noun}_{state}"
        )

    def can(self, state: S, event: E) -> bool:
        """Tell whether the event is written for this state."""
        return event in self.table[state]

    def is_over(self, state: S) -> bool:
        """Tell whether nothing more can happen."""
        return not self.table[state]

    def diagram(self) -> str:
        """Draw the table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        for state, row in self.table.items():
            lines += [f"    {state} --> {following}: {event}" for event, following in row.items()]
            if not row:
                lines.append(f"    {state} --> [*]")
        return "\n".join(lines)
