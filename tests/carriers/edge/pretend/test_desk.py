"""The pretend carrier alone, and against the house: whatever it pushes, the story comes out the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from logistics.carriers.edge.pretend.desk import Desk, Manner
from logistics.carriers.edge.pretend.story import Fate
from logistics.kit.edge.db import Database
from logistics.kit.errors import Conflict, Failure, NotFound
from tests.builders import NOON, ManualClock
from tests.carriers.edge.box import SALT, Box, box

ORDER = {"reference": "con_1", "recipient": {"name": "王芳"}, "weight_g": 500}
COD = {"cod_due": {"amount_minor": 12_800, "currency": "CNY"}}


class Callback:
    """Takes pushes; says no to the first ``refusals`` of them."""

    def __init__(self, refusals: int = 0) -> None:
        self.forms: list[bytes] = []
        self.refusals = refusals

    def __call__(self, form: bytes) -> bool:
        self.forms.append(form)
        self.refusals -= 1
        return self.refusals < 0


def desk(callback: Callback | None = None, path: Path | None = None, **manner: float) -> Desk:
    made = Desk(path, Manner(**({"seed": 1, "salt": "s"} | manner)), callback)  # type: ignore[arg-type]  # by name
    made.advance(NOON)
    return made


def test_the_same_reference_is_the_same_waybill() -> None:
    one = desk()
    first, is_new = one.book(ORDER)
    again, is_new_again = one.book(ORDER)
    assert (is_new, is_new_again) == (True, False)
    assert first is again
    assert desk().book(ORDER)[0]["waybill_no"] == first["waybill_no"]  # by seed and reference alone
    assert desk(seed=2).book(ORDER)[0]["waybill_no"] != first["waybill_no"]


def test_time_passes_only_forward_and_brings_the_story_along() -> None:
    callback = Callback()
    one = desk(callback)
    waybill_no = one.book(ORDER)[0]["waybill_no"]
    one.scan(waybill_no)
    assert len(one.happened(one.get(waybill_no))) == 1
    one.advance(NOON + timedelta(days=4))
    steps = one.happened(one.get(waybill_no))
    assert steps[-1].code == "DLV"
    assert len(callback.forms) == len(steps)  # an honest sender pushes once a step
    one.advance(NOON)
    assert one.now() >= NOON + timedelta(days=4)
    assert one.advance(NOON + timedelta(days=9)) == 0


def test_a_push_that_is_not_taken_is_made_again_and_given_up_in_the_end() -> None:
    callback = Callback(refusals=1)
    one = desk(callback)
    one.book(ORDER)
    one.work()
    assert one.counts()["waiting"] == 1
    one.advance(NOON + timedelta(minutes=31))
    assert one.counts()["sent"] == 1
    stubborn = desk(Callback(refusals=99))
    stubborn.book(ORDER)
    for hours in range(12):
        stubborn.advance(NOON + timedelta(hours=hours))
    assert stubborn.counts()["given_up"] == 1


def test_a_callback_that_cannot_be_reached_is_one_that_did_not_take_it() -> None:
    def nobody(_form: bytes) -> bool:
        raise Failure("nobody there", retry=True)

    one = Desk(None, Manner(), nobody)
    one.book(ORDER)
    one.work()
    assert one.counts()["waiting"] == 1


def test_it_remembers_everything_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "carrier.json"
    first = desk(Callback(refusals=99), path)
    waybill_no = first.book(ORDER | {"cod": {"amount_minor": 5, "currency": "CNY"}})[0]["waybill_no"]
    first.decree(waybill_no, Fate.DELIVERED)
    first.scan(waybill_no)
    first.advance(NOON + timedelta(days=2))
    callback = Callback()
    second = Desk(path, Manner(seed=1, salt="s"), callback)
    assert second.happened(second.get(waybill_no)) == first.happened(first.get(waybill_no))
    assert second.counts() == first.counts()
    second.advance(NOON + timedelta(days=3))
    assert callback.forms  # what was not taken before is pushed now
    assert [line["waybill_no"] for line in second.remit()["lines"]] == [waybill_no]
    assert Desk(path, Manner(seed=1)).remittances() == second.remittances()


def test_money_is_passed_on_once() -> None:
    one = desk()
    waybill_no = one.book(ORDER | {"cod": {"amount_minor": 500, "currency": "CNY"}})[0]["waybill_no"]
    one.decree(waybill_no, Fate.DELIVERED)
    one.scan(waybill_no)
    assert one.remit()["lines"] == []
    one.advance(NOON + timedelta(days=4))
    assert one.remit()["lines"] == [{"waybill_no": waybill_no, "amount": {"amount_minor": 500, "currency": "CNY"}}]
    assert one.remit()["lines"] == []
    assert len(one.remittances()) == 1


def test_what_was_called_off_is_not_taken_along_and_what_is_on_its_way_not_called_off() -> None:
    one = desk()
    waybill_no = one.book(ORDER)[0]["waybill_no"]
    one.cancel(waybill_no)
    one.cancel(waybill_no)
    with pytest.raises(Conflict):
        one.scan(waybill_no)
    other = one.book(ORDER | {"reference": "con_2"})[0]["waybill_no"]
    one.scan(other)
    with pytest.raises(Conflict):
        one.cancel(other)
    with pytest.raises(Conflict):
        one.decree(other, Fate.LOST)
    with pytest.raises(NotFound):
        one.get("PC0")


@pytest.fixture
def hostile(sqlite_database: Database, clock: ManualClock) -> Iterator[Box]:
    with box(sqlite_database, clock, Manner(seed=11, hostility=5, salt=SALT)) as made:
        yield made


def test_against_a_hostile_carrier_every_story_ends_as_it_did(hostile: Box) -> None:
    """Push doubled, late, reordered, contradictory and forged; then compare with what really happened."""
    taken = [hostile.under_way(None, **(COD if number % 3 == 0 else {})) for number in range(12)]
    for _ in range(20):
        hostile.until(hours=6)
    ends = {"DLV": "delivered", "RTD": "returned"}
    for shipment_id, waybill_no in taken:
        end = hostile.desk.happened(hostile.desk.get(waybill_no))[-1].code
        assert hostile.state(shipment_id) == ends[end]
        consignment = hostile.consignment(shipment_id)
        assert consignment["state"] == "closed"
        collected = consignment["cod_due"]["amount_minor"] if end == "DLV" else 0
        assert consignment["cod_collected"]["amount_minor"] == collected
    counts = hostile.desk.counts()
    assert counts["given_up"] == counts["waiting"] == 0
    assert counts["refused"] > 0  # the forged ones, and only those
    assert counts["sent"] > 100
    assert {one["code"] for one in hostile.house.get("/v1/carriers/unmapped")} == {"1999"}
