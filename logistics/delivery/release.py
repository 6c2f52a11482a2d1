"""Reading a plan, as it travels, into the runs it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from logistics.delivery.model import StopKind
from logistics.kit.geo import Point


@dataclass(frozen=True, slots=True)
class StopDraft:
    """A stop to be made: where, for whom, its planned times, and when its window opens (if it has one)."""

    no: int
    kind: StopKind
    point: Point
    address: str
    site_id: str
    planned_start_at: datetime
    planned_end_at: datetime
    earliest_start_at: datetime | None
    travel_s: int
    service_s: int
    shipment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunDraft:
    """A run to be made."""

    vehicle_id: str
    vehicle_name: str
    driver_name: str
    depot_id: str
    start_at: datetime
    end_at: datetime
    stops: tuple[StopDraft, ...]

    def meets(self, start_at: datetime, end_at: datetime) -> bool:
        """Tell whether it is out at a moment between these two; one trip may begin when another ends."""
        return self.start_at < end_at and start_at < self.end_at


@dataclass(frozen=True, slots=True)
class CarrierDraft:
    """A shipment left to a carrier, and why. What the merchant is charged for that is not the plan's to say."""

    shipment_id: str
    carrier: str
    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """Everything a plan does when it is released."""

    runs: tuple[RunDraft, ...]
    to_carrier: tuple[CarrierDraft, ...]

    @property
    def shipment_ids(self) -> list[str]:
        """List every shipment the plan decides on, sorted."""
        return sorted({*self.on_runs, *(one.shipment_id for one in self.to_carrier)})

    @property
    def on_runs(self) -> list[str]:
        """List every shipment that our own vehicles are to bring, sorted."""
        return sorted({one for run in self.runs for stop in run.stops for one in stop.shipment_ids})


def read_plan(result: Mapping[str, Any]) -> Release:
    """Read a plan's result: each trip becomes a run, for it is loaded by itself; one without a visit becomes none."""
    runs = (run for route in result["routes"] for run in _runs(route))
    return Release(
        runs=tuple(run for run in runs if run.stops),
        to_carrier=tuple(_carrier(one) for one in result["to_carrier"]),
    )


def _runs(route: Mapping[str, Any]) -> Iterator[RunDraft]:
    only = {"no": 1, "start_at": route["start_at"], "end_at": route["end_at"]}
    before = 0
    for trip in route.get("trips") or [only]:
        mine = [stop for stop in route["stops"] if stop.get("trip", 1) == trip["no"]]
        yield _run(route, trip, [{**stop, "no": stop["no"] - before} for stop in mine])
        before += len(mine)


def _run(route: Mapping[str, Any], trip: Mapping[str, Any], stops: Sequence[Mapping[str, Any]]) -> RunDraft:
    start_at = _time(trip["start_at"])
    return RunDraft(
        vehicle_id=route["vehicle_id"],
        vehicle_name=route["vehicle_name"],
        driver_name=route["driver_name"],
        depot_id=route["depot_id"],
        start_at=start_at,
        end_at=_time(trip["end_at"]),
        stops=_stops(stops, start_at),
    )


def _stops(stops: Sequence[Mapping[str, Any]], start_at: datetime) -> tuple[StopDraft, ...]:
    drafts = []
    left_at = start_at
    for stop in stops:
        if stop["visits"]:
            drafts.append(_stop(stop, left_at))
        left_at = _time(stop["depart_at"])
    return tuple(drafts)


def _stop(stop: Mapping[str, Any], left_at: datetime) -> StopDraft:
    start_at = _time(stop["start_at"])
    return StopDraft(
        no=stop["no"],
        kind=StopKind.SERVICE_POINT if stop.get("site_id") else StopKind.DOOR,
        point=Point(**stop["point"]),
        address=stop["address"],
        site_id=stop.get("site_id") or "",
        planned_start_at=start_at,
        planned_end_at=_time(stop["depart_at"]),
        earliest_start_at=_earliest(stop, start_at),
        travel_s=int((_time(stop["arrive_at"]) - left_at).total_seconds()),
        service_s=int((_time(stop["depart_at"]) - start_at).total_seconds()),
        shipment_ids=tuple(visit["shipment_id"] for visit in stop["visits"]),
    )


def _earliest(stop: Mapping[str, Any], start_at: datetime) -> datetime | None:
    """Return the opening of the window the planned start lies in."""
    for window in stop.get("windows") or ():
        opens = _time(window["start"])
        if opens <= start_at <= _time(window["end"]):
            return opens
    return start_at if stop.get("wait_s") else None


def _carrier(one: Mapping[str, Any]) -> CarrierDraft:
    return CarrierDraft(one["shipment_id"], one["carrier"], one.get("reason") or "")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
