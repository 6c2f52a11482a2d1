"""The pretend carrier's desk: its waybills, its clock, its pushes, the money it holds; kept in one file."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from logistics.carriers.edge.pretend import story
from logistics.carriers.edge.pretend.dialect import Push, pushes_of
from logistics.carriers.edge.pretend.story import Fate, Step
from logistics.kit.edge.clock import system_now
from logistics.kit.errors import Conflict, Failure, NotFound

log = logging.getLogger(__name__)

WAYBILL_DIGITS = 12
TRIES_MAX = 10
RETRY_AFTER = timedelta(minutes=30)  # of the carrier's own time, as Kuaidi100 does
SEND_BATCH = 20  # pushes between two savings of the file

State = dict[str, Any]
Deliver = Callable[[bytes], bool]  # posts a form body to the callback; true if the answer was `result: true`


@dataclass(frozen=True, slots=True)
class Manner:
    """How this carrier behaves. ``pace`` 1: the next day; ``speed``: how fast its clock goes by itself (0: stands)."""

    seed: int = 1
    hostility: float = 0.0
    pace: float = 1.0
    speed: float = 0.0
    salt: str = ""


class Desk:
    """All the carrier knows. ``deliver`` posts a push; without it none is made."""

    def __init__(self, path: Path | None, manner: Manner, deliver: Deliver | None = None) -> None:
        self._path = path
        self.manner = manner
        self._deliver = deliver
        self._lock = threading.RLock()
        self._sending = threading.Lock()
        self._state: State = _read(path) or {"waybills": {}, "pushes": [], "remittances": [], "clock": None}
        if not self._state["clock"]:
            self._set_clock(system_now())

    def now(self) -> datetime:
        """Return the carrier's own time."""
        clock = self._state["clock"]
        since = system_now() - _time(clock["real"])
        return _time(clock["carrier"]) + since * self.manner.speed

    def advance(self, now: datetime) -> int:
        """Let it be ``now``: what is due happens and is pushed; return how many pushes were made.

        The clock never goes back, unless nothing has happened yet.
        """
        with self._lock:
            self._set_clock(max(now, self.now()) if self._state["waybills"] else now)
        return self.work()

    def work(self) -> int:
        """Do what is due by the carrier's clock; return how many pushes were made."""
        with self._sending:
            with self._lock:
                self._tell()
                due = self._due()
            for count, push in enumerate(due, start=1):
                self._send(push)
                if count % SEND_BATCH == 0:
                    self._save()
            if due:
                self._save()
            return len(due)

    def book(self, order: dict[str, Any]) -> tuple[State, bool]:
        """Take an order; the same reference gives the same waybill. Returns it and whether it is new."""
        reference = str(order["reference"])
        digits = int(hashlib.sha256(f"{self.manner.seed}:{reference}".encode()).hexdigest(), 16) % 10**WAYBILL_DIGITS
        waybill_no = f"PC{digits:0{WAYBILL_DIGITS}d}"
        with self._lock:
            known = self._state["waybills"].get(waybill_no)
            if known:
                return known, False
            has_cod = bool(order.get("cod"))
            made = {
                "waybill_no": waybill_no,
                "order": order,
                "fate": story.fate_of(self.manner.seed, reference, has_cod=has_cod),
                "steps": [_step(story.booked(self.now()))],
                "told_count": 0,
                "scanned_at": None,
                "remitted": False,
            }
            self._state["waybills"][waybill_no] = made
            self._save()
        return made, True

    def get(self, waybill_no: str) -> State:
        """Return a waybill; refused if there is none."""
        found = self._state["waybills"].get(waybill_no)
        if found is None:
            raise NotFound("There is no such waybill.")
        return found  # type: ignore[no-any-return]  # it is read from JSON

    def happened(self, waybill: State) -> list[Step]:
        """Return what has happened by now, in order."""
        return [step for step in map(_read_step, waybill["steps"]) if step.at <= self.now()]

    def scan(self, waybill_no: str, *, at: datetime | None = None) -> State:
        """Take the parcel along: the story begins; a second scan changes nothing."""
        with self._lock:
            waybill = self.get(waybill_no)
            if waybill["steps"][-1]["code"] == "CXL":
                raise Conflict("The carriage was called off.")
            if not waybill["scanned_at"]:
                scanned_at = max(at or self.now(), _read_step(waybill["steps"][0]).at)
                waybill["scanned_at"] = scanned_at.isoformat()
                self._plan(waybill, scanned_at)
                self._save()
            return waybill

    def decree(self, waybill_no: str, fate: Fate) -> State:
        """Let a carriage end in a certain way, for tests and demos; refused once it is on its way."""
        with self._lock:
            waybill = self.get(waybill_no)
            if waybill["scanned_at"]:
                raise Conflict("It is on its way already.")
            waybill["fate"] = fate
            self._save()
            return waybill

    def cancel(self, waybill_no: str) -> State:
        """Call a carriage off; refused once the parcel is on its way."""
        with self._lock:
            waybill = self.get(waybill_no)
            if waybill["scanned_at"]:
                raise Conflict("The parcel is on its way already.")
            if waybill["steps"][-1]["code"] != "CXL":
                waybill["steps"].append(_step(story.called_off(self.now())))
                self._save()
            return waybill

    def cod_lines(self, *, remitted: bool | None = None) -> list[State]:
        """List the money the carrier took at the door: by waybill, with whether it was passed on."""
        lines = []
        for waybill in self._state["waybills"].values():
            taken = [step for step in self.happened(waybill) if step.code == "DLV"]
            if waybill["order"].get("cod") and taken and remitted in {None, waybill["remitted"]}:
                lines.append(
                    {
                        "waybill_no": waybill["waybill_no"],
                        "amount": waybill["order"]["cod"],
                        "collected_at": taken[0].at.isoformat(),
                        "remitted": waybill["remitted"],
                    }
                )
        return lines

    def remit(self) -> State:
        """Pass on all money that was taken and not passed on yet; the paper is kept and can be read again."""
        with self._lock:
            lines = [
                {"waybill_no": one["waybill_no"], "amount": one["amount"]} for one in self.cod_lines(remitted=False)
            ]
            for line in lines:
                self._state["waybills"][line["waybill_no"]]["remitted"] = True
            made = {"no": len(self._state["remittances"]) + 1, "at": self.now().isoformat(), "lines": lines}
            if lines:
                self._state["remittances"].append(made)
                self._save()
            return made

    def remittances(self) -> list[State]:
        """List the papers of all money passed on."""
        return list(self._state["remittances"])

    def counts(self) -> dict[str, int]:
        """Count waybills and pushes: made, given up, waiting."""
        states = [push["state"] for push in self._state["pushes"]]
        return {"waybills": len(self._state["waybills"])} | {
            state: states.count(state) for state in ("waiting", "sent", "refused", "given_up")
        }

    def _plan(self, waybill: State, scanned_at: datetime) -> None:
        reference, fate = waybill["order"]["reference"], Fate(waybill["fate"])
        steps = story.after_scan(self.manner.seed, reference, fate, scanned_at, self.manner.pace)
        waybill["steps"] += [_step(step) for step in steps]

    def _tell(self) -> None:
        """Make the pushes of what has happened since they were last made."""
        for waybill in self._state["waybills"].values():
            happened = self.happened(waybill)
            for count in range(waybill["told_count"] + 1, len(happened) + 1):
                chance = Random(f"{self.manner.seed}:push:{waybill['waybill_no']}:{count}")
                made = pushes_of(waybill["waybill_no"], happened[:count], chance, self.manner.hostility)
                if self._deliver:
                    self._state["pushes"] += [_waiting(push) for push in made]
            waybill["told_count"] = len(happened)

    def _due(self) -> list[State]:
        now = self.now()
        due = [push for push in self._state["pushes"] if push["state"] == "waiting" and _time(push["due_at"]) <= now]
        return sorted(due, key=lambda push: str(push["due_at"]))

    def _send(self, push: State) -> None:
        assert self._deliver, "pushes are made only where there is somebody to push to"
        form = Push(_time(push["due_at"]), push["param"], push["forged"]).form(self.manner.salt)
        try:
            taken = self._deliver(form)
        except Failure as failure:
            log.warning("the callback failed: %s", failure)
            taken = False
        with self._lock:
            push["tries"] += 1
            if push["forged"]:
                push["state"] = "sent" if taken else "refused"  # nobody insists on a forgery
            elif taken:
                push["state"] = "sent"
            elif push["tries"] >= TRIES_MAX:
                push["state"] = "given_up"
            else:
                push["due_at"] = (self.now() + RETRY_AFTER).astimezone(UTC).isoformat()

    def _set_clock(self, carrier: datetime) -> None:
        self._state["clock"] = {"real": system_now().isoformat(), "carrier": carrier.astimezone(UTC).isoformat()}
        self._save()

    def _save(self) -> None:
        if self._path is None:
            return
        with self._lock:
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps(self._state, ensure_ascii=False), "utf-8")
            beside.replace(self._path)


def _read(path: Path | None) -> State | None:
    if path is None or not path.exists():
        return None
    found: State = json.loads(path.read_text("utf-8"))
    return found


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _step(step: Step) -> State:
    return {"at": step.at.astimezone(UTC).isoformat(), "code": step.code, "text": step.text, "place": step.place}


def _read_step(step: State) -> Step:
    return Step(_time(step["at"]), step["code"], step["text"], step["place"])


def _waiting(push: Push) -> State:
    due_at = push.due_at.astimezone(UTC).isoformat()
    return {"due_at": due_at, "param": push.param, "forged": push.forged, "state": "waiting", "tries": 0}
