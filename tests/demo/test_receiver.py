from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from demo.receiver import Receiver, is_genuine, signature

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
VECTOR = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_signature_is_that_of_the_standard() -> None:
    assert signature(SECRET, ID, "1614265330", b'{"test": 2432232314}') == VECTOR


@pytest.mark.parametrize(
    ("body", "given", "genuine"),
    [
        (b'{"test": 2432232314}', VECTOR, True),
        (b'{"test": 2432232314}', f"v1,b2xk {VECTOR}", True),
        (b'{"test": 2432232315}', VECTOR, False),
        (b'{"test": 2432232314}', "", False),
    ],
)
def test_only_what_is_signed_is_genuine(body: bytes, given: str, *, genuine: bool) -> None:
    assert is_genuine(SECRET, ID, "1614265330", body, given) is genuine


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver(1)
    made.inboxes[0].secret = SECRET
    made.start()
    yield made
    made.stop()


def send(receiver: Receiver, message_id: str, *, forged: bool = False) -> int:
    body = json.dumps({"type": "shipment.created", "data": {"shipment_id": "shp_1", "shipment_seq": 1}}).encode()
    signed = "v1,AAAA" if forged else signature(SECRET, message_id, "1", body)
    headers = {"webhook-id": message_id, "webhook-timestamp": "1", "webhook-signature": signed}
    where = urlsplit(receiver.url(0))
    line = http.client.HTTPConnection(where.hostname or "", where.port or 0, timeout=5)
    line.request("POST", where.path, body, headers)
    return line.getresponse().status


def test_some_first_tries_fail_and_every_second_one_is_taken(receiver: Receiver) -> None:
    names = [f"msg_{k}" for k in range(60)]
    first = [send(receiver, name) for name in names]
    assert set(first) == {204, 500}
    again = [send(receiver, name) for name, status in zip(names, first, strict=True) if status == 500]
    assert set(again) == {204}
    inbox = receiver.inboxes[0]
    assert inbox.acknowledged.keys() == set(names)
    assert inbox.doubled == 0
    assert inbox.seqs == {"shp_1": {1}}


def test_a_forged_message_is_refused_and_counted(receiver: Receiver) -> None:
    assert send(receiver, "msg_1", forged=True) == 401
    assert receiver.inboxes[0].forged == 1
    assert not receiver.inboxes[0].acknowledged
