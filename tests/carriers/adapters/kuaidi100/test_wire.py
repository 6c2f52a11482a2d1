from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.carriers.adapters.kuaidi100 import wire

GOLDEN = Path(__file__).parents[3] / "golden" / "carriers" / "kuaidi100"
PUSHES = sorted(GOLDEN.glob("*.param.json"))


def form(param: str, salt: str = "salt") -> bytes:
    return urlencode({"sign": wire.sign(param, salt), "param": param}).encode()


def seen(body: bytes) -> dict[str, Any]:
    events, findings = wire.parse(body)
    told = [
        {
            "at": event.occurred_at.isoformat(),
            "sequence": event.sequence,
            "code": event.code,
            "status": event.status,
            "reason": event.reason,
            "mapped": event.is_mapped,
            "place": event.place,
            "text": event.text,
        }
        for event in events
    ]
    return {"replaces_all": wire.replaces_all(body), "events": told, "findings": [finding.code for finding in findings]}


@pytest.mark.parametrize("push", PUSHES, ids=lambda path: path.name.split(".")[0])
def test_golden_pushes_say_what_was_written_down(push: Path) -> None:
    expected = json.loads(push.with_name(push.name.replace(".param.", ".said.")).read_text("utf-8"))
    assert seen(form(push.read_text("utf-8"))) == expected


def test_there_are_golden_pushes() -> None:
    assert len(PUSHES) >= 8


def test_the_sign_is_md5_of_param_and_salt_in_capitals() -> None:
    assert wire.sign("{}", "s") == hashlib.md5(b"{}s").hexdigest().upper()  # noqa: S324 - the source's own scheme


def test_only_what_is_signed_with_our_salt_is_genuine() -> None:
    body = form('{"status":"polling"}')
    assert wire.is_genuine(body, "salt")
    assert not wire.is_genuine(body, "other")
    assert not wire.is_genuine(form("{}", ""), "")
    assert not wire.is_genuine(body.replace(b"polling", b"abort"), "salt")
    assert not wire.is_genuine(b"", "salt")


def test_a_small_sign_is_as_good() -> None:
    body = urlencode({"sign": wire.sign("{}", "s").lower(), "param": "{}"}).encode()
    assert wire.is_genuine(body, "s")


@pytest.mark.parametrize("push", PUSHES, ids=lambda path: path.name.split(".")[0])
def test_the_same_push_twice_names_the_same_events(push: Path) -> None:
    body = form(push.read_text("utf-8"))
    assert [event.key for event in wire.parse(body)[0]] == [event.key for event in wire.parse(body)[0]]


@given(st.binary(max_size=200))
def test_no_body_makes_it_raise(body: bytes) -> None:
    wire.parse(body)
    wire.is_genuine(body, "salt")
    wire.replaces_all(body)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
entries = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("ftime", "time", "statusCode", "status", "context"), values)
)
pushes = st.fixed_dictionaries(
    {},
    optional={
        "status": values,
        "lastResult": values
        | st.fixed_dictionaries(
            {}, optional={"nu": values, "state": values, "data": values | st.lists(values | entries, max_size=4)}
        ),
    },
)


@given(pushes)
def test_no_content_makes_it_raise(param: dict[str, Any]) -> None:
    wire.parse(form(json.dumps(param)))


def test_absurd_nesting_does_not_make_it_raise() -> None:
    assert wire.parse(form("[" * 100_000))[0] == []
