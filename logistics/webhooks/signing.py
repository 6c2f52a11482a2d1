"""Signing as Standard Webhooks wants it, so that a merchant verifies with any of its libraries.

A secret is ``whsec_`` and base64 of random bytes; a signature is ``v1,`` and base64 of HMAC-SHA256 over
``id.timestamp.body``. While a secret is being changed a message carries a signature by each.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32  # the standard allows 24 to 64
VERSION = "v1"


def make_secret(chance: bytes) -> str:
    """Write random bytes (32 of them) as a secret."""
    assert len(chance) == SECRET_BYTES, "a secret has 32 bytes"
    return PREFIX + base64.b64encode(chance).decode()


def sign(secret: str, message_id: str, timestamp_s: int, body: bytes) -> str:
    """Return the signature of a message by one secret: ``v1,<base64>``."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((message_id.encode(), str(timestamp_s).encode(), body))
    return f"{VERSION},{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def headers(secrets: Sequence[str], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers of one try: the id is the same on every try, time and signatures are this one's."""
    timestamp_s = int(at.timestamp())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp_s),
        "webhook-signature": " ".join(sign(secret, message_id, timestamp_s, body) for secret in secrets),
    }
