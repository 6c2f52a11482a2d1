"""What will happen to a parcel the pretend carrier takes: decided by seed and reference alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random


class Fate(StrEnum):
    """How a carriage ends."""

    DELIVERED = "delivered"
    SECOND_TRY = "second_try"  # nobody there, delivered the next day
    LOCKER = "locker"  # put into a locker, collected from there
    REFUSED = "refused"  # refused at the door, carried back
    LOST = "lost"


# Of a thousand parcels; none gets lost unless somebody decrees it, for losses are claims, another story.
FATES = {Fate.DELIVERED: 860, Fate.SECOND_TRY: 60, Fate.LOCKER: 30, Fate.REFUSED: 50}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: when, the carrier's own code, its words, and where."""

    at: datetime
    code: str
    text: str
    place: str


def fate_of(seed: int, reference: str, *, has_cod: bool) -> Fate:
    """Draw how it will end; money is never left in a locker."""
    drawn = Random(f"{seed}:fate:{reference}").choices(list(FATES), list(FATES.values()))[0]
    return Fate.DELIVERED if has_cod and drawn is Fate.LOCKER else drawn


def booked(at: datetime) -> Step:
    """Begin the story."""
    return Step(at, "BKD", "快递公司已接单 Booked", "")


def called_off(at: datetime) -> Step:
    """End a story before it leaves."""
    return Step(at, "CXL", "订单已取消 Called off", "")


def after_scan(seed: int, reference: str, fate: Fate, scanned_at: datetime, pace: float) -> list[Step]:
    """Tell what happens from the scan at the depot on, in order; ``pace`` 0.5 makes all take half as long."""
    chance = Random(f"{seed}:story:{reference}")
    moment = scanned_at

    def later(low_h: float, high_h: float) -> datetime:
        nonlocal moment
        moment += timedelta(seconds=round(chance.uniform(low_h, high_h) * 3600 * pace))
        return moment

    steps = [
        Step(later(0.01, 0.1), "COL", "已揽收 Collected", "始发网点 Origin"),
        Step(later(1, 3), "HUB", "快件已到达转运中心 Sorting centre", "转运中心 Hub"),
        Step(later(4, 9), "HUB", "快件已发往派件城市 On the trunk road", "干线 Trunk"),
        Step(later(6, 9), "OUT", "派件员正在派件 Out for delivery", "派件网点 Local office"),
    ]
    ends = {
        Fate.DELIVERED: [(1, 6, "DLV", "已签收，本人签收 Delivered")],
        Fate.SECOND_TRY: [
            (1, 5, "ABS", "联系不上收件人 Nobody there"),
            (16, 19, "OUT", "再次派件 Out for delivery again"),
            (1, 5, "DLV", "已签收，本人签收 Delivered"),
        ],
        Fate.LOCKER: [(1, 5, "LOC", "已投入智能柜 In a locker"), (2, 9, "DLV", "已取出 Collected from the locker")],
        Fate.REFUSED: [
            (1, 5, "REF", "收件人拒收 Refused at the door"),
            (1, 3, "RET", "快件退回中 On its way back"),
            (18, 30, "RTD", "寄件人已签收 Back at the sender's"),
        ],
        Fate.LOST: [(40, 60, "LST", "快件遗失 Given up for lost")],
    }
    steps += [Step(later(low, high), code, text, "派件网点 Local office") for low, high, code, text in ends[fate]]
    return steps
