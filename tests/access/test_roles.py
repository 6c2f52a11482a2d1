from __future__ import annotations

import pytest

from logistics.access.model import Role
from logistics.access.roles import PERMISSIONS, may


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        (Role.OPERATOR, "merchants.write", True),
        (Role.DISPATCHER, "merchants.write", False),
        (Role.MERCHANT, "shipments.write", True),
        (Role.MERCHANT, "plans.read", False),
        (Role.MERCHANT, "positions.read", False),
        (Role.DRIVER, "positions.write", True),
        (Role.DRIVER, "shipments.read", False),
        (Role.CLERK, "pickup.write", True),
        (Role.CLERK, "cod.read", False),
        (Role.DEPOT, "ledger.read", False),
    ],
)
def test_some_lines_of_the_table(role: Role, permission: str, allowed: bool) -> None:  # noqa: FBT001 - a verdict
    assert may(role, permission) is allowed


def test_nothing_is_for_nobody() -> None:
    assert all(PERMISSIONS.values())


def test_the_operator_can_do_whatever_staff_can() -> None:
    assert [
        name for name, roles in PERMISSIONS.items() if Role.DISPATCHER in roles and Role.OPERATOR not in roles
    ] == []


def test_a_permission_in_no_table_is_a_programmers_error() -> None:
    with pytest.raises(KeyError):
        may(Role.OPERATOR, "everything")
