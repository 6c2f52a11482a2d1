from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logistics.webhooks.retry import (
    DELIVERY,
    JITTER,
    WAITS,
    DeliveryState,
    DeliveryStep,
    Outcome,
    asked_wait,
    is_dead,
    next_try,
)

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def failed(status: int = 500, retry_after: str = "") -> Outcome:
    return Outcome(AT, 3, status, "", retry_after)


@pytest.mark.parametrize(
    ("tries_count", "wait"),
    [
        (1, {"seconds": 5}),
        (2, {"minutes": 5}),
        (3, {"minutes": 30}),
        (4, {"hours": 2}),
        (5, {"hours": 5}),
        (6, {"hours": 10}),
        (7, {"hours": 14}),
        (8, {"hours": 20}),
        (9, {"hours": 24}),
    ],
)
def test_the_waits_of_the_standard(tries_count: int, wait: dict[str, int]) -> None:
    assert next_try(failed(), tries_count, chance=0.0) == AT + timedelta(**wait)


def test_ten_tries_and_no_more() -> None:
    assert len(WAITS) == 10
    assert next_try(failed(), 10, chance=0.0) is None


@given(st.integers(1, 9), st.floats(0, 1))
def test_a_wait_is_spread_by_a_fifth(tries_count: int, chance: float) -> None:
    again_at = next_try(failed(), tries_count, chance)
    assert again_at is not None
    assert WAITS[tries_count] <= again_at - AT <= WAITS[tries_count] * (1 + JITTER)


@pytest.mark.parametrize(
    ("status", "retry_after", "wait_s"),
    [
        (503, "120", 120),
        (429, "120", 120),
        (500, "120", 5),  # only a busy receiver is heard
        (503, "1", 5),  # never sooner than we would ourselves
        (503, "", 5),
        (503, "soon", 5),
        (503, "-7", 5),
        (503, "9" * 50, 86_400),  # at most a day
        (503, format_datetime(AT + timedelta(minutes=2), usegmt=True), 120),
        (503, format_datetime(AT - timedelta(minutes=2), usegmt=True), 5),
    ],
)
def test_a_busy_receiver_says_when(status: int, retry_after: str, wait_s: int) -> None:
    assert next_try(failed(status, retry_after), 1, chance=0.0) == AT + timedelta(seconds=wait_s)


@given(st.text())
def test_whatever_a_retry_after_says_is_survived(text: str) -> None:
    assert timedelta(0) <= asked_wait(text, AT) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "succeeded"),
    [(200, True), (204, True), (299, True), (301, False), (307, False), (410, False), (0, False)],
)
def test_2xx_is_success_and_nothing_else(status: int, *, succeeded: bool) -> None:
    assert failed(status).succeeded is succeeded


def test_five_days_of_nothing_but_failures_end_it() -> None:
    assert not is_dead(None, AT)
    assert not is_dead(AT - timedelta(days=5) + timedelta(seconds=1), AT)
    assert is_dead(AT - timedelta(days=5), AT)


def test_what_arrived_or_was_given_up_is_over() -> None:
    assert DELIVERY.after(DeliveryState.PENDING, DeliveryStep.SUCCEED) is DeliveryState.DELIVERED
    assert DELIVERY.after(DeliveryState.PENDING, DeliveryStep.EXHAUST) is DeliveryState.GAVE_UP
    assert DELIVERY.is_over(DeliveryState.DELIVERED)
    assert DELIVERY.is_over(DeliveryState.GAVE_UP)
