import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from logistics.webhooks.signing import headers, make_secret, sign

# The check vector of Standard Webhooks.
SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE_ID, TIMESTAMP = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", [SECRET, f"whsec_{SECRET}"])
def test_the_check_vector(secret: str) -> None:
    assert sign(secret, MESSAGE_ID, TIMESTAMP, b'{"test": 2432232314}') == SIGNATURE


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the library compares with the machine's clock


@given(st.binary(min_size=32, max_size=32), st.dictionaries(st.text(), st.text()))
def test_the_standards_own_library_verifies(chance: bytes, data: dict[str, str]) -> None:
    secret, body = make_secret(chance), json.dumps(data).encode()
    assert Webhook(secret).verify(body, headers([secret], MESSAGE_ID, now(), body)) == data


def test_a_changed_body_and_an_old_message_are_found_out() -> None:
    secret, body = make_secret(bytes(32)), b'{"amount": 1}'
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(b'{"amount": 9}', headers([secret], MESSAGE_ID, now(), body))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers([secret], MESSAGE_ID, now() - timedelta(hours=1), body))


def test_while_a_secret_changes_both_verify() -> None:
    new, old = make_secret(bytes(32)), make_secret(bytes(range(32)))
    sent = headers([new, old], MESSAGE_ID, now(), b"{}")
    for secret in (new, old):
        assert Webhook(secret).verify(b"{}", sent) == {}
    with pytest.raises(WebhookVerificationError):
        Webhook(make_secret(b"x" * 32)).verify(b"{}", sent)


def test_a_secret_has_256_bits() -> None:
    assert len(base64.b64decode(make_secret(bytes(32)).removeprefix("whsec_"))) == 32
    with pytest.raises(AssertionError):
        make_secret(b"short")
