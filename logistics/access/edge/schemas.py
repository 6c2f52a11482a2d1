"""What travels about accounts, sessions, keys and devices."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from logistics.access.model import Role
from logistics.kit.edge.wire import Wire

Name = Annotated[str, Field(min_length=1, max_length=100)]
Reference = Annotated[str, Field(max_length=64)]


class LogIn(Wire):
    """What a person types."""

    login: Annotated[str, Field(min_length=1, max_length=100)]
    password: Annotated[str, Field(min_length=1, max_length=500)]


class Me(Wire):
    """Who is asking."""

    role: Role
    name: str
    merchant_id: str
    site_id: str
    vehicle_id: str


class SessionOut(Me):
    """An open session; browsers get the token as a cookie, too."""

    token: str
    expires_at: datetime | None


class AccountIn(Wire):
    """A person who is to log in."""

    login: Annotated[str, Field(min_length=3, max_length=100, pattern=r"^[A-Za-z0-9._@-]+$")]
    password: Annotated[str, Field(max_length=500, description="10 characters or more")]
    name: Name
    role: Literal[Role.OPERATOR, Role.DISPATCHER, Role.DEPOT, Role.CLERK, Role.MERCHANT]
    merchant_id: Reference = ""
    site_id: Reference = ""


class AccountOut(Wire):
    """A person who logs in."""

    id: str
    login: str
    name: str
    role: Role
    merchant_id: str
    site_id: str
    active: bool
    created_at: datetime


class PairingIn(Wire):
    """Which device is to be paired: a driver's phone or a store's till."""

    kind: Literal["driver", "till"]
    name: Name = "device"
    vehicle_id: Reference = ""
    site_id: Reference = ""


class PairingOut(Wire):
    """The code to type on the device."""

    code: str
    expires_at: datetime


class PairIn(Wire):
    """The code as typed on the device."""

    code: Annotated[str, Field(pattern=r"^\d{8}$")]


class DeviceOut(Wire):
    """The device's token, shown this once."""

    token: str
    role: Role
    name: str
    site_id: str
    vehicle_id: str


class KeyIn(Wire):
    """A name by which the merchant will know the key."""

    name: Name


class KeyOut(Wire):
    """An API key without its secret."""

    id: str
    name: str
    hint: str
    created_at: datetime
    revoked_at: datetime | None


class NewKeyOut(KeyOut):
    """An API key with its secret: shown this once."""

    secret: str
