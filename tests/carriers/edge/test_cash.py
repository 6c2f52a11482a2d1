"""COD money that a carrier holds: collected once, remitted once, and what does not fit is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.carriers.edge.box import Box

COD: dict[str, Any] = {"cod_due": {"amount_minor": 12_800, "currency": "CNY"}}


def line(waybill_no: str, minor: int = 12_800, currency: str = "CNY") -> dict[str, Any]:
    return {"waybill_no": waybill_no, "amount": {"amount_minor": minor, "currency": currency}}


def remit(carrier: Box, *lines: dict[str, Any]) -> tuple[int, list[str]]:
    answer = carrier.house.made("/v1/carriers/pretend/cod-remittances", {"lines": lines})
    return answer["taken_count"], [finding["code"] for finding in answer["findings"]]


@pytest.fixture
def delivered(carrier: Box) -> tuple[str, str]:
    """Give a shipment with money due that the carrier delivered, and its waybill."""
    shipment_id, waybill_no = carrier.under_way(**COD)
    carrier.until(days=4)
    assert carrier.state(shipment_id) == "delivered"
    return shipment_id, waybill_no


def test_what_the_carrier_reports_is_what_is_open(carrier: Box, delivered: tuple[str, str]) -> None:
    shipment_id, waybill_no = delivered
    paper = carrier.desk.remit()
    assert [one["waybill_no"] for one in paper["lines"]] == [waybill_no]
    assert remit(carrier, *paper["lines"]) == (1, [])
    consignment = carrier.consignment(shipment_id)
    assert consignment["cod_collected"] == consignment["cod_remitted"] == COD["cod_due"]


def test_the_same_money_is_not_taken_twice(carrier: Box, delivered: tuple[str, str]) -> None:
    _, waybill_no = delivered
    assert remit(carrier, line(waybill_no)) == (1, [])
    assert remit(carrier, line(waybill_no)) == (0, ["nothing_open"])


@pytest.mark.parametrize(
    ("minor", "currency", "taken", "codes"),
    [
        (12_801, "CNY", 0, ["too_much"]),
        (12_000, "CNY", 1, ["short"]),
        (0, "CNY", 0, ["no_amount"]),
        (-5, "CNY", 0, ["no_amount"]),
        (12_800, "EUR", 0, ["no_amount"]),
    ],
)
def test_an_amount_that_does_not_fit_is_said(
    carrier: Box, delivered: tuple[str, str], minor: int, currency: str, taken: int, codes: list[str]
) -> None:
    assert remit(carrier, line(delivered[1], minor, currency)) == (taken, codes)


def test_what_was_short_can_follow(carrier: Box, delivered: tuple[str, str]) -> None:
    assert remit(carrier, line(delivered[1], 12_000)) == (1, ["short"])
    assert remit(carrier, line(delivered[1], 800)) == (1, [])


def test_one_wrong_line_leaves_the_others_alone(carrier: Box, delivered: tuple[str, str]) -> None:
    assert remit(carrier, line("PC0"), line(delivered[1])) == (1, ["unknown_waybill"])


def test_money_of_what_was_not_delivered_is_refused(carrier: Box) -> None:
    _, waybill_no = carrier.under_way(**COD)
    assert remit(carrier, line(waybill_no)) == (0, ["nothing_open"])
