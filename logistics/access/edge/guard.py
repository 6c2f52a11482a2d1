"""The guard in front of every route: it knows who is asking and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from logistics.access import roles
from logistics.access.edge import handlers, secrets, store
from logistics.access.model import Principal
from logistics.kit.edge.http import Ctx
from logistics.kit.errors import Forbidden, Unauthenticated

COOKIE = "session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BEARER = "bearer "


def token_of(request: Request) -> str:
    """Return the token of a request: bearer header, or the session cookie.

    A cookie travels by itself, also when another site makes the browser write; such a page cannot set a
    header of its own, so writes by cookie need ``X-Requested-By``.
    """
    header = request.headers.get("authorization", "")
    if header.lower().startswith(BEARER):
        return header[len(BEARER) :].strip()
    cookie = request.cookies.get(COOKIE, "")
    if cookie and request.method not in SAFE_METHODS and "x-requested-by" not in request.headers:
        raise Forbidden("A write with the session cookie needs the header X-Requested-By.", code="csrf")
    return cookie


def whoever(request: Request, ctx: Ctx) -> Principal:
    """Return who is asking; refuses those nobody knows (401)."""
    token = token_of(request)
    if not token:
        raise Unauthenticated("Log in, or send `Authorization: Bearer <key>`.")
    with ctx.db.reading() as session:
        row = store.find_token(session, secrets.hash_token(token))
        who = handlers.principal_of(row, ctx.clock.now())
    request.state.principal = who
    return who


def allow(permission: str) -> Callable[[Principal], Principal]:
    """Return a dependency that lets those through whose role has the permission (else 403)."""
    assert permission in roles.PERMISSIONS, f"no such permission: {permission}"

    def guard(who: Annotated[Principal, Depends(whoever)]) -> Principal:
        if not roles.may(who.role, permission):
            raise Forbidden(f"Your role ({who.role}) lacks the right {permission!r}.")
        return who

    guard.__dict__["permission"] = permission  # read by the house test that walks all routes
    return guard
