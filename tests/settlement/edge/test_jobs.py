from sqlmodel import select

from logistics.kit.edge.tables import OutboxRow
from logistics.settlement.edge import jobs
from logistics.settlement.edge.tables import RemittanceRow, StatementRow
from tests.living import House
from tests.settlement.edge.test_api import SELLER, agree, cny, deliver, pay


def remittances(house: House) -> list[RemittanceRow]:
    with house.ctx.db.reading() as session:
        return list(session.exec(select(RemittanceRow)))


def test_the_clock_remits_once_a_day(house: House) -> None:
    pay(house, house.shipment(cod_due=cny(5000))["id"], 5000, means="card")
    jobs.remit_due(house.ctx)
    assert remittances(house) == []
    house.clock.advance(days=1)
    jobs.remit_due(house.ctx)
    pay(house, house.shipment(cod_due=cny(700))["id"], 700, means="card")
    jobs.remit_due(house.ctx)
    assert [row.amount_minor for row in remittances(house)] == [5000]
    house.clock.advance(days=1)
    jobs.remit_due(house.ctx)
    assert [row.amount_minor for row in remittances(house)] == [5000, 700]


def test_a_month_is_closed_once_when_it_is_over(house: House) -> None:
    agree(house, SELLER)
    deliver(house, house.shipment()["id"])
    jobs.close_months(house.ctx)
    house.clock.advance(days=6)  # the 30th
    jobs.close_months(house.ctx)
    with house.ctx.db.reading() as session:
        assert session.exec(select(StatementRow)).all() == []
    house.clock.advance(days=1)
    jobs.close_months(house.ctx)
    jobs.close_months(house.ctx)
    with house.ctx.db.reading() as session:
        (row,) = session.exec(select(StatementRow)).all()
        told = session.exec(select(OutboxRow).where(OutboxRow.kind == "StatementReady")).all()
    assert len(told) == 1
    assert (str(row.from_on), str(row.to_on), row.lines_count) == ("2026-11-01", "2026-11-30", 1)
    total = house.get("/v1/statements?from=2026-11-01&to=2026-11-30", house.merchant)["total"]
    assert total == cny(row.total_minor)
