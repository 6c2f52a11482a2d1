from __future__ import annotations

import pytest
from starlette.requests import Request

from logistics.access.edge.guard import allow, token_of
from logistics.access.model import Principal, Role
from logistics.kit.errors import Forbidden


def request(method: str = "GET", **headers: str) -> Request:
    raw = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": method, "path": "/", "query_string": b"", "headers": raw})


@pytest.mark.parametrize(
    ("asked", "token"),
    [
        (request(Authorization="Bearer abc"), "abc"),
        (request(Authorization="bearer  abc "), "abc"),
        (request(Authorization="Basic abc"), ""),
        (request(), ""),
        (request(cookie="session=abc"), "abc"),
        (request(Authorization="Bearer abc", cookie="session=def"), "abc"),
        (request("POST", cookie="session=abc", X_Requested_By="web"), "abc"),
        (request("POST", Authorization="Bearer abc", cookie="session=def"), "abc"),
    ],
)
def test_where_the_token_stands(asked: Request, token: str) -> None:
    assert token_of(asked) == token


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_cookie_alone_writes_nothing(method: str) -> None:
    with pytest.raises(Forbidden) as refusal:
        token_of(request(method, cookie="session=abc"))
    assert refusal.value.refusal_code == "csrf"


def somebody(role: Role) -> Principal:
    return Principal("account", "acc_1", role, "Anna")


def test_the_guard_lets_those_through_who_may() -> None:
    guard = allow("merchants.write")
    assert guard(somebody(Role.OPERATOR)) == somebody(Role.OPERATOR)
    with pytest.raises(Forbidden, match="lacks the right"):
        guard(somebody(Role.MERCHANT))


def test_a_permission_in_no_table_is_a_programmers_error() -> None:
    with pytest.raises(AssertionError):
        allow("everything")
