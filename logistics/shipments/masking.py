"""What of a recipient is shown to those who only have to recognise, not to know."""

from __future__ import annotations

from logistics.shipments.model import LAST_DIGITS, phone_digits


def mask_phone(phone: str) -> str:
    """Show the last four digits of a phone number, such as ``*** 8000``."""
    return f"*** {phone_digits(phone)[-LAST_DIGITS:]}"
