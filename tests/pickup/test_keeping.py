from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from logistics.kit.windows import Opening, WeekHours
from logistics.pickup.keeping import keep_until

SHANGHAI = "Asia/Shanghai"  # UTC+8 all year
WEEKDAYS = WeekHours((Opening((0, 1, 2, 3, 4), time(9), time(21)),), SHANGHAI)
NIGHTS = WeekHours((Opening((0, 1, 2, 3, 4, 5, 6), time(18), time(2)),), SHANGHAI)
NEVER = WeekHours((), SHANGHAI)
TUESDAY = datetime(2026, 11, 24, 4, tzinfo=UTC)  # noon in Shanghai
FRIDAY = datetime(2026, 11, 27, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ready_at", "days", "hours", "until"),
    [
        # Tuesday itself does not count; Wednesday, Thursday, Friday 21:00 = 13:00 UTC
        (TUESDAY, 3, WEEKDAYS, datetime(2026, 11, 27, 13, tzinfo=UTC)),
        # the weekend does not count: Monday, Tuesday
        (FRIDAY, 2, WEEKDAYS, datetime(2026, 12, 1, 13, tzinfo=UTC)),
        # open past midnight: Wednesday's opening ends Thursday 02:00 = Wednesday 18:00 UTC
        (TUESDAY, 1, NIGHTS, datetime(2026, 11, 25, 18, tzinfo=UTC)),
        # never open: the end of the calendar day, Wednesday 24:00 = 16:00 UTC
        (TUESDAY, 1, NEVER, datetime(2026, 11, 25, 16, tzinfo=UTC)),
    ],
)
def test_kept_for_so_many_days_on_which_one_could_come(
    ready_at: datetime, days: int, hours: WeekHours, until: datetime
) -> None:
    assert keep_until(ready_at, days, hours) == until
