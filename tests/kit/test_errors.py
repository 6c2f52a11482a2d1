from __future__ import annotations

import inspect

import pytest

from logistics.kit import errors
from logistics.kit.errors import Conflict, Failure, FieldError, Invalid, NotFound, Refusal, TooMany

FAMILY = [one for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, Refusal)]


@pytest.mark.parametrize("kind", FAMILY)
def test_each_refusal_has_a_stable_code_and_a_status(kind: type[Refusal]) -> None:
    assert kind.code.replace("_", "").isalpha()
    assert 400 <= kind.status < 600
    assert kind.__doc__


def test_codes_are_told_apart() -> None:
    assert len({kind.code for kind in FAMILY}) == len(FAMILY)


def test_a_refusal_may_narrow_its_code() -> None:
    assert Conflict("no").refusal_code == "conflict"
    assert Conflict("no", code="shipment_cancelled").refusal_code == "shipment_cancelled"
    assert str(NotFound("There is no such thing.")) == "There is no such thing."


def test_an_invalid_field_is_a_fact_to_say_it_in_another_language() -> None:
    assert Invalid("travel", "is not set up here").facts == {"field": "travel"}


def test_an_invalid_field_is_named_with_what_would_be_right() -> None:
    also = FieldError("b", "is missing", "a number")
    refusal = Invalid("a", "is negative", "0 or more", more=(also,))
    assert refusal.errors == (FieldError("a", "is negative", "0 or more"), also)
    assert refusal.detail == "a: is negative"


def test_too_many_says_when_to_come_back() -> None:
    assert TooMany("Five tries an hour.", retry_after_s=60).retry_after_s == 60


@pytest.mark.parametrize("retry", [True, False])
def test_a_failure_says_whether_to_try_again(retry: bool) -> None:  # noqa: FBT001 - a table's verdict
    failure = Failure("The map is away.", retry=retry)
    assert failure.retry is retry
    assert not isinstance(failure, Refusal)
