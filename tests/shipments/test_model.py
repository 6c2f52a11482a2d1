from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from logistics.kit.errors import Invalid
from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.shipments.model import Consent, ConsentKind, Draft, Mode, ParcelDraft, Recipient, check, phone_digits

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
RECIPIENT = Recipient("Wang Xiaoming", "+86 138 0013 8000", "1 Wen'er Road")
GOOD = Draft("A-1", RECIPIENT, (ParcelDraft(500),))


def test_a_good_draft_passes() -> None:
    check(GOOD, currency="CNY", today=TODAY)


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (replace(GOOD, order_ref=" "), ["order_ref"]),
        (replace(GOOD, recipient=replace(RECIPIENT, name="")), ["recipient.name"]),
        (replace(GOOD, recipient=replace(RECIPIENT, phone="12ab4")), ["recipient.phone"]),
        (replace(GOOD, recipient=replace(RECIPIENT, address="")), ["recipient.address"]),
        (replace(GOOD, parcels=()), ["parcels"]),
        (replace(GOOD, parcels=(ParcelDraft(500), ParcelDraft(0))), ["parcels[1].weight_g"]),
        (replace(GOOD, parcels=(ParcelDraft(1, length_mm=-1),)), ["parcels[0].length_mm"]),
        (replace(GOOD, cod_due=Money(100, "EUR")), ["cod_due.currency"]),
        (replace(GOOD, value=Money(-1, "CNY")), ["value.amount_minor"]),
        (replace(GOOD, deliver_on=date(2026, 11, 23)), ["deliver_on"]),
        (replace(GOOD, mode=Mode.PICKUP), ["consents"]),
        (replace(GOOD, mode=Mode.PICKUP, consents=(Consent(ConsentKind.STORE, granted=False),)), ["consents"]),
        (replace(GOOD, other_windows=(Window(NOON, NOON),)), ["window"]),
        (replace(GOOD, priority=10), ["priority"]),
        (replace(GOOD, skills=("cold",) * 21), ["skills"]),
        (replace(GOOD, order_ref="", cod_due=Money(-1, "CNY")), ["order_ref", "cod_due.amount_minor"]),
    ],
)
def test_every_wrong_field_is_named(draft: Draft, fields: list[str]) -> None:
    with pytest.raises(Invalid) as caught:
        check(draft, currency="CNY", today=TODAY)
    assert [error.field for error in caught.value.errors] == fields


def test_volume_comes_from_the_edges_unless_it_is_given() -> None:
    # 101 x 100 x 100 mm = 1,010,000 mm3 = 1,010 cm3
    assert ParcelDraft(1, 101, 100, 100).space_cm3 == 1010
    assert ParcelDraft(1, 1, 1, 1).space_cm3 == 1  # rounded up: nothing takes no room
    assert ParcelDraft(1, 100, 100, 100, volume_cm3=7).space_cm3 == 7


def test_phone_digits_drop_everything_else() -> None:
    assert phone_digits("+86 (138) 0013-8000") == "8613800138000"
    assert phone_digits("\u0661\u0662") == ""  # digits of other scripts are not dialled
