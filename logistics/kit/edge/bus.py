"""Wake-ups and live messages between those who are running now.

The bus is never the truth: whatever is said on it can also be read from the database, so a message that is
lost delays somebody and nothing else. Within a process delivery does not leave the process; NATS carries
the same messages to the others, if there are any.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from nats.aio.msg import Msg

log = logging.getLogger(__name__)

Callback = Callable[[str, bytes], None]
Unsubscribe = Callable[[], None]

WAITING_MAX = 100_000  # messages one process lets wait; 10 s of the busiest feed measured
RECONNECT_S = 1.0  # between tries to reach a NATS server that is away
CLOSE_S = 5.0  # how long an orderly end may take


class Bus(Protocol):
    """Says things to whoever listens just now."""

    def publish(self, subject: str, payload: bytes) -> None:
        """Say it and go on: never waits for a listener, never fails because one is away."""
        ...

    def subscribe(self, prefix: str, callback: Callback) -> Unsubscribe:
        """Call back with (subject, payload) for ``prefix`` itself and all under it (``prefix.…``).

        An empty prefix hears everything. Callbacks run one after another in a thread of the bus.
        """
        ...

    def close(self) -> None:
        """Stop; what still waits to be delivered is forgotten."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Listener:
    prefix: str
    callback: Callback

    def hears(self, subject: str) -> bool:
        return not self.prefix or subject == self.prefix or subject.startswith(self.prefix + ".")


class LocalBus:
    """The bus of one process: a queue and one thread that calls back."""

    def __init__(self) -> None:
        self._listeners: tuple[_Listener, ...] = ()
        self._lock = threading.Lock()
        self._waiting: queue.Queue[tuple[str, bytes] | None] = queue.Queue(WAITING_MAX)
        self._thread = threading.Thread(target=self._deliver, name="bus", daemon=True)
        self._thread.start()

    def publish(self, subject: str, payload: bytes) -> None:
        """Say it to the listeners of this process."""
        _check_subject(subject)
        self._post(subject, payload)

    def subscribe(self, prefix: str, callback: Callback) -> Unsubscribe:
        """Call back for the prefix and all under it, until the returned function is called."""
        if prefix:
            _check_subject(prefix)
        listener = _Listener(prefix, callback)
        with self._lock:
            self._listeners += (listener,)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return unsubscribe

    def close(self) -> None:
        """Stop calling back."""
        with self._lock:
            self._listeners = ()
        with contextlib.suppress(queue.Full):  # then the thread is busy forgetting, and a daemon
            self._waiting.put_nowait(None)
        self._thread.join(timeout=CLOSE_S)

    def _post(self, subject: str, payload: bytes) -> None:
        try:
            self._waiting.put_nowait((subject, payload))
        except queue.Full:
            log.warning("the bus is full: a message on %s is lost; listeners will read the database", subject)

    def _deliver(self) -> None:
        while (message := self._waiting.get()) is not None:
            subject, payload = message
            for listener in self._listeners:
                if listener.hears(subject):
                    _call(listener, subject, payload)


class NatsBus(LocalBus):
    """The local bus, with NATS between processes; without a connection it is just the local bus."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._client: Client = Client()
        self._loop = asyncio.new_event_loop()
        self._closing = asyncio.Event()
        self._connected = threading.Event()
        self._link = threading.Thread(target=self._loop.run_until_complete, args=(self._stay(),), name="nats")
        self._link.daemon = True
        self._link.start()

    def publish(self, subject: str, payload: bytes) -> None:
        """Say it here and to the other processes."""
        super().publish(subject, payload)
        if not self._loop.is_closed():
            self._in_loop(self._send(subject, payload))

    def close(self) -> None:
        """Leave NATS, then stop calling back."""
        self._loop.call_soon_threadsafe(self._closing.set)
        self._link.join(timeout=CLOSE_S)
        super().close()

    def wait_connected(self, timeout_s: float) -> bool:
        """Tell whether NATS was reached within so many seconds: for ``/readyz`` and for tests."""
        return self._connected.wait(timeout_s)

    def _in_loop(self, work: Coroutine[object, object, None]) -> None:
        try:
            asyncio.run_coroutine_threadsafe(work, self._loop)
        except RuntimeError:  # the loop ended between two lines
            work.close()

    async def _send(self, subject: str, payload: bytes) -> None:
        if not (self._client.is_connected or self._client.is_reconnecting):
            return
        try:
            await self._client.publish(subject, payload)
        except NatsError as fault:
            log.debug("NATS did not take a message on %s: %s", subject, fault)

    async def _stay(self) -> None:
        """Connect, however long it takes, and stay until told to close."""
        closing = asyncio.ensure_future(self._closing.wait())
        while not closing.done():
            connecting = asyncio.ensure_future(self._connect())
            await asyncio.wait({connecting, closing}, return_when=asyncio.FIRST_COMPLETED)
            if not connecting.done():
                connecting.cancel()
            elif fault := connecting.exception():
                log.warning("NATS is away (%s); messages stay within this process", fault)
                await asyncio.wait({closing}, timeout=RECONNECT_S)
            else:
                await closing
                with contextlib.suppress(OSError, NatsError, TimeoutError):
                    await asyncio.wait_for(self._client.close(), CLOSE_S / 2)

    async def _connect(self) -> None:
        self._client = await nats.connect(
            self._url,
            no_echo=True,  # what we say ourselves has been delivered already
            max_reconnect_attempts=-1,
            reconnect_time_wait=RECONNECT_S,
            error_cb=_on_error,
            disconnected_cb=self._on_lost,
            reconnected_cb=self._on_found,
        )
        await self._client.subscribe(">", cb=self._on_message)
        await self._client.flush()
        self._connected.set()

    async def _on_message(self, message: Msg) -> None:
        self._post(message.subject, message.data)

    async def _on_lost(self) -> None:
        self._connected.clear()
        if not self._closing.is_set():
            log.warning("NATS is lost; messages stay within this process until it is back")

    async def _on_found(self) -> None:
        self._connected.set()
        log.info("NATS is back")


async def _on_error(fault: Exception) -> None:
    log.debug("NATS: %s", fault)


def _call(listener: _Listener, subject: str, payload: bytes) -> None:
    try:
        listener.callback(subject, payload)
    except Exception:  # a listener's fault is its own
        log.exception("a listener failed on %s", subject)


def _check_subject(subject: str) -> None:
    tokens = subject.split(".")
    assert all(token and not any(c.isspace() or c in "*>" for c in token) for token in tokens), f"no subject: {subject}"
