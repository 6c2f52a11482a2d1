"""All queries of accounts, tokens and pairing codes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from logistics.access.edge.tables import AccountRow, PairingRow, TokenRow


def find_account(session: Session, login: str) -> AccountRow | None:
    """Return the account of a login, if there is one."""
    return session.exec(select(AccountRow).where(AccountRow.login == login)).first()


def list_accounts(session: Session) -> Sequence[AccountRow]:
    """Return all accounts, by login."""
    return session.exec(select(AccountRow).order_by(col(AccountRow.login))).all()


def find_token(session: Session, token_hash: str) -> TokenRow | None:
    """Return the token of a hash, if there is one, also if it is over."""
    return session.exec(select(TokenRow).where(TokenRow.token_hash == token_hash)).first()


def list_keys(session: Session, merchant_id: str) -> Sequence[TokenRow]:
    """Return a merchant's API keys, newest first."""
    mine = select(TokenRow).where(TokenRow.kind == "key", TokenRow.merchant_id == merchant_id)
    return session.exec(mine.order_by(col(TokenRow.created_at).desc())).all()


def find_key(session: Session, merchant_id: str, key_id: str) -> TokenRow | None:
    """Return one of a merchant's API keys, if it is that merchant's."""
    mine = select(TokenRow).where(TokenRow.id == key_id, TokenRow.kind == "key", TokenRow.merchant_id == merchant_id)
    return session.exec(mine).first()


def find_pairing(session: Session, code_hash: str) -> PairingRow | None:
    """Return the pairing code of a hash, locked, so that it is used once."""
    wanted = select(PairingRow).where(PairingRow.code_hash == code_hash).with_for_update()
    return session.exec(wanted).first()
