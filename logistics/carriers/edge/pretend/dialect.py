"""How the pretend carrier's story is pushed: in the Kuaidi100 dialect, and how a hostile sender distorts it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from logistics.carriers.adapters.kuaidi100 import wire
from logistics.carriers.edge.pretend.story import Step

LOCAL = ZoneInfo("Asia/Shanghai")
CODES = {
    "BKD": ("101", "已下单"), "COL": ("103", "揽收"), "HUB": ("1002", "干线"), "OUT": ("5", "派件"),
    "ABS": ("206", "无法联系"), "REF": ("14", "拒签"), "LOC": ("501", "投柜或驿站"), "RET": ("6", "退回"),
    "RTD": ("4", "退签"), "DLV": ("301", "本人签收"), "LST": ("2", "疑难"), "CXL": ("210", "销单"),
}  # fmt: skip
ODD_CODE = ("1999", "未知状态")  # in nobody's table
ENDED = {"DLV", "RTD", "LST", "CXL"}

# How often a hostile sender does what, of a thousand pushes.
DOUBLED, LATE, DISTORTED, ODD, FORGED = 150, 120, 60, 30, 30


@dataclass(frozen=True, slots=True)
class Push:
    """One push to be made: when, what, and whether with a sign that is wrong."""

    due_at: datetime
    param: str
    forged: bool = False

    def form(self, salt: str) -> bytes:
        """Return the signed form body."""
        return urlencode({"sign": wire.sign(self.param, salt + "?" * self.forged), "param": self.param}).encode()


def pushes_of(waybill_no: str, told: Sequence[Step], chance: Random, hostility: float) -> list[Push]:
    """Return the pushes that the newest of the steps told so far causes; ``hostility`` 0 is an honest sender.

    Whatever a distorted push said is set right by an ``updateall`` soon after.
    """
    at = told[-1].at
    honest = Push(at, _param(waybill_no, told))

    def does(of_thousand: int) -> bool:
        return chance.random() * 1000 < of_thousand * hostility

    def soon(low_min: float, high_min: float) -> datetime:
        return at + timedelta(minutes=chance.uniform(low_min, high_min))

    # Every chance is drawn, whatever the others say: so one share changed does not change all other stories.
    doubled, late, distorted, odd, forged = (does(share) for share in (DOUBLED, LATE, DISTORTED, ODD, FORGED))
    pushes = [Push(soon(40, 200), honest.param) if late else honest]
    if doubled:
        pushes += [Push(soon(0, 1), honest.param), Push(soon(10, 60), honest.param)]
    if distorted:
        pushes.append(Push(soon(5, 20), _param(waybill_no, _distorted(told, chance))))
        pushes.append(Push(soon(25, 35), _param(waybill_no, told, status="updateall")))
    if odd:
        pushes.append(Push(soon(1, 2), _param(waybill_no, told, odd_at=soon(1, 2))))
        pushes.append(Push(soon(25, 35), _param(waybill_no, told, status="updateall")))
    if forged:
        pushes.append(Push(soon(0, 5), _param(waybill_no, told[:1]), forged=True))
    return sorted(pushes, key=lambda push: push.due_at)


def _distorted(told: Sequence[Step], chance: Random) -> list[Step]:
    """Contradict the story: a step in the middle told otherwise, or a station passed after the end."""
    steps = list(told)
    if steps[-1].code in ENDED or len(steps) < 3:  # noqa: PLR2004 - a middle needs three
        return [*steps, Step(steps[-1].at + timedelta(minutes=3), "HUB", "快件已到达转运中心 Sorting centre", "Hub")]
    index = chance.randrange(1, len(steps) - 1)
    steps[index] = Step(steps[index].at - timedelta(minutes=7), steps[index].code, "更正 Corrected", steps[index].place)
    return steps


def _param(waybill_no: str, told: Sequence[Step], *, status: str = "", odd_at: datetime | None = None) -> str:
    entries = [_entry(step.at, CODES[step.code], step.text, step.place) for step in reversed(told)]
    if odd_at:
        entries.insert(0, _entry(odd_at, ODD_CODE, "未知状态 Nobody knows", ""))
    ended = told[-1].code in ENDED
    result = {
        "message": "ok",
        "state": CODES[told[-1].code][0],
        "status": "200",
        "ischeck": "1" if told[-1].code == "DLV" else "0",
        "com": "pretend",
        "nu": waybill_no,
        "data": entries,
    }
    monitoring = status or ("shutdown" if ended else "polling")
    return json.dumps({"status": monitoring, "message": "", "lastResult": result}, ensure_ascii=False)


def _entry(at: datetime, code: tuple[str, str], text: str, place: str) -> dict[str, Any]:
    moment = at.astimezone(LOCAL).strftime(wire.TIME_FORMAT)
    return {
        "time": moment,
        "ftime": moment,
        "context": text,
        "status": code[1],
        "statusCode": code[0],
        "areaName": place,
    }
