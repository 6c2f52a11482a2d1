import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.merchants.contract import Contract
from logistics.settlement.charges import ChargeKind, Happening, HappeningKind, Stored
from logistics.settlement.statement import Period, make_statement

START = datetime(2026, 11, 1, tzinfo=UTC)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30), Window(START, START + timedelta(days=30)))
SELLER = Contract(
    currency="EUR",
    delivery_per_order=Fraction("4.25"),
    delivery_per_item=Fraction("2.0"),
    delivery_per_kg=Fraction("1.5"),
    storage_per_m3_month=Fraction(155),
    commission_share=Fraction("0.06"),
)
ORDER = Happening(
    seq=2,
    kind=HappeningKind.DELIVERED,
    booked_at=START + timedelta(days=20),
    terms=1,
    shipment_id="shp_1",
    parcels_count=2,
    weight_g=150,
    price=Money(5500, "EUR"),
)
STORAGE = Happening(
    seq=1,
    kind=HappeningKind.STORED,
    booked_at=START + timedelta(days=20),
    terms=1,
    shipment_id="shp_1",
    stored=(Stored(volume_cm3=6000, days=15), Stored(volume_cm3=1000, days=30)),
)


def test_the_worked_example_comes_out_exactly() -> None:
    """Two items, 0.15 kg, cost 12, price 55, stored 0.006 m3 for 15 days and 0.001 m3 for 30 days."""
    statement = make_statement("mch_1", [ORDER, STORAGE], {1: SELLER}, NOVEMBER)
    exact = {line.charge.kind: line.charge.exact for line in statement.lines}
    assert exact[ChargeKind.DELIVERY] == Fraction("8.475")
    assert exact[ChargeKind.STORAGE] == Fraction("0.62")
    assert exact[ChargeKind.COMMISSION] == Fraction("3.3")  # 6 % of 55
    price, cost = Fraction(55), Fraction(12)
    # 55 x 0.94 - 12 - 8.475 - 0.62
    assert price - cost - sum(exact.values()) == Fraction("30.605")


def test_lines_are_rounded_once_and_the_total_is_their_sum() -> None:
    statement = make_statement("mch_1", [ORDER, STORAGE], {1: SELLER}, NOVEMBER)
    # 0.62 -> 62; 8.475 -> 848 (half to even: 847.5 lies between 847 and 848); 3.30 -> 330
    assert [line.amount.amount_minor for line in statement.lines] == [62, 848, 330]
    assert statement.total == Money(62 + 848 + 330, "EUR")
    assert statement.total_of(ChargeKind.STORAGE) == Money(62, "EUR")
    assert statement.kinds == [ChargeKind.DELIVERY, ChargeKind.COMMISSION, ChargeKind.STORAGE]


def test_every_line_names_the_happenings_it_follows_from() -> None:
    statement = make_statement("mch_1", [ORDER, STORAGE], {1: SELLER}, NOVEMBER)
    assert [line.charge.event_seqs for line in statement.lines] == [(1,), (2,), (2,)]


def delivered(seq: int, at: datetime, terms: int = 1) -> Happening:
    return Happening(seq=seq, kind=HappeningKind.DELIVERED, booked_at=at, terms=terms, shipment_id=f"shp_{seq}")


def test_a_period_has_its_first_moment_and_not_its_end() -> None:
    moments = [
        START - timedelta(microseconds=1),
        START,
        START + timedelta(days=30, microseconds=-1),
        START + timedelta(days=30),
    ]
    statement = make_statement("mch_1", [delivered(no, at) for no, at in enumerate(moments)], {1: SELLER}, NOVEMBER)
    assert [line.charge.event_seqs for line in statement.lines] == [(1,), (2,)]


def test_new_terms_do_not_change_what_was_charged_under_the_old_ones() -> None:
    dearer = Contract(currency="EUR", delivery_per_order=Fraction(9))
    happenings = [delivered(1, START), delivered(2, START, terms=2)]
    statement = make_statement("mch_1", happenings, {1: SELLER, 2: dearer}, NOVEMBER)
    assert [line.charge.exact for line in statement.lines] == [Fraction("4.25"), 9]


def test_money_taken_before_the_period_counts_for_the_minimum() -> None:
    contract = Contract(cod_share=Fraction("0.01"), cod_min=Fraction(1))
    before = Happening(
        seq=1,
        kind=HappeningKind.COD_TAKEN,
        booked_at=START - timedelta(days=1),
        terms=1,
        shipment_id="shp_1",
        taken=Money(3000, "CNY"),
    )
    now = Happening(
        seq=2, kind=HappeningKind.COD_TAKEN, booked_at=START, terms=1, shipment_id="shp_1", taken=Money(17000, "CNY")
    )
    (line,) = make_statement("mch_1", [before, now], {1: contract}, NOVEMBER).lines
    assert line.charge.exact == 1  # 2 on 200 in all, of which 1 was charged before


@given(
    st.lists(st.tuples(st.integers(0, 59), st.integers(0, 4), st.integers(0, 5000)), min_size=1, max_size=30),
    st.randoms(),
)
def test_a_naive_sum_over_the_happenings_agrees(rows: list[tuple[int, int, int]], chance: random.Random) -> None:
    happenings = [
        Happening(
            seq=seq,
            kind=HappeningKind.DELIVERED,
            booked_at=START + timedelta(days=day - 15),
            terms=1,
            shipment_id=f"shp_{seq}",
            parcels_count=items,
            weight_g=weight_g,
        )
        for seq, (day, items, weight_g) in enumerate(rows, start=1)
    ]
    naive = sum(
        (Fraction("4.25") + 2 * items + Fraction("1.5") * Fraction(weight_g, 1000))
        for day, items, weight_g in rows
        if 0 <= day - 15 < 30
    )
    shuffled = happenings * 2
    chance.shuffle(shuffled)
    statement = make_statement("mch_1", shuffled, {1: SELLER}, NOVEMBER)
    assert sum((line.charge.exact for line in statement.lines), Fraction(0)) == naive
    assert statement == make_statement("mch_1", happenings, {1: SELLER}, NOVEMBER)
