"""Routes of log-in, accounts, keys and devices."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from logistics.access.edge import attempts, handlers, store
from logistics.access.edge.guard import COOKIE, allow, token_of
from logistics.access.edge.schemas import (
    AccountIn,
    AccountOut,
    DeviceOut,
    KeyIn,
    KeyOut,
    LogIn,
    Me,
    NewKeyOut,
    PairIn,
    PairingIn,
    PairingOut,
    SessionOut,
)
from logistics.access.edge.tables import AccountRow, TokenRow
from logistics.access.model import Principal, Role
from logistics.kit.edge.http import Ctx, Reading, Tx, problems
from logistics.kit.errors import Invalid

router = APIRouter(prefix="/v1", tags=["access"])


@router.post("/sessions", status_code=201, responses=problems(429))
def log_in(body: LogIn, request: Request, response: Response, ctx: Ctx) -> SessionOut:
    """Log in; the answer also sets an HttpOnly cookie for browsers of this origin."""
    asker = request.client.host if request.client else ""
    attempts.check("login", f"{body.login}|{asker}", ctx)
    with ctx.db.transaction() as tx:
        token = handlers.log_in(body.login, body.password, tx=tx)
    attempts.forget("login", f"{body.login}|{asker}", ctx)
    secure = ctx.settings.public_url.startswith("https")
    response.set_cookie(
        COOKIE,
        token.secret,
        max_age=int(handlers.SESSION_FOR.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=secure,
    )
    row = token.row
    return SessionOut(
        token=token.secret,
        role=Role(row.role),
        name=row.name,
        merchant_id=row.merchant_id,
        site_id=row.site_id,
        vehicle_id=row.vehicle_id,
        expires_at=row.expires_at,
    )


@router.delete("/sessions/current", status_code=204, responses=problems())
def log_out(request: Request, response: Response, tx: Tx) -> None:
    """Log out; the session is over at once."""
    handlers.end_session(token_of(request), tx=tx)
    response.delete_cookie(COOKIE)


@router.get("/me", responses=problems())
def me(who: Annotated[Principal, Depends(allow("self.read"))]) -> Me:
    """Say who is asking."""
    return Me(role=who.role, name=who.name, merchant_id=who.merchant_id, site_id=who.site_id, vehicle_id=who.vehicle_id)


@router.post("/accounts", status_code=201, responses=problems(409), dependencies=[Depends(allow("accounts.write"))])
def create_account(body: AccountIn, tx: Tx) -> AccountOut:
    """Let a person log in."""
    return _account(handlers.create_account(handlers.NewAccount(**body.model_dump()), tx=tx))


@router.get("/accounts", responses=problems(), dependencies=[Depends(allow("accounts.read"))])
def list_accounts(session: Reading) -> list[AccountOut]:
    """List the people who log in."""
    return [_account(row) for row in store.list_accounts(session)]


@router.post("/devices/pairing-codes", status_code=201, responses=problems())
def offer_pairing(body: PairingIn, tx: Tx, _who: Annotated[Principal, Depends(allow("devices.pair"))]) -> PairingOut:
    """Make a code that pairs a driver's phone with a vehicle, or a till with a store, within 30 minutes."""
    if body.kind == "driver":
        if not body.vehicle_id:
            raise Invalid("vehicle_id", "is missing", "the vehicle this phone drives with")
        code, ends = handlers.offer_pairing(Role.DRIVER, body.name, vehicle_id=body.vehicle_id, tx=tx)
    else:
        if not body.site_id:
            raise Invalid("site_id", "is missing", "the store this till stands in")
        code, ends = handlers.offer_pairing(Role.CLERK, body.name, site_id=body.site_id, tx=tx)
    return PairingOut(code=code, expires_at=ends)


@router.post("/devices/pair", status_code=201, responses=problems(429))
def pair(body: PairIn, request: Request, ctx: Ctx) -> DeviceOut:
    """Turn a pairing code into this device's token."""
    asker = request.client.host if request.client else ""
    attempts.check("pair", asker, ctx)
    with ctx.db.transaction() as tx:
        token = handlers.pair(body.code, tx=tx)
    attempts.forget("pair", asker, ctx)
    row = token.row
    return DeviceOut(
        token=token.secret, role=Role(row.role), name=row.name, site_id=row.site_id, vehicle_id=row.vehicle_id
    )


@router.post("/merchants/{merchant_id}/api-keys", status_code=201, responses=problems(404))
def create_key(
    merchant_id: str, body: KeyIn, tx: Tx, who: Annotated[Principal, Depends(allow("keys.write"))]
) -> NewKeyOut:
    """Make an API key; keep its secret, it is shown this once."""
    token = handlers.create_key(handlers.own_merchant(who, merchant_id), body.name, tx=tx)
    return NewKeyOut(**_key(token.row).model_dump(), secret=token.secret)


@router.get("/merchants/{merchant_id}/api-keys", responses=problems(404))
def list_keys(
    merchant_id: str, session: Reading, who: Annotated[Principal, Depends(allow("keys.read"))]
) -> list[KeyOut]:
    """List a merchant's API keys, newest first, without their secrets."""
    return [_key(row) for row in store.list_keys(session, handlers.own_merchant(who, merchant_id))]


@router.delete("/merchants/{merchant_id}/api-keys/{key_id}", status_code=204, responses=problems(404))
def revoke_key(merchant_id: str, key_id: str, tx: Tx, who: Annotated[Principal, Depends(allow("keys.write"))]) -> None:
    """End an API key at once."""
    handlers.revoke_key(handlers.own_merchant(who, merchant_id), key_id, tx=tx)


def _account(row: AccountRow) -> AccountOut:
    return AccountOut.model_validate(row, from_attributes=True, extra="ignore")


def _key(row: TokenRow) -> KeyOut:
    return KeyOut.model_validate(row, from_attributes=True, extra="ignore")
