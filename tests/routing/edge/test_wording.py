"""What is said about plans: every reason and rule has its words, and the figures are in them."""

from __future__ import annotations

import pytest

from logistics.routing import cost_units
from logistics.routing.edge import wording
from logistics.routing.explain import Explanation, Repair
from logistics.routing.model import Pick
from logistics.routing.reasons import RELAXED_IN_ORDER, Reason
from logistics.routing.violations import EARLY, LATE, Rule, Violation
from tests.routing.edge.days import day

DAY = day()


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_words(reason: Reason) -> None:
    text = wording.reason_text(DAY, Explanation(0, reason, (), (Reason.CASH, Reason.SHIFT)))
    assert text.endswith(".")
    assert wording.carrier_reason(DAY, Explanation(0, reason)).endswith(".")


@pytest.mark.parametrize("reason", [*RELAXED_IN_ORDER, Reason.PRICE, Reason.VEHICLES])
def test_every_repair_has_its_words(reason: Reason) -> None:
    assert "Van 0" in wording.repair_text(DAY, Repair(reason, Pick(0), 0, 90, 100, "parcels"))


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_its_words(rule: Rule) -> None:
    assert "{" not in wording.violation_text(DAY, Violation(rule, 90, 0, 0, "parcels"))


@pytest.mark.parametrize(
    ("repair", "text"),
    [
        (Repair(Reason.SHIFT, Pick(0), 0, 61, 0), "2 min more of Van 0"),
        (Repair(Reason.DISTANCE, Pick(0), 0, 1500, 0), "1.5 km more for Van 0"),
        (Repair(Reason.CAPACITY, Pick(0), 0, 1, 0, "parcels"), "1 parcel more on Van 0"),
        (Repair(Reason.CAPACITY, Pick(0), 0, 0, 0, "g, parcels"), "more room on Van 0"),
        (Repair(Reason.WINDOW, Pick(0), 0, 61, 0, EARLY), "Van 0 comes 2 min before the window opens"),
        (Repair(Reason.WINDOW, Pick(0), 0, 61, 0, LATE), "Van 0 comes 2 min after the window closes"),
        (Repair(Reason.WINDOW, Pick(0), 0, 61, 0, "early, late"), "Van 0 comes 2 min outside the window"),
        (Repair(Reason.CASH, Pick(0), 0, 2500, 0), "25.00 CNY more cash on board of Van 0"),
    ],
)
def test_figures_are_said_as_people_say_them(repair: Repair, text: str) -> None:
    assert wording.repair_text(DAY, repair) == text


def test_why_a_carrier_takes_it_names_our_own_price() -> None:
    repairs = (Repair(Reason.CLOSED, Pick(0), 0, 1, 0), Repair(Reason.PRICE, Pick(0), 0, 1, 30_000_000))
    own = cost_units.to_money(30_000_000, DAY.currency)
    assert wording.carrier_reason(DAY, Explanation(0, Reason.PRICE, repairs)) == f"Own vehicles would have cost {own}."


@pytest.mark.parametrize(
    ("side", "text"),
    [
        (EARLY, "12 min before the time window opens"),
        (LATE, "12 min after the time window closes"),
        ("", "12 min outside the time window"),
    ],
)
def test_a_missed_window_says_which_side(side: str, text: str) -> None:
    assert wording.violation_text(DAY, Violation(Rule.WINDOW, 720, 0, 0, side)) == text
