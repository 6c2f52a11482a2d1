"""Who watches what, and what each is written: one loop, no locks.

For each watched shipment there is a channel. A wake-up makes its channel read once, however many watch; each message
is encoded once and the same bytes go to all. What a watcher gets is decided by its `ServerSession`.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec

from logistics.kit.errors import TooMany
from logistics.kit.geo import Point
from logistics.tracking.edge import live, store, view
from logistics.tracking.edge.cursor import epoch_of
from logistics.tracking.feed import Kind, Message, ServerSession
from logistics.tracking.positions import Fix

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from logistics.kit.edge.context import Context
    from logistics.tracking.privacy import Facts

log = logging.getLogger(__name__)
T = TypeVar("T")

WATCHERS_MAX = 20_000  # 12 kB each: a quarter of a gigabyte
WATCHERS_PER_SHIPMENT_MAX = 500  # a link in a group chat; beyond it somebody plays
READERS = 4
STATES_AT_ONCE = 500  # ids in one query when numbers are compared


class Frame:
    """Bytes to be written: the JSON, and what a transport made of it once."""

    __slots__ = ("ready", "text")

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.ready: bytes | None = None


class Watcher(Protocol):
    """Somebody at the other end of a line. Nothing here waits."""

    session: ServerSession
    feed: bytes  # JSON of the addresses to come back to, which only the link's holder may know

    def write(self, message: Message) -> None:
        """Write a message whose body is a `Frame`."""
        ...

    def sweep(self, now_s: float) -> None:
        """Cut the line if the other end reads too slowly."""
        ...


@dataclass(eq=False, slots=True)
class Channel:
    """One watched shipment: who watches, what they were told last, and what is known of it."""

    shipment_id: str
    watchers: set[Watcher] = field(default_factory=set)
    seq: int = 0
    facts: Facts | None = None
    vehicle_id: str = ""
    told: Any = None  # the last position told, to say nothing twice
    stale: bool = False
    published_at_ms: int = 0
    reading: asyncio.Task[None] | None = None


class Hub:
    """All channels of a process, and those who watch the whole fleet. Lives in one loop."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.epoch = epoch_of(ctx.db)
        self.loop = asyncio.get_running_loop()
        self.channels: dict[str, Channel] = {}
        self.fleet: set[Watcher] = set()
        self._by_vehicle: dict[str, set[Channel]] = {}
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="feed-read")
        self._unsubscribe = [ctx.bus.subscribe(subject, self._on_bus) for subject in (live.FEED, live.FLEET)]

    @property
    def count(self) -> int:
        """How many watch."""
        return len(self.fleet) + sum(len(channel.watchers) for channel in self.channels.values())

    def close(self) -> None:
        """Hear nothing more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._readers.shutdown(wait=False, cancel_futures=True)

    async def run(self, work: Callable[[], T]) -> T:
        """Do work that waits for the database, in a thread."""
        return await self.loop.run_in_executor(self._readers, work)

    async def join(self, shipment_id: str, watcher: Watcher, *, epoch: str = "", since: int | None = None) -> None:
        """Let somebody watch: subscribed first, then told the story, or what was missed since."""
        channel = self.channels.setdefault(shipment_id, Channel(shipment_id))
        if len(channel.watchers) >= WATCHERS_PER_SHIPMENT_MAX or self.count >= WATCHERS_MAX:
            raise TooMany("Too many are watching; try again in a while.", retry_after_s=60)
        channel.watchers.add(watcher)
        reading = await self.run(lambda: self._read(shipment_id))
        if channel.facts is None:
            self._know(channel, reading)
            channel.seq = reading.facts.seq
            channel.told = _news(self._movement(reading.facts))
        self._greet(watcher, reading, epoch or self.epoch, since)
        if reading.facts.seq > channel.seq:
            self._wake(channel)

    def leave(self, shipment_id: str, watcher: Watcher) -> None:
        """Forget a watcher, and the channel with its last one."""
        channel = self.channels.get(shipment_id)
        if channel is None:
            return
        channel.watchers.discard(watcher)
        if not channel.watchers:
            del self.channels[shipment_id]
            self._forget_vehicle(channel)

    async def join_fleet(self, watcher: Watcher) -> None:
        """Let a dispatcher watch all vehicles: first where they are, then where they go."""
        self.fleet.add(watcher)
        positions = await self.run(self._read_fleet)
        body = {"type": Kind.SNAPSHOT.value, "epoch": self.epoch, "seq": 0, "vehicles": positions}
        watcher.write(_framed(Message(Kind.SNAPSHOT, self.epoch, 0, body)))

    def leave_fleet(self, watcher: Watcher) -> None:
        """Forget a dispatcher."""
        self.fleet.discard(watcher)

    def beat(self) -> None:
        """Say to everybody that the line stands, and up to which ``seq`` it was heard."""
        as_of = self.ctx.clock.now()
        for channel in self.channels.values():
            self._distribute(channel, _heartbeat(self.epoch, channel.seq, as_of))
        fleet = _framed(_heartbeat(self.epoch, 0, as_of))
        for watcher in list(self.fleet):
            watcher.write(fleet)

    async def compare(self) -> None:
        """Compare numbers with the database: a wake-up may have been lost. Hide positions that have grown old."""
        for channel in list(self.channels.values()):
            self._tell_moved(channel)
        watched = list(self.channels)
        for start in range(0, len(watched), STATES_AT_ONCE):
            part = watched[start : start + STATES_AT_ONCE]
            for shipment_id, seq in (await self.run(lambda part=part: self._read_seqs(part))).items():  # type: ignore[misc]  # bound by value
                behind = self.channels.get(shipment_id)
                if behind and seq > behind.seq:
                    self._wake(behind)

    def sweep(self, now_s: float) -> None:
        """Cut those who read too slowly."""
        for channel in list(self.channels.values()):
            for watcher in list(channel.watchers):
                watcher.sweep(now_s)
        for watcher in list(self.fleet):
            watcher.sweep(now_s)

    def _on_bus(self, subject: str, payload: bytes) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._heard, subject, payload)

    def _heard(self, subject: str, payload: bytes) -> None:
        topic, _, name = subject.partition(".")
        if topic == live.FLEET:
            self._moved(msgspec.json.decode(payload, type=live.FleetPosition))
        elif channel := self.channels.get(name):
            channel.published_at_ms = msgspec.json.decode(payload, type=live.WakeUp).published_at_ms
            self._wake(channel)

    def _wake(self, channel: Channel) -> None:
        channel.stale = True
        if channel.reading is None:
            channel.reading = self.loop.create_task(self._catch_up(channel))

    async def _catch_up(self, channel: Channel) -> None:
        try:
            while channel.stale and channel.watchers:
                channel.stale = False
                reading = await self.run(lambda: self._read(channel.shipment_id))
                self._tell(channel, reading)
        except Exception:  # the loop must outlive a lost database; the next heartbeat compares numbers again
            log.exception("the feed of %s could not be read", channel.shipment_id)
        finally:
            channel.reading = None

    def _tell(self, channel: Channel, reading: view.Reading) -> None:
        if channel.facts is None:
            channel.seq = reading.facts.seq
        self._know(channel, reading)
        now = self.ctx.clock.now()
        if reading.facts.seq > channel.seq:
            at_ms = channel.published_at_ms
            for message in view.missed(reading, self.epoch, channel.seq, now=now, published_at_ms=at_ms):
                self._distribute(channel, message)
            channel.seq = reading.facts.seq
            channel.told = _news(self._movement(reading.facts))
        else:
            self._tell_moved(channel)
        for watcher in list(channel.watchers):
            if watcher.session.wants_snapshot and watcher.session.seq is not None:
                self._greet(watcher, reading, "", None)

    def _greet(self, watcher: Watcher, reading: view.Reading, epoch: str, since: int | None) -> None:
        now = self.ctx.clock.now()
        if since is not None and epoch == self.epoch and since <= reading.facts.seq:
            messages = view.missed(reading, self.epoch, since, now=now)
            if not (messages and messages[0].kind is Kind.SNAPSHOT):
                watcher.session.resume(epoch, since)
                self._write(watcher, watcher.session.replayed([_framed(one) for one in messages]))
                # Even if nothing was missed: whoever came back hears at once that the line stands.
                self._write(watcher, [_framed(_heartbeat(self.epoch, reading.facts.seq, now))])
                return
        snapshot = _framed(view.snapshot(reading, self.epoch, now=now))
        self._write(watcher, watcher.session.receive(snapshot))

    def _know(self, channel: Channel, reading: view.Reading) -> None:
        channel.facts = reading.facts
        if channel.vehicle_id != reading.vehicle_id:
            self._forget_vehicle(channel)
            channel.vehicle_id = reading.vehicle_id
            if reading.vehicle_id:
                self._by_vehicle.setdefault(reading.vehicle_id, set()).add(channel)

    def _forget_vehicle(self, channel: Channel) -> None:
        others = self._by_vehicle.get(channel.vehicle_id, set())
        others.discard(channel)
        if not others:
            self._by_vehicle.pop(channel.vehicle_id, None)

    def _moved(self, position: live.FleetPosition) -> None:
        if self.fleet:
            body = {"type": Kind.POSITION.value, "epoch": self.epoch, "seq": 0, **msgspec.to_builtins(position)}
            framed = _framed(Message(Kind.POSITION, self.epoch, 0, body))
            for watcher in list(self.fleet):
                watcher.write(framed)
        fix = Fix(position.fixed_at, Point(lat=position.lat, lon=position.lon), position.speed_mps, position.accuracy_m)
        for channel in self._by_vehicle.get(position.vehicle_id, ()):
            if channel.facts is not None:
                channel.facts = replace(channel.facts, fix=fix)
                self._tell_moved(channel, position.published_at_ms)

    def _tell_moved(self, channel: Channel, published_at_ms: int = 0) -> None:
        """Tell where the van is and how long it takes, if that is news to those who watch."""
        if channel.facts is None or channel.facts.seq != channel.seq:
            return
        message = self._movement(channel.facts, published_at_ms)
        news = _news(message)
        if news != channel.told:
            channel.told = news
            self._distribute(channel, message)

    def _movement(self, facts: Facts, published_at_ms: int = 0) -> Message:
        return view.moved(facts, self.epoch, now=self.ctx.clock.now(), published_at_ms=published_at_ms)

    def _distribute(self, channel: Channel, message: Message) -> None:
        framed = message if isinstance(message.body, Frame) else _framed(message)
        for watcher in list(channel.watchers):
            self._write(watcher, watcher.session.receive(framed))

    def _write(self, watcher: Watcher, messages: Sequence[Message]) -> None:
        for message in messages:
            watcher.write(_with_feed(message, watcher.feed) if message.kind is Kind.SNAPSHOT else message)

    def _read(self, shipment_id: str) -> view.Reading:
        with self.ctx.db.reading() as session:
            return view.read(session, shipment_id, now=self.ctx.clock.now())

    def _read_seqs(self, shipment_ids: list[str]) -> dict[str, int]:
        with self.ctx.db.reading() as session:
            return {row.shipment_id: row.last_seq for row in store.list_states(session, shipment_ids)}

    def _read_fleet(self) -> list[dict[str, Any]]:
        with self.ctx.db.reading() as session:
            return [row.model_dump(mode="json", exclude={"received_at"}) for row in store.list_live_positions(session)]


def _news(movement: Message) -> dict[str, Any]:
    return {name: movement.body[name] for name in ("vehicle", "stops_before", "eta", "headline_key")}


def _heartbeat(epoch: str, seq: int, as_of: object) -> Message:
    body = {"type": Kind.HEARTBEAT.value, "epoch": epoch, "seq": seq, "as_of": as_of}
    return Message(Kind.HEARTBEAT, epoch, seq, body)


def _framed(message: Message) -> Message:
    return Message(message.kind, message.epoch, message.seq, Frame(msgspec.json.encode(message.body)))


def _with_feed(message: Message, feed: bytes) -> Message:
    """Add to a snapshot where its reader may come back to: that holds the link's token, so it is each reader's own."""
    text: bytes = message.body.text
    return Message(message.kind, message.epoch, message.seq, Frame(text[:-1] + b',"feed":' + feed + b"}"))
