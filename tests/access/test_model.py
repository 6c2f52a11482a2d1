from __future__ import annotations

import pytest

from logistics.access.model import Principal, Role


def of(role: Role, merchant_id: str = "") -> Principal:
    return Principal("account", "acc_1", role, "Anna", merchant_id=merchant_id)


@pytest.mark.parametrize("role", Role)
def test_staff_is_who_sees_all_merchants(role: Role) -> None:
    assert of(role).is_staff is (role in {Role.OPERATOR, Role.DISPATCHER})


def test_a_merchant_knows_of_its_own_things_only() -> None:
    assert of(Role.MERCHANT, "mer_1").may_see_merchant("mer_1")
    assert not of(Role.MERCHANT, "mer_1").may_see_merchant("mer_2")
    assert not of(Role.MERCHANT, "mer_1").may_see_merchant("")
    assert of(Role.OPERATOR).may_see_merchant("mer_2")
