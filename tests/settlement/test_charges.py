from datetime import UTC, datetime
from fractions import Fraction

import pytest

from logistics.kit.money import Money, Rounding
from logistics.merchants.contract import Contract
from logistics.settlement.charges import (
    ChargeKind,
    Happening,
    HappeningKind,
    Stored,
    TakenBefore,
    charges,
    cod_exact,
    exact_text,
)

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def taken(amount_minor: int, seq: int = 1) -> Happening:
    return Happening(
        seq=seq,
        kind=HappeningKind.COD_TAKEN,
        booked_at=AT,
        terms=1,
        shipment_id="shp_1",
        taken=Money(amount_minor, "CNY"),
    )


def test_a_contract_that_says_nothing_charges_nothing() -> None:
    for kind in HappeningKind:
        one = Happening(seq=1, kind=kind, booked_at=AT, terms=1, taken=Money(100, "CNY"), stored=(Stored(1000, 1),))
        assert charges(one, Contract()) == []


def test_delivery_is_per_order_item_and_kilogram() -> None:
    contract = Contract(
        delivery_per_order=Fraction("4.25"), delivery_per_item=Fraction(2), delivery_per_kg=Fraction("1.5")
    )
    one = Happening(
        seq=7, kind=HappeningKind.DELIVERED, booked_at=AT, terms=1, shipment_id="shp_1", parcels_count=2, weight_g=150
    )
    (charge,) = charges(one, contract)
    # 4.25 + 2.0 x 2 + 1.5 x 0.15 = 4.25 + 4 + 0.225
    assert charge.exact == Fraction("8.475")
    assert charge.kind is ChargeKind.DELIVERY
    assert charge.text == "4.25 + 2 x 2 + 1.5 x 0.15 kg"
    assert charge.event_seqs == (7,)


@pytest.mark.parametrize(
    ("rounding", "amount_minor"),
    [(Rounding.HALF_EVEN, 848), (Rounding.HALF_UP, 848), (Rounding.UP, 848), (Rounding.DOWN, 847)],
)
def test_an_amount_is_rounded_once_by_the_contracts_rule(rounding: Rounding, amount_minor: int) -> None:
    contract = Contract(delivery_per_order=Fraction("8.475"), rounding=rounding)
    one = Happening(seq=1, kind=HappeningKind.DELIVERED, booked_at=AT, terms=1)
    assert charges(one, contract)[0].amount(contract) == Money(amount_minor, "CNY")


@pytest.mark.parametrize(
    ("taken_yuan", "charge"),
    [
        ("0", "0"),
        ("10", "1"),  # 1 % of 10 is 0.10: the minimum
        ("100", "1"),  # just the minimum
        ("128.50", "1.285"),
    ],
)
def test_the_cod_charge_is_a_share_with_a_minimum(taken_yuan: str, charge: str) -> None:
    contract = Contract(cod_share=Fraction("0.01"), cod_min=Fraction(1))
    assert cod_exact(Fraction(taken_yuan), contract) == Fraction(charge)


def test_a_shipment_paid_twice_pays_one_minimum() -> None:
    contract = Contract(cod_share=Fraction("0.01"), cod_min=Fraction(1))
    (first,) = charges(taken(3000), contract)
    (second,) = charges(taken(17000, seq=2), contract, TakenBefore(3000, (1,)))
    # 30 -> the minimum 1; 200 in all -> 2; so the second payment costs 1.
    assert [first.exact, second.exact] == [1, 1]
    assert second.event_seqs == (1, 2)
    assert charges(taken(1000, seq=2), contract, TakenBefore(3000, (1,))) == []


def test_storage_is_by_volume_and_day() -> None:
    contract = Contract(storage_per_m3_month=Fraction(155))
    one = Happening(
        seq=1, kind=HappeningKind.STORED, booked_at=AT, terms=1, stored=(Stored(6000, 15), Stored(1000, 30))
    )
    # 155 x (0.006 x 15 + 0.001 x 30) / 30 = 155 x 0.004
    assert charges(one, contract)[0].exact == Fraction("0.62")


@pytest.mark.parametrize(
    ("exact", "text"),
    [("0", "0"), ("8.475", "8.475"), ("-0.05", "-0.05"), ("1/3", "1/3"), ("30", "30"), ("1/1024", "0.0009765625")],
)
def test_exact_amounts_are_written_exactly(exact: str, text: str) -> None:
    assert exact_text(Fraction(exact)) == text
    assert Fraction(text) == Fraction(exact)
