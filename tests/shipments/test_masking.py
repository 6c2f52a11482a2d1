from __future__ import annotations

from logistics.shipments.masking import mask_phone


def test_four_digits_are_shown() -> None:
    assert mask_phone("+86 138 0013 8000") == "*** 8000"
