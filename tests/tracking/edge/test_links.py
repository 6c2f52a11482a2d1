from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Database
from logistics.kit.errors import Gone, NotFound
from logistics.shipments.edge.handlers import hash_link
from logistics.shipments.edge.tables import LinkRow
from logistics.tracking.edge import links
from logistics.tracking.privacy import Disclosure
from tests.builders import NOON
from tests.tracking.builders import SHIPMENT, context, delivered, furnish, tell


@pytest.fixture
def ctx(sqlite_database: Database) -> Iterator[Context]:
    furnish(sqlite_database)
    with context(sqlite_database) as made:
        yield made


def test_a_link_opens_until_taken_back_or_over(ctx: Context) -> None:
    tell(ctx.db, delivered(minutes=0))
    with ctx.db.transaction() as tx:
        assert links.open_link(tx.session, "link-1", now=NOON + timedelta(days=30)).id == SHIPMENT
        with pytest.raises(Gone):
            links.open_link(tx.session, "link-1", now=NOON + timedelta(days=30, seconds=1))
        for strange in ("", "link-2", "x" * 5000, SHIPMENT, "L000000000001"):
            with pytest.raises(NotFound):
                links.open_link(tx.session, strange, now=NOON)
        row = tx.session.get(LinkRow, hash_link("link-1"))
        assert row
        row.revoked_at = NOON
        tx.session.add(row)
        with pytest.raises(NotFound):
            links.open_link(tx.session, "link-1", now=NOON)


@pytest.mark.parametrize(
    ("number", "digits", "depth"),
    [
        ("L000000000001", "", Disclosure.MILESTONES),
        (" l000000000001 ", "8000", Disclosure.MASKED),
        ("L000000000001", "8001", None),
        ("L000000000009", "", None),
        ("L000000000009", "8000", None),
    ],
)
def test_a_number_opens_as_much_as_is_known_with_it(
    ctx: Context, number: str, digits: str, depth: Disclosure | None
) -> None:
    with ctx.db.reading() as session:
        if depth is None:
            with pytest.raises(NotFound, match="no parcel with this number, or the digits"):
                links.look_up(session, number, digits, now=NOON)
        else:
            assert links.look_up(session, number, digits, now=NOON)[1] is depth
