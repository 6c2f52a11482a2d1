"""Rows of accounts, tokens, pairing codes and the audit."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from logistics.kit.edge.columns import UtcDateTime


class AccountRow(SQLModel, table=True):
    """A person who logs in."""

    __tablename__ = "accounts"

    id: str = Field(primary_key=True)
    login: str = Field(unique=True)
    password_hash: str
    name: str
    role: str
    merchant_id: str = Field(default="", index=True)
    site_id: str = ""
    active: bool = True
    created_at: datetime = Field(sa_type=UtcDateTime)


class TokenRow(SQLModel, table=True):
    """Something that proves who is asking: a session, an API key, a device's token. Only its hash is kept."""

    __tablename__ = "tokens"

    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True)
    kind: str  # session, key, device
    name: str
    role: str
    account_id: str = Field(default="", index=True)
    merchant_id: str = Field(default="", index=True)
    site_id: str = ""
    vehicle_id: str = ""
    hint: str = ""  # the last four characters, so that its owner can tell keys apart
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PairingRow(SQLModel, table=True):
    """A code that turns one phone or till into a known device, once."""

    __tablename__ = "pairing_codes"

    code_hash: str = Field(primary_key=True)
    role: str
    name: str
    site_id: str = ""
    vehicle_id: str = ""
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
