"""The live feed's protocol without any socket: messages in, messages out, on both ends of the line.

The network may lose, double and reorder; the bus between our processes too. Whatever they do:

- whoever joins is *subscribed first* and then gets a snapshot (or, with ``since``, what was missed); what arrives in
  between waits, and what the snapshot already holds is dropped by its ``seq``;
- an event is passed on once and in the order of ``seq``, which is dense per shipment;
- after a gap, or in another epoch, nothing is guessed: a snapshot is asked for;
- a position or heartbeat counts no ``seq`` of its own; it carries the one it belongs to;
- silence is noticed: the server speaks every 25 s, and after 10 s more the line is dead;
- who reads too slowly is cut: it will come back with ``since`` and has lost nothing.

The numbering belongs to an *epoch*: a database restored from a backup starts another, and old numbers mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

HEARTBEAT_S: Final = 25.0  # below the 30 s after which some mobile networks forget a connection
ANSWER_S: Final = 10.0  # how long a ping may go unanswered, and a heartbeat be late
SILENCE_S_MAX: Final = HEARTBEAT_S + ANSWER_S
BUFFER_BYTES_MAX: Final = 1024 * 1024
BUFFER_AGE_S_MAX: Final = 10.0
HELD_MAX: Final = 64  # messages kept for one who joins; beyond it a second snapshot is cheaper
REPLAY_MAX: Final = 200  # events replayed one by one; beyond it a snapshot is shorter
WAIT_S_FIRST, WAIT_S_MIN, WAIT_S_MAX = 1.0, 0.25, 30.0


class Kind(StrEnum):
    """What a message is."""

    SNAPSHOT = "snapshot"
    EVENT = "event"
    POSITION = "position"
    HEARTBEAT = "heartbeat"


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """One message of a shipment's feed. ``body`` is what is written: the same object for every watcher."""

    kind: Kind
    epoch: str
    seq: int
    body: Any = None


@dataclass(slots=True)
class ServerSession:
    """The server's side of one watcher: decides what is written to it. ``seq`` is none until it knows anything."""

    epoch: str = ""
    seq: int | None = None
    wants_snapshot: bool = True
    _held: list[Message] = field(default_factory=list)

    def resume(self, epoch: str, since: int) -> None:
        """Take a watcher's word for what it has seen, before anything is read for it."""
        self.epoch, self.seq = epoch, since

    def receive(self, message: Message) -> list[Message]:
        """Take a message meant for all watchers of this shipment; return what this one is to be sent now."""
        if message.kind is Kind.SNAPSHOT:
            return self._snapshot(message)
        if self.wants_snapshot:
            return self._hold(message)
        if message.epoch != self.epoch:
            self.wants_snapshot = True
            return []
        return self._pass(message)

    def replayed(self, messages: list[Message]) -> list[Message]:
        """Take what was missed since `resume`, in order; return it with what had to wait meanwhile."""
        self.wants_snapshot = False
        out = [one for message in messages for one in self._pass(message)]
        return out + self._release()

    def _snapshot(self, message: Message) -> list[Message]:
        if not self.wants_snapshot and message.epoch == self.epoch and message.seq <= (self.seq or 0):
            return []
        if self.wants_snapshot and self._is_older(message):
            return []
        self.epoch, self.seq, self.wants_snapshot = message.epoch, message.seq, False
        return [message, *self._release()]

    def _is_older(self, message: Message) -> bool:
        return message.epoch == self.epoch and self.seq is not None and message.seq < self.seq

    def _pass(self, message: Message) -> list[Message]:
        known = self.seq or 0
        if message.kind is not Kind.EVENT:
            return [message] if message.seq == known or message.kind is Kind.HEARTBEAT else []
        if message.seq <= known:
            return []
        if message.seq > known + 1:
            self.wants_snapshot = True
            return []
        self.seq = message.seq
        return [message]

    def _hold(self, message: Message) -> list[Message]:
        if message.kind is Kind.EVENT and len(self._held) < HELD_MAX:
            self._held.append(message)
        return []

    def _release(self) -> list[Message]:
        held, self._held = self._held, []
        return [one for message in held for one in self.receive(message)]


@dataclass(slots=True)
class ClientSession:
    """The watcher's side: keeps the story, notices gaps and silence, and knows what to say when it comes back.

    The browser's `feed.ts` does the same. ``gaps`` counts how often something had been missed.
    """

    story: dict[str, Any] | None = None
    wants_snapshot: bool = True
    heard_at_s: float = 0.0
    failures: int = 0
    gaps: int = 0

    def opened(self, now_s: float) -> None:
        """Begin to listen for silence: the line stands."""
        self.heard_at_s = now_s

    def receive(self, message: dict[str, Any], now_s: float) -> bool:
        """Take a message; tell whether the story changed. What is not understood is let pass."""
        self.heard_at_s, self.failures = now_s, 0
        kind = message.get("type")
        if kind == Kind.SNAPSHOT:
            return self._snapshot(message)
        if kind not in {Kind.EVENT, Kind.POSITION, Kind.HEARTBEAT}:
            return False
        if self.story is None or message["epoch"] != self.story["epoch"] or message["seq"] > self._next(kind):
            self.gaps += self.story is not None and not self.wants_snapshot
            self.wants_snapshot = True
            return False
        return self._apply(str(kind), message, self.story)

    def resume(self) -> dict[str, str]:
        """Return what to say when connecting: nothing the first time or after a gap, else what is known."""
        if self.story is None or self.wants_snapshot:
            return {}
        return {"since": str(self.story["seq"]), "epoch": self.story["epoch"]}

    def is_silent(self, now_s: float) -> bool:
        """Tell whether the line is dead, whatever its socket believes."""
        return now_s - self.heard_at_s > SILENCE_S_MAX

    def lost(self, chance: float) -> float:
        """Note that the line broke; return the seconds to wait: evenly up to 1, 2, 4 .. 30 s, ``chance`` in [0, 1)."""
        self.failures += 1
        most = min(WAIT_S_MAX, WAIT_S_FIRST * 2.0 ** (self.failures - 1))
        return float(WAIT_S_MIN + chance * (most - WAIT_S_MIN))

    def _next(self, kind: object) -> int:
        assert self.story is not None
        return int(self.story["seq"]) + (1 if kind == Kind.EVENT else 0)

    def _snapshot(self, message: dict[str, Any]) -> bool:
        ours = self.story
        self.wants_snapshot = False
        if ours and ours["epoch"] == message["epoch"] and message["seq"] < ours["seq"]:
            return False
        self.story = {name: value for name, value in message.items() if name != "type"}
        return True

    def _apply(self, kind: str, message: dict[str, Any], story: dict[str, Any]) -> bool:
        if kind == Kind.HEARTBEAT:
            return False
        if kind == Kind.EVENT and message["seq"] <= story["seq"]:
            return False
        if kind == Kind.POSITION and message["seq"] < story["seq"]:
            return False
        changes = {name: value for name, value in message.items() if name not in {"type", "event", "timeline"}}
        # An event that is nobody's business but the merchant's counts, and tells nothing.
        timeline = [*story["timeline"], message["event"]] if message.get("event") else story["timeline"]
        self.story = {**story, **changes, "timeline": timeline}
        return True


def is_too_slow(buffered_bytes: int, waiting_s: float) -> bool:
    """Tell whether a watcher is to be cut: by what waits for it, or by how long something has waited."""
    return buffered_bytes > BUFFER_BYTES_MAX or (buffered_bytes > 0 and waiting_s > BUFFER_AGE_S_MAX)
