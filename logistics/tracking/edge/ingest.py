"""Positions come in here: the hot path, round FastAPI, durable at the price of a bare route.

Three dialects (see `positions`), one token per device. Answers are given after the commit.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import threading
import weakref
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from logistics.access import roles
from logistics.access.edge import handlers as access
from logistics.access.edge import secrets
from logistics.access.edge import store as tokens
from logistics.kit.edge.clock import monotonic_s
from logistics.kit.errors import FieldError, Forbidden, Invalid, NotFound, Refusal, Unauthenticated, Unavailable
from logistics.kit.findings import Finding
from logistics.tracking.datum import Datum
from logistics.tracking.edge import live
from logistics.tracking.edge.writer import Report, Writer
from logistics.tracking.positions import Fix, parse_osmand, parse_own, parse_owntracks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from logistics.access.model import Principal
    from logistics.kit.edge.context import Context

FIXES_MAX = 1000  # in one request: a phone's day in a cellar fits in a few
KNOWN_S = 10.0  # so long a device's token is believed without asking again; a revoked one ends within it
KNOWN_MAX = 10_000
JSON = "application/json"


class MissingId(Refusal):
    """A tracker sent a position without saying who it is (400)."""

    code = "device_id_missing"
    status = 400


class Ingest:
    """The ingest of one process: who sends, and the writer behind."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: dict[str, tuple[float, Principal]] = {}
        self._writer = Writer(ctx.db, ctx.bus)
        self._writer.start()
        self.stop = self._writer.stop

    async def device(self, token: str) -> Principal:
        """Return the device of a token; refused if it is unknown (401) or drives no vehicle (403)."""
        key = secrets.hash_token(token)
        found = self._known.get(key)
        if found is None or found[0] < monotonic_s():
            who = await asyncio.get_running_loop().run_in_executor(None, self._look_up, key)
            if len(self._known) >= KNOWN_MAX:
                self._known.clear()
            found = self._known[key] = (monotonic_s() + KNOWN_S, who)
        return found[1]

    async def write(self, who: Principal, fixes: Sequence[Fix]) -> list[str]:
        """Write fixes and wait for the commit; return why each was not believed, or an empty reason."""
        if not fixes:
            return []
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()

        def done(outcome: list[str] | Exception) -> None:
            loop.call_soon_threadsafe(_settle, answer, outcome)

        self._writer.submit(Report(who.vehicle_id, who.id, fixes, done))
        return await answer

    def _look_up(self, token_hash: str) -> Principal:
        with self._ctx.db.reading() as session:
            who = access.principal_of(tokens.find_token(session, token_hash), self._ctx.clock.now())
        if not roles.may(who.role, "positions.write") or not who.vehicle_id:
            raise Forbidden("Only a device paired with a vehicle reports positions.")
        return who


def _settle(answer: asyncio.Future[list[str]], outcome: list[str] | Exception) -> None:
    if answer.done():  # the device went away meanwhile
        return
    if isinstance(outcome, Exception):
        answer.set_exception(Unavailable("The position could not be written; send it again."))
    else:
        answer.set_result(outcome)


_ingests: weakref.WeakKeyDictionary[object, Ingest] = weakref.WeakKeyDictionary()
_starting = threading.Lock()


def ingest_of(ctx: Context) -> Ingest:
    """Return this process's ingest, started the first time it is asked for; it ends with the context."""
    found = _ingests.get(ctx.db)
    if found is None:
        with _starting:
            found = _ingests.get(ctx.db)
            if found is None:
                live.attach(ctx)
                found = _ingests[ctx.db] = Ingest(ctx)
                ctx.stops.append(found.stop)
    return found


async def post_positions(request: Request) -> Response:
    """Take a batch of our own dialect, or one message of OwnTracks."""
    ingest = ingest_of(request.app.state.context)
    who = await ingest.device(_token_of(request))
    body = _decoded(await request.body())
    datum = _datum_of(request)
    if isinstance(body, dict) and "_type" in body:
        return await _owntracks(ingest, who, body, datum)
    fixes, findings = parse_own(body, datum)
    if not isinstance(body, list):
        raise Invalid("", "is no list of positions", "[{fixed_at, lat, lon, speed_mps?, accuracy_m?}]")
    if len(body) > FIXES_MAX:
        raise Invalid("", f"holds {len(body)} positions", f"at most {FIXES_MAX} in one request")
    reasons = await ingest.write(who, fixes)
    return _answer(body, findings, reasons)


async def osmand(request: Request) -> Response:
    """Take one position as OsmAnd and Traccar clients send it: in the query, or as a form."""
    said: dict[str, str] = dict(request.query_params)
    if request.method == "POST":
        said |= {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    token = said.get("id") or said.get("deviceid") or ""
    if not token:
        raise MissingId("A position needs its device.", errors=(FieldError("id", "is missing", "the device's token"),))
    ingest = ingest_of(request.app.state.context)
    try:
        who = await ingest.device(token)
    except (Unauthenticated, Forbidden):
        raise NotFound("There is no such device.") from None
    fix = parse_osmand(said, _datum_of(request))
    if isinstance(fix, Finding):
        raise Invalid(fix.where or "position", fix.message, fix.expected)
    await ingest.write(who, [fix])
    return Response(status_code=200)


async def _owntracks(ingest: Ingest, who: Principal, body: dict[str, Any], datum: Datum) -> Response:
    """Answer ``[]`` whatever it says: on anything else the phone keeps the message and sends it for ever."""
    if body["_type"] == "location":
        fix = parse_owntracks(body, datum)
        if isinstance(fix, Fix):
            await ingest.write(who, [fix])
    return Response(b"[]", media_type=JSON)


def _answer(body: list[Any], findings: list[Finding], reasons: list[str]) -> Response:
    """Say how many were believed, and which were not and why; those are kept, or could not be read."""
    unread = {int(one.where[1:].partition("]")[0]): f"{one.code}: {one.message}" for one in findings}
    read = [index for index in range(len(body)) if index not in unread]
    disbelieved = {index: reason for index, reason in zip(read, reasons, strict=True) if reason}
    rejected = [{"index": index, "reason": reason} for index, reason in sorted((unread | disbelieved).items())]
    told = {"accepted": len(body) - len(rejected), "rejected": rejected}
    return Response(msgspec.json.encode(told), media_type=JSON)


def _decoded(body: bytes) -> object:
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError as fault:
        raise Invalid("", f"is no JSON: {fault}", "a list of positions") from None


def _datum_of(request: Request) -> Datum:
    declared = request.query_params.get("datum", Datum.WGS84)
    try:
        return Datum(declared)
    except ValueError:
        raise Invalid("datum", f"{declared!r} is unknown", ", ".join(Datum)) from None


def _token_of(request: Request) -> str:
    """Return the device's token: as bearer, or as the password of HTTP Basic, which is what OwnTracks can say."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            raise Unauthenticated("The Basic authorisation cannot be read.") from None
    raise Unauthenticated("Send the device's token as `Authorization: Bearer <token>`.")


# (path, endpoint, methods), as the wiring takes them.
RAW_ROUTES = (
    ("/v1/positions", post_positions, ["POST"]),
    ("/v1/positions/osmand", osmand, ["GET", "POST"]),
)
