from logistics.routing.reasons import BIT, REASON_OF_RULE, RELAXED_IN_ORDER, Reason, reasons_of
from logistics.routing.violations import Rule, Violation

ON_NO_ROUTE = {Rule.CARRIER, Rule.LOST, Rule.DOUBLED}  # of plans that were not put together by us


def test_every_rule_has_a_reason_and_every_reason_a_bit_of_its_own() -> None:
    assert set(REASON_OF_RULE) == set(Rule) - ON_NO_ROUTE
    assert len(set(BIT.values())) == len(Reason)
    assert len(set(RELAXED_IN_ORDER)) == len(RELAXED_IN_ORDER)


def test_a_missed_window_is_ones_own_or_somebody_elses() -> None:
    late = Violation(Rule.WINDOW, 5, 0, 3)
    assert reasons_of([late], {3}) == {Reason.WINDOW}
    assert reasons_of([late, Violation(Rule.SHIFT, 5, 0)], {4}) == {Reason.OTHERS, Reason.SHIFT}
