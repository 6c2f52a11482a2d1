"""The operator's desk: money that came before its news is entered again, once."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from demo.actors.finance import FinanceActor

FIRST, SECOND, THIRD = (datetime(2026, 11, day, 6, 2, tzinfo=UTC) for day in (10, 11, 12))


class Platform:
    """Takes money of what it knows to be delivered, as the platform does."""

    def __init__(self, *delivered: str) -> None:
        self.open = set(delivered)
        self.asked: list[list[str]] = []

    def post(self, _path: str, body: dict[str, Any], *, key: str) -> dict[str, Any]:
        assert key
        names = [line["waybill_no"] for line in body["lines"]]
        self.asked.append(names)
        findings = [
            {"where": f"lines[{number}]", "code": "nothing_open", "message": name, "expected": ""}
            for number, name in enumerate(names)
            if name not in self.open
        ]
        self.open -= set(names)
        return {"taken_count": len(names) - len(findings), "findings": findings}


class Desk:
    """Of a finance actor, with papers of the carrier handed out one by one, and what it noticed."""

    def __init__(self, platform: Platform, *papers: str) -> None:
        self.noticed: list[datetime] = []
        waiting = [[{"waybill_no": name} for name in paper.split()] for paper in papers]
        stage = SimpleNamespace(cast=SimpleNamespace(operator=platform), notice=self._notice)
        carrier = SimpleNamespace(pay_out=lambda: waiting.pop(0))
        self.actor = FinanceActor(cast("Any", stage), cast("Any", carrier))

    def _notice(self, at: datetime, _who: str, _what: str) -> None:
        self.noticed.append(at)


def test_money_before_its_news_is_entered_again_the_next_morning() -> None:
    platform = Platform("A", "C")
    desk = Desk(platform, "A B", "C", "")
    desk.actor.take_carrier_money(FIRST)
    platform.open.add("B")  # its news has come
    desk.actor.take_carrier_money(SECOND)
    desk.actor.take_carrier_money(THIRD)
    assert platform.asked == [["A", "B"], ["B", "C"]]
    assert desk.noticed == []


def test_what_is_refused_again_is_noticed() -> None:
    desk = Desk(Platform("C"), "B", "C", "")
    for morning in (FIRST, SECOND, THIRD):
        desk.actor.take_carrier_money(morning)
    assert desk.noticed == [SECOND]


def test_what_is_still_too_early_on_the_last_morning_is_entered_once_more() -> None:
    platform = Platform("C")
    desk = Desk(platform, "A B C")
    desk.actor.take_carrier_money(FIRST)
    assert [line["waybill_no"] for line in desk.actor.early] == ["A", "B"]
    platform.open.add("B")
    desk.actor.take_what_was_early(SECOND)
    assert platform.asked == [["A", "B", "C"], ["A", "B"]]
    assert (desk.noticed, desk.actor.early) == ([SECOND], [])
