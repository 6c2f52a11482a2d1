"""Passwords and tokens: argon2 for what people choose, SHA-256 for what is random anyway."""

from __future__ import annotations

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

TOKEN_BYTES = 24  # 192 random bits
PAIRING_DIGITS = 8
_hasher = PasswordHasher()
# Checked against when the login is unknown, so that the answer takes as long as for a wrong password.
NOBODY = _hasher.hash(secrets.token_urlsafe(TOKEN_BYTES))


def hash_password(password: str) -> str:
    """Hash what a person chose (argon2id)."""
    return _hasher.hash(password)


def password_fits(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is right; takes the same time when there is no account."""
    try:
        return _hasher.verify(password_hash or NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def new_token(prefix: str) -> str:
    """Draw a token such as ``lk_...`` (merchant key), ``ls_...`` (session), ``ld_...`` (device)."""
    return f"{prefix}_{secrets.token_urlsafe(TOKEN_BYTES)}"


def new_pairing_code() -> str:
    """Draw eight digits that a driver can type."""
    return f"{secrets.randbelow(10**PAIRING_DIGITS):0{PAIRING_DIGITS}d}"


def hash_token(token: str) -> str:
    """Hash what is random anyway (SHA-256, hex)."""
    return hashlib.sha256(token.encode()).hexdigest()
