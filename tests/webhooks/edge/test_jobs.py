from sqlmodel import select

from logistics.webhooks.edge import jobs
from logistics.webhooks.edge.tables import AttemptRow, DeliveryRow, MessageRow
from tests.living import House
from tests.webhooks.edge.test_api import endpoint, messages


def test_messages_are_forgotten_after_thirty_days(house: House) -> None:
    endpoint(house, "https://shop.example/hooks")
    house.shipment()
    house.hear_news()
    house.clock.advance(days=29)
    jobs.forget_old(house.ctx)
    assert messages(house)
    house.clock.advance(days=2)
    jobs.forget_old(house.ctx)
    with house.ctx.db.reading() as session:
        for table in (MessageRow, DeliveryRow, AttemptRow):
            assert session.exec(select(table)).all() == []
