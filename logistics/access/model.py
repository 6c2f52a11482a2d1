"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is for; `roles.py` says what each may do."""

    OPERATOR = "operator"
    DISPATCHER = "dispatcher"
    DEPOT = "depot"
    CLERK = "clerk"
    DRIVER = "driver"
    MERCHANT = "merchant"


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody known: a person, a merchant's key or a paired device.

    ``merchant_id`` bounds a merchant to its own, ``site_id`` a clerk or depot hand to one site,
    ``vehicle_id`` a driver to one vehicle; empty where it does not apply.
    """

    kind: str  # account, key, device
    id: str
    role: Role
    name: str
    merchant_id: str = ""
    site_id: str = ""
    vehicle_id: str = ""

    @property
    def is_staff(self) -> bool:
        """Tell whether this one works for the house and sees all merchants."""
        return self.role in {Role.OPERATOR, Role.DISPATCHER}

    def may_see_merchant(self, merchant_id: str) -> bool:
        """Tell whether this one may know of a merchant's things."""
        return self.role is not Role.MERCHANT or self.merchant_id == merchant_id
