from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.money import Money
from logistics.shipments import intake
from logistics.shipments.model import PARCELS_MAX, ConsentKind, Mode

GOOD = {
    "order_ref": "A-1", "name": "Wang", "phone": "13800138000", "address": "1 Road", "lat": "30.2", "lon": "120.1",
    "weight_g": "500", "cod": "12.50",
}  # fmt: skip


def one(**cells: Any) -> intake.Row:
    rows, _ = intake.read_table([{**GOOD, **cells}], currency="CNY")
    return rows[0]


def test_a_row_becomes_a_draft() -> None:
    draft = one(mode="pickup", store_consent="是", parcels="2", deliver_on="2026-11-24").draft
    assert draft is not None
    assert draft.cod_due == Money(1250, "CNY")
    assert draft.recipient.point is not None
    assert (draft.mode, len(draft.parcels), draft.weight_g) == (Mode.PICKUP, 2, 1000)
    assert [consent.kind for consent in draft.consents] == [ConsentKind.STORE]


def test_a_row_says_what_it_asks_of_a_vehicle() -> None:
    draft = one(skills="Tail Lift; cold|cold", 优先级="2").draft
    assert draft is not None
    assert (draft.skills, draft.priority) == (("tail lift", "cold"), 2)
    many = one(parcels="10000000000000000000").draft
    assert many is not None
    assert len(many.parcels) == PARCELS_MAX + 1


def test_chinese_column_names_are_known_and_unknown_ones_reported_once() -> None:
    rows, findings = intake.read_table([{"订单号": "A-1", "收件人": "王", "颜色": "红"}] * 2, currency="CNY")
    assert rows[0].order_ref == "A-1"
    assert [finding.where for finding in findings] == ["column 颜色"]


def test_each_unreadable_cell_is_named() -> None:
    row = one(weight_g="heavy", lat="91", cod="12.505", window_start="soon", mode="drone", store_consent="maybe")
    assert {error.field for error in row.errors} >= {"weight_g", "lat", "cod", "window_start", "mode", "store_consent"}


def test_a_window_needs_both_ends() -> None:
    row = one(window_start="2026-11-24T10:00:00+08:00")
    assert [error.field for error in row.errors] == ["window_end"]


def test_an_amount_of_a_currency_without_minor_units() -> None:
    rows, _ = intake.read_table([{**GOOD, "cod": "1250"}], currency="JPY")
    assert rows[0].draft is not None
    assert rows[0].draft.cod_due == Money(1250, "JPY")


def test_rows_are_counted_as_a_person_sees_them_and_empty_ones_passed_over() -> None:
    rows, _ = intake.read_table([GOOD, dict.fromkeys(GOOD, ""), GOOD], currency="CNY")
    assert [row.no for row in rows] == [2, 4]


def test_deliveries_of_one_place_are_told_apart_the_same_way_each_time() -> None:
    place = {"id": "p", "point": {"lat": -22.9, "lng": -43.2}, "size": 3}
    for _ in range(2):
        rows = intake.read_deliveries({"name": "rio", "deliveries": [place, place, place]})
        assert [row.order_ref for row in rows] == ["p", "p/2", "p/3"]
        assert all(row.draft and row.draft.weight_g == 3000 for row in rows)


def test_a_delivery_without_size_or_place_says_so() -> None:
    body = {"deliveries": [{"id": "a", "point": {"lat": 1}, "size": 1}, {"id": "b", "point": {"lat": 1, "lng": 2}}, 7]}
    assert [[error.field for error in row.errors] for row in intake.read_deliveries(body)] == [
        ["point"],
        ["size"],
        ["deliveries"],
    ]


cell = st.one_of(st.none(), st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.dates())


@given(st.lists(st.dictionaries(st.sampled_from(intake.COLUMNS), cell, max_size=12), max_size=5))
def test_no_content_makes_the_table_reader_raise(rows: list[dict[str, Any]]) -> None:
    read, _ = intake.read_table(rows, currency="CNY")
    assert all(row.errors or row.draft for row in read)


json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "point", "size", "lat", "lng"]), inner)
    ),
    max_leaves=10,
)


@given(st.lists(json_value, max_size=5))
def test_no_content_makes_the_delivery_reader_raise(deliveries: list[Any]) -> None:
    read = intake.read_deliveries({"deliveries": deliveries})
    assert all(row.errors or row.draft for row in read)
