"""Logging in, making keys, pairing devices: load, decide, save."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from logistics.access.edge import secrets, store
from logistics.access.edge.tables import AccountRow, PairingRow, TokenRow
from logistics.access.model import Principal, Role
from logistics.kit.edge.db import Transaction
from logistics.kit.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated

SESSION_FOR = timedelta(hours=12)  # a working day; the next one begins with a log-in
PAIRING_FOR = timedelta(minutes=30)
PASSWORD_CHARS_MIN = 10
HINT_CHARS = 4


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token at the only moment its secret is known."""

    row: TokenRow
    secret: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Who is to be able to log in, and as what."""

    login: str
    password: str
    name: str
    role: Role
    merchant_id: str = ""
    site_id: str = ""


def create_account(new: NewAccount, *, tx: Transaction) -> AccountRow:
    """Let a person log in; refuses short passwords, taken logins, and roles without their place."""
    if len(new.password) < PASSWORD_CHARS_MIN:
        raise Invalid("password", "is too short", f"{PASSWORD_CHARS_MIN} characters or more")
    if new.role is Role.MERCHANT and not new.merchant_id:
        raise Invalid("merchant_id", "is missing", "the merchant whose account this is")
    if new.role in {Role.CLERK, Role.DEPOT} and not new.site_id:
        raise Invalid("site_id", "is missing", "the site where this person works")
    if store.find_account(tx.session, new.login):
        raise Conflict(f"The login {new.login!r} is taken.", code="login_taken")
    row = AccountRow(
        id=tx.new_id("acc"),
        login=new.login,
        password_hash=secrets.hash_password(new.password),
        name=new.name,
        role=new.role,
        merchant_id=new.merchant_id,
        site_id=new.site_id,
        created_at=tx.now,
    )
    tx.session.add(row)
    return row


def log_in(login: str, password: str, *, tx: Transaction) -> NewToken:
    """Open a session for a person; the refusal does not say whether login or password was wrong."""
    account = store.find_account(tx.session, login)
    fits = secrets.password_fits(account.password_hash if account else None, password)
    if account is None or not fits or not account.active:
        raise Unauthenticated("Login or password is wrong.")
    token = _token("session", "ls", account.name, Role(account.role), tx)
    token.row.account_id = account.id
    token.row.merchant_id = account.merchant_id
    token.row.site_id = account.site_id
    token.row.expires_at = tx.now + SESSION_FOR
    tx.session.add(token.row)
    return token


def create_key(merchant_id: str, name: str, *, tx: Transaction) -> NewToken:
    """Make an API key for a merchant; its secret is shown this once."""
    token = _token("key", "lk", name, Role.MERCHANT, tx)
    token.row.merchant_id = merchant_id
    tx.session.add(token.row)
    return token


def revoke_key(merchant_id: str, key_id: str, *, tx: Transaction) -> None:
    """End a key at once; ending it twice is no error."""
    row = store.find_key(tx.session, merchant_id, key_id)
    if row is None:
        raise NotFound("There is no such key.")
    row.revoked_at = row.revoked_at or tx.now
    tx.session.add(row)


def offer_pairing(
    role: Role, name: str, *, site_id: str = "", vehicle_id: str = "", tx: Transaction
) -> tuple[str, datetime]:
    """Make a code of eight digits that pairs one device within half an hour."""
    code = secrets.new_pairing_code()
    ends = tx.now + PAIRING_FOR
    row = PairingRow(
        code_hash=secrets.hash_token(code),
        role=role,
        name=name,
        site_id=site_id,
        vehicle_id=vehicle_id,
        expires_at=ends,
    )
    tx.session.merge(row)
    return code, ends


def pair(code: str, *, tx: Transaction) -> NewToken:
    """Turn a pairing code into a device's token, once."""
    row = store.find_pairing(tx.session, secrets.hash_token(code))
    if row is None or row.used_at or row.expires_at < tx.now:
        raise Unauthenticated("This pairing code is wrong, used or too old; ask the dispatcher for a new one.")
    row.used_at = tx.now
    tx.session.add(row)
    token = _token("device", "ld", row.name, Role(row.role), tx)
    token.row.site_id = row.site_id
    token.row.vehicle_id = row.vehicle_id
    tx.session.add(token.row)
    return token


def end_session(token: str, *, tx: Transaction) -> None:
    """Log out; a session that is over already stays over."""
    row = store.find_token(tx.session, secrets.hash_token(token))
    if row and row.kind == "session":
        row.revoked_at = row.revoked_at or tx.now
        tx.session.add(row)


def principal_of(row: TokenRow | None, now: datetime) -> Principal:
    """Return who a token stands for; refuses unknown, revoked and expired ones."""
    if row is None or row.revoked_at or (row.expires_at and row.expires_at < now):
        raise Unauthenticated("This token is unknown, revoked or over; log in again or ask for a new key.")
    return Principal(
        kind="account" if row.kind == "session" else row.kind,
        id=row.account_id or row.id,
        role=Role(row.role),
        name=row.name,
        merchant_id=row.merchant_id,
        site_id=row.site_id,
        vehicle_id=row.vehicle_id,
    )


def own_merchant(who: Principal, merchant_id: str) -> str:
    """Return the merchant asked for, if this one may act for it; a merchant need not name itself."""
    wanted = merchant_id or who.merchant_id
    if not wanted:
        raise Invalid("merchant_id", "is missing", "the merchant this is done for")
    if not who.may_see_merchant(wanted):
        raise Forbidden("This belongs to another merchant.")
    return wanted


def _token(kind: str, prefix: str, name: str, role: Role, tx: Transaction) -> NewToken:
    secret = secrets.new_token(prefix)
    row = TokenRow(
        id=tx.new_id("tok"),
        token_hash=secrets.hash_token(secret),
        kind=kind,
        name=name,
        role=role,
        hint=secret[-HINT_CHARS:],
        created_at=tx.now,
    )
    return NewToken(row, secret)
