from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.client import Refused
from demo.conductor import Conductor

EIGHT = datetime(2026, 11, 24, 8, tzinfo=UTC)


class NoPace:
    def __init__(self) -> None:
        self.visited: list[datetime] = []

    def go_to(self, moment: datetime) -> None:
        self.visited.append(moment)


def minutes(count: float) -> datetime:
    return EIGHT + timedelta(minutes=count)


def test_cues_come_in_order_and_lead_to_others() -> None:
    conductor = Conductor(NoPace(), workers=1)
    told: list[str] = []

    def wake(at: datetime) -> None:
        told.append(f"wake {at:%H:%M}")
        conductor.at(minutes(5), "driver", lambda _: told.append("drive"))

    conductor.at(minutes(9), "driver", lambda _: told.append("eat"))
    conductor.at(minutes(1), "driver", wake)
    conductor.run(until=minutes(60))
    assert told == ["wake 08:01", "drive", "eat"]


def test_what_is_due_later_waits_for_the_next_run() -> None:
    conductor = Conductor(NoPace(), workers=1)
    told: list[int] = []
    conductor.at(minutes(70), "driver", lambda _: told.append(70))
    conductor.run(until=minutes(60))
    assert told == []
    conductor.run(until=minutes(80))
    assert told == [70]


def test_steps_of_one_actor_never_overlap_and_those_of_others_share_a_moment() -> None:
    pace = NoPace()
    conductor = Conductor(pace, workers=2)
    told: list[str] = []
    conductor.at(minutes(0), "a", lambda _: told.append("a"))
    conductor.at(minutes(0.1), "b", lambda _: told.append("b"))
    conductor.at(minutes(0.2), "a", lambda _: told.append("a"))
    conductor.run(until=minutes(60))
    assert sorted(told) == ["a", "a", "b"]
    assert len(pace.visited) == 2


def test_a_refusal_is_a_mishap_and_the_day_goes_on() -> None:
    conductor = Conductor(NoPace(), workers=1)
    told: list[str] = []

    def refuse(_: datetime) -> None:
        raise Refused(409, {"detail": "It is over."}, "POST /v1/runs/1/depart")

    conductor.at(minutes(1), "driver", refuse)
    conductor.at(minutes(2), "driver", lambda _: told.append("on"))
    conductor.run(until=minutes(60))
    assert told == ["on"]
    assert conductor.mishaps == ["24 Nov 08:01:00 driver: POST /v1/runs/1/depart -> 409 It is over."]
