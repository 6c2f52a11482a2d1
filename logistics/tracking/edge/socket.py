"""The live feed's WebSocket server: its own port, its own thread, its own loop.

``/v1/feed?token=…&since=…&epoch=…`` is a buyer's, ``/v1/feed?fleet=1`` a dispatcher's. This file moves bytes; what is
written to whom is the hub's and `feed.ServerSession`'s. Messages are framed once and the same bytes are written to
every watcher: that is four times cheaper than letting the library frame each (see docs/guides/live-feed.md).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import weakref
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, urlsplit

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode
from websockets.protocol import State

from logistics.access import roles
from logistics.access.edge import handlers as access
from logistics.access.edge import secrets
from logistics.access.edge import store as tokens
from logistics.access.edge.guard import COOKIE
from logistics.kit.edge.clock import monotonic_s
from logistics.kit.errors import Forbidden, NotFound, Refusal, Unauthenticated
from logistics.tracking.edge import links, live
from logistics.tracking.edge.hub import WATCHERS_MAX, Frame, Hub
from logistics.tracking.feed import ANSWER_S, HEARTBEAT_S, Message, ServerSession, is_too_slow

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from websockets.http11 import Request, Response
    from websockets.typing import Origin

    from logistics.kit.edge.context import Context

log = logging.getLogger(__name__)

PATH = "/v1/feed"
SWEEP_S = 1.0
START_S_MAX = 30.0
STOP_S_MAX = 10.0
CLIENT_BYTES_MAX = 1024  # clients have nothing to say
BACKLOG = 1024  # everybody comes back at once after a restart
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody at the door wants to watch: a shipment, or the fleet."""

    shipment_id: str = ""
    feed: bytes = b"null"
    epoch: str = ""
    since: int | None = None


class SocketWatcher:
    """A watcher at the other end of a WebSocket."""

    def __init__(self, connection: ServerConnection, feed: bytes) -> None:
        self.session = ServerSession()
        self.feed = feed
        self._connection = connection
        self._waiting_since_s: float | None = None

    def write(self, message: Message) -> None:
        """Write the frame's bytes past the library, which would frame them anew for each watcher."""
        if self._connection.state is State.OPEN:
            self._connection.transport.write(framed(message.body))

    def sweep(self, now_s: float) -> None:
        """Cut the line if too much waits to be read, or something for too long."""
        waiting = cast("asyncio.WriteTransport", self._connection.transport).get_write_buffer_size()
        if not waiting:
            self._waiting_since_s = None
            return
        if self._waiting_since_s is None:
            self._waiting_since_s = now_s
        if is_too_slow(waiting, now_s - self._waiting_since_s):
            log.info("a slow watcher was cut with %d bytes unread", waiting)
            self._connection.transport.abort()


def framed(frame: Frame) -> bytes:
    """Return the WebSocket frame of a message, made the first time it is asked for."""
    if frame.ready is None:
        frame.ready = WireFrame(Opcode.TEXT, frame.text).serialize(mask=False, extensions=[])
    return frame.ready


class FeedLoop:
    """The thread and the loop the hub lives in, with or without a socket."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.loop = asyncio.new_event_loop()
        self.hub: Hub
        self._tasks: list[asyncio.Task[None]] = []
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def start(self) -> None:
        """Begin; refused with whatever went wrong."""
        self._thread.start()
        self.call(self._begin(), START_S_MAX)

    def stop(self) -> None:
        """End the lines and the loop."""
        if not self.loop.is_closed():
            with contextlib.suppress(TimeoutError):
                self.call(self._end(), STOP_S_MAX)
            self.loop.call_soon_threadsafe(self.loop.stop)
            self._thread.join(timeout=STOP_S_MAX)
        _loops.pop(self.ctx.db, None)

    def call(self, work: Coroutine[object, object, None], timeout_s: float) -> None:
        """Do something in the loop and wait for it."""
        asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout_s)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_forever()
        finally:
            self.loop.close()

    async def _begin(self) -> None:
        self.hub = Hub(self.ctx)
        self._tasks = [self.loop.create_task(self._sweeping()), self.loop.create_task(self._beating())]

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        self.hub.close()

    async def _sweeping(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_S)
            self.hub.sweep(monotonic_s())

    async def _beating(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            try:
                await self.hub.compare()
            except Exception:  # the heart must outlive a lost database
                log.exception("the feed could not compare its numbers")
            self.hub.beat()


_loops: weakref.WeakKeyDictionary[object, FeedLoop] = weakref.WeakKeyDictionary()
_starting = threading.Lock()


def feed_loop(ctx: Context) -> FeedLoop:
    """Return this process's feed loop, started the first time it is asked for; it ends with the context."""
    with _starting:
        found = _loops.get(ctx.db)
        if found is None:
            live.attach(ctx)
            found = FeedLoop(ctx)
            found.start()
            _loops[ctx.db] = found
            ctx.stops.append(found.stop)
    return found


class FeedServer:
    """The socket in front of the feed loop. ``port`` is the one that is really listened on."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.port = ctx.settings.feed_port
        self._feed = feed_loop(ctx)
        self._server: Server
        self._wishes: weakref.WeakKeyDictionary[ServerConnection, Wish] = weakref.WeakKeyDictionary()

    @property
    def watchers(self) -> int:
        """How many watch just now."""
        return self._feed.hub.count

    def start(self) -> None:
        """Begin to listen; refused (OSError) if the port is taken."""
        self._feed.call(self._listen(), START_S_MAX)

    def stop(self) -> None:
        """Say goodbye to all watchers (1001, they will come back) and stop."""
        with contextlib.suppress(TimeoutError):
            self._feed.call(self._close(), STOP_S_MAX)
        self._feed.stop()

    async def _listen(self) -> None:
        self._server = await serve(
            self._handle,
            self.ctx.settings.host,
            self.ctx.settings.feed_port,
            process_request=self._admit,
            origins=origins_of(self.ctx.settings.public_url),
            compression=None,  # it would frame each message for each watcher, and take 20 kB more for each
            max_size=CLIENT_BYTES_MAX,
            ping_interval=HEARTBEAT_S,
            ping_timeout=ANSWER_S,
            close_timeout=2,
            backlog=BACKLOG,
            server_header=None,
        )
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Look at who is at the door before the line stands; the answer is HTTP."""
        if self.watchers >= WATCHERS_MAX:
            return connection.respond(HTTPStatus.SERVICE_UNAVAILABLE, "Too many are watching.\n")
        try:
            self._wishes[connection] = await self._feed.hub.run(lambda: self._wish_of(request))
        except Refusal as refusal:
            return connection.respond(HTTPStatus(refusal.status), refusal.detail + "\n")
        return None

    def _wish_of(self, request: Request) -> Wish:
        url = urlsplit(request.path)
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        if url.path != PATH:
            raise NotFound("The live feed is at /v1/feed.")
        if query.get("fleet"):
            self._check_dispatcher(query.get("session") or token_in(request))
            return Wish()
        token = query.get("token", "")
        with self.ctx.db.reading() as session:
            shipment = links.open_link(session, token, now=self.ctx.clock.now())
        epoch, since = resume_point(query.get("since", ""), query.get("epoch", ""))
        return Wish(shipment.id, addresses(self.ctx, token), epoch, since)

    def _check_dispatcher(self, token: str) -> None:
        if not token:
            raise Unauthenticated("Log in to watch the fleet.")
        with self.ctx.db.reading() as session:
            who = access.principal_of(tokens.find_token(session, secrets.hash_token(token)), self.ctx.clock.now())
        if not roles.may(who.role, "positions.read"):
            raise Forbidden("Your role may not watch the fleet.")

    async def _handle(self, connection: ServerConnection) -> None:
        wish = self._wishes.pop(connection)
        watcher = SocketWatcher(connection, wish.feed)
        hub = self._feed.hub
        try:
            if wish.shipment_id:
                await hub.join(wish.shipment_id, watcher, epoch=wish.epoch, since=wish.since)
            else:
                await hub.join_fleet(watcher)
            async for _ in connection:
                pass  # clients have nothing to say; reading notices their leaving
        except ConnectionClosed:
            pass
        except Refusal as refusal:
            await connection.close(1013, refusal.detail[:100])
        finally:
            hub.leave(wish.shipment_id, watcher)
            hub.leave_fleet(watcher)


def start_feed(ctx: Context) -> FeedServer:
    """Serve the live feed for this context on its feed port, until ``stop()``."""
    server = FeedServer(ctx)
    server.start()
    return server


def addresses(ctx: Context, token: str) -> bytes:
    """Return, as JSON, where the holder of a link may follow the feed."""
    return msgspec.json.encode({"ws_url": ctx.settings.feed_url, "sse_url": f"/v1/track/{token}/events"})


def resume_point(since: str, epoch: str) -> tuple[str, int | None]:
    """Read where a watcher wants to go on: ``7``, or ``epoch:7``; anything else is the beginning."""
    named, colon, number = since.rpartition(":")
    if not number.isascii() or not number.isdigit() or len(number) > len("999999999"):
        return epoch, None
    return (named if colon else epoch), int(number)


def token_in(request: Request) -> str:
    """Return the session token of a handshake: bearer header or cookie."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    cookies = (part.strip().partition("=") for part in request.headers.get("Cookie", "").split(";"))
    return next((value for name, _, value in cookies if name == COOKIE), "")


def origins_of(public_url: str) -> list[Origin | None]:
    """Return the pages that may open the feed: our own, under any name of this machine if that is where it runs.

    None stands for what is no browser and sends no Origin.
    """
    url = urlsplit(public_url)
    own = [f"{url.scheme}://{url.netloc}"]
    if url.hostname in {name.strip("[]") for name in LOOPBACK}:
        port = f":{url.port}" if url.port else ""
        own = [f"{url.scheme}://{name}{port}" for name in LOOPBACK]
    return [None, *cast("list[Origin]", own)]
