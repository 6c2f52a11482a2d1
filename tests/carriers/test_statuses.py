from __future__ import annotations

import pytest

from logistics.carriers.adapters.kuaidi100.codes import TABLE as KUAIDI100
from logistics.carriers.adapters.pretend.codes import TABLE as PRETEND
from logistics.carriers.statuses import UNMAPPED, WORDS, Meaning, Table, read_table

# The table of the conventions, written the other way round.
AGREED = {
    "pending": "101 102",
    "picked_up": "1 103",
    "in_transit": "0 1001 1002 1003 7 8 10 11 12",
    "out_for_delivery": "5",
    "delivery_failed": "203 14 204 206",
    "ready_for_pickup": "501 304",
    "return_to_sender": "6",
    "delivered": "3 301 302 303",
    "returned": "4",
    "cancelled": "210 401",
    "on_hold": "205 207 208 13 2",
    "delayed": "201 202",
    "unknown": "209",
}


@pytest.mark.parametrize("status", AGREED)
def test_kuaidi100_codes_mean_what_was_agreed(status: str) -> None:
    for code in AGREED[status].split():
        assert KUAIDI100.meaning_of(code).status == status, code
        assert KUAIDI100.meaning_of(code).is_mapped


def test_no_kuaidi100_code_is_mapped_beyond_the_agreement() -> None:
    assert set(KUAIDI100.codes) == {code for codes in AGREED.values() for code in codes.split()}


def test_damage_is_a_reason_and_no_status() -> None:
    assert KUAIDI100.meaning_of("209") == Meaning("unknown", "carrier_damaged")


def test_refusals_say_who_refused() -> None:
    assert {KUAIDI100.meaning_of(code).reason for code in ("14", "203")} == {"recipient_refused"}


@pytest.mark.parametrize("table", [KUAIDI100, PRETEND], ids=lambda table: table.source)
def test_tables_speak_our_words_and_prefix_their_reasons(table: Table) -> None:
    for meaning in [*table.codes.values(), *table.sub_codes.values(), *table.texts.values()]:
        assert meaning.status in WORDS
        assert not meaning.reason or meaning.reason.split("_")[0] in {
            "carrier",
            "merchant",
            "recipient",
            "own",
            "force",
        }


def test_code_goes_before_sub_code_before_text() -> None:
    table = read_table(
        {
            "source": "any",
            "codes": {"A": {"status": "delivered"}},
            "sub_codes": {"B": {"status": "lost"}},
            "texts": {"C": {"status": "returned"}},
        }
    )
    assert table.meaning_of("A", "B", "C").status == "delivered"
    assert table.meaning_of("?", "B", "C").status == "lost"
    assert table.meaning_of("?", "?", "C").status == "returned"


def test_what_is_in_no_table_stays_unmapped() -> None:
    assert KUAIDI100.meaning_of("9999", text="whatever 签收 it says") is UNMAPPED
    assert not UNMAPPED.is_mapped
    assert UNMAPPED.status == "unknown"


def test_the_same_number_belongs_to_its_source() -> None:
    assert PRETEND.meaning_of("3") is UNMAPPED


def test_a_word_that_is_not_ours_is_a_programmers_error() -> None:
    with pytest.raises(AssertionError, match="on_the_moon"):
        read_table({"source": "any", "codes": {"1": {"status": "on_the_moon"}}})
