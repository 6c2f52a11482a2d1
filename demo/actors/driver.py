"""A driver: loads by scan, drives along the planned line, delivers, takes money, brings back what is left.

What is on the van and where it goes, the phone asks the platform; only the day's luck is the driver's own.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from demo import driving
from demo.conductor import Step
from demo.stage import Stage, VanRole, money
from logistics.kit.geo import Point
from logistics.kit.money import Money

FIX_EVERY_S = 30.0
DRIVING_LUCK = (0.88, 1.12)  # driving takes so many times as long as planned
EARLY = timedelta(minutes=10)  # a driver does not ring earlier than this before the planned time
LOADING = timedelta(minutes=15)
SERVICE_S_MIN = 60.0
OUTCOMES = ((0.90, "delivered"), (0.94, "failed"), (0.975, "refused"), (1.0, "part"))
MEANS = ("cash", "cash", "cash", "qr", "card")
TOWN_MPS = 8.0  # 29 km/h along the line, lights included
HOME = -1  # stands for the depot among the numbers of stops


class DriverActor:
    """One driver with a phone and a van."""

    def __init__(self, stage: Stage, role: VanRole) -> None:
        self.stage = stage
        self.role = role
        self.line = role.line
        self.name = f"driver of {role.van.name}"
        self.chance = stage.chance("driver", role.van.name)

    # --- the depot, morning ---

    def take_run(self, at: datetime, route: dict[str, Any]) -> None:
        """Get ready for a run along a planned route: load in time, leave when it says."""
        start = datetime.fromisoformat(route["start_at"])
        self._next(max(at, start - LOADING), lambda now: self._load(now, route, start))

    def _load(self, at: datetime, route: dict[str, Any], start: datetime) -> None:
        run = self.line.get("/v1/runs/current")
        labels = [parcel["label"] for stop in run["stops"] for visit in stop["visits"] for parcel in visit["parcels"]]
        answer = self._do(f"/v1/runs/{run['id']}/loading-scans", {"labels": labels}, at)
        if answer and answer["missing"]:
            self.stage.notice(at, self.name, f"{len(answer['missing'])} parcels are missing at loading")
        self._next(max(start, at + timedelta(minutes=3)), lambda now: self._depart(now, run["id"], route))

    def _depart(self, at: datetime, run_id: str, route: dict[str, Any]) -> None:
        run = self._do(f"/v1/runs/{run_id}/depart", {}, at) or self.line.get(f"/v1/runs/{run_id}")
        self._drive(at, _Trip(run, route, self.stage.cast.depot(run["depot_id"]).depot.point), 0)

    # --- on the road ---

    def _drive(self, leave: datetime, trip: _Trip, index: int) -> None:
        """Drive to a stop, or home after the last one."""
        takes_s = trip.travel_s(index) * self.chance.uniform(*DRIVING_LUCK)
        arrive = leave + timedelta(seconds=max(30.0, takes_s))
        fixes = driving.fixes(trip.legs[index], leave, arrive, FIX_EVERY_S)
        if not self.stage.headless:
            for fix in fixes[:-1]:
                self._next(fix.at, self._telling([fix]))
            fixes = fixes[-1:]
        self._next(arrive, lambda now: self._arrive(now, trip, index, fixes))

    def _telling(self, fixes: list[driving.Fix]) -> Step:
        return lambda _: self._tell_position(fixes)

    def _tell_position(self, fixes: list[driving.Fix]) -> None:
        body = [
            {
                "fixed_at": fix.at.isoformat(),
                "lat": round(fix.point.lat, 6),
                "lon": round(fix.point.lon, 6),
                "speed_mps": round(fix.speed_mps, 1),
                "accuracy_m": 8,
            }
            for fix in fixes
        ]
        self.line.post("/v1/positions", body)

    def _arrive(self, at: datetime, trip: _Trip, index: int, fixes: list[driving.Fix]) -> None:
        self._tell_position(fixes)
        if index == len(trip.stops):
            self._come_back(at, trip)
            return
        stop = trip.stops[index]
        self._do(f"/v1/runs/{trip.run_id}/stops/{stop['no']}/arrive", {}, at)
        begin = max(at, datetime.fromisoformat(stop["planned_start_at"]) - EARLY)
        step_s = max(SERVICE_S_MIN, trip.service_s(index)) / max(1, len(stop["visits"]))
        for number, visit in enumerate(stop["visits"], 1):
            self._next(begin + timedelta(seconds=step_s * number), self._visiting(trip, stop, visit))
        leave = begin + timedelta(seconds=step_s * len(stop["visits"]) + 20)
        self._next(leave, lambda now: self._leave(now, trip, index))

    def _leave(self, at: datetime, trip: _Trip, index: int) -> None:
        stop = trip.stops[index]
        if stop.get("site_id") and trip.handed_over:
            self.stage.clerk(stop["site_id"]).receive(at, trip.handed_over)
            trip.handed_over = []
        self._drive(at, trip, index + 1)

    # --- at the door ---

    def _visiting(self, trip: _Trip, stop: dict[str, Any], visit: dict[str, Any]) -> Step:
        return lambda now: self._visit(now, trip, stop, visit)

    def _visit(self, at: datetime, trip: _Trip, stop: dict[str, Any], visit: dict[str, Any]) -> None:
        attempt = self._attempt(visit, stop, at)
        key = f"{trip.run_id} {visit['shipment_id']}"
        self.line.post(f"/v1/runs/{trip.run_id}/attempts", attempt | {"at": at.isoformat()}, key=key)
        if attempt["outcome"] == "handed_over":
            trip.handed_over += [parcel["label"] for parcel in visit["parcels"]]

    def _attempt(self, visit: dict[str, Any], stop: dict[str, Any], at: datetime) -> dict[str, Any]:
        body: dict[str, Any] = {"shipment_id": visit["shipment_id"], "outcome": self._outcome(visit, stop, at)}
        chance = self.stage.chance("door", visit["tracking_no"], at.date())
        if body["outcome"] == "failed":
            body["reason"] = "recipient_not_home"
        if body["outcome"] == "refused":
            body["reason"] = chance.choice(("recipient_refused", "recipient_changed_mind"))
        if body["outcome"] in ("delivered", "part"):
            body |= {"to_whom": visit["recipient_name"], "proof": {"kind": chance.choice(("signature", "photo"))}}
            handed = visit["parcels"][:1] if body["outcome"] == "part" else visit["parcels"]
            if visit["cod_due"]:
                body["cash"] = {"amount": _share(visit, len(handed)), "means": chance.choice(MEANS)}
        if body["outcome"] == "part":
            body["parcel_ids"] = [visit["parcels"][0]["id"]]
        return body

    def _outcome(self, visit: dict[str, Any], stop: dict[str, Any], at: datetime) -> str:
        if stop.get("site_id"):
            return "handed_over"
        drawn = self.stage.chance("outcome", visit["tracking_no"], at.date()).random()
        outcome = next(name for share, name in OUTCOMES if drawn < share)
        return "delivered" if outcome == "part" and len(visit["parcels"]) == 1 else outcome

    # --- the depot, evening ---

    def _come_back(self, at: datetime, trip: _Trip) -> None:
        run_id = trip.run_id
        self._do(f"/v1/runs/{run_id}/finish", {}, at)
        run = self.line.get(f"/v1/runs/{run_id}")
        if run["aboard"]:
            self._do(f"/v1/runs/{run_id}/returns", {"labels": run["aboard"]}, at)
        if run["cash"]["taken"]["amount_minor"]:
            self._do(f"/v1/runs/{run_id}/hand-in", {"amount": run["cash"]["taken"]}, at)

    def _do(self, path: str, body: dict[str, Any], at: datetime) -> Any:
        return self.line.post_done(path, body | {"at": at.isoformat()}, key=f"{path} {at.isoformat()}")

    def _next(self, at: datetime, step: Step) -> None:
        self.stage.conductor.at(at, self.name, step)


class _Trip:
    """A run as it is being driven: the stops at which there is something to do, and the way between them."""

    def __init__(self, run: dict[str, Any], route: dict[str, Any], depot: Point) -> None:
        self.run_id = str(run["id"])
        self.stops = [stop | {"visits": _open(stop)} for stop in run["stops"] if _open(stop)]
        self.handed_over: list[str] = []
        places = [depot, *(Point(**stop["point"]) for stop in self.stops), depot]
        self.legs = driving.legs([Point(lat=lat, lon=lon) for lat, lon in route.get("polyline") or []], places)
        self._planned_s = _planned_travel_s(route)

    def travel_s(self, index: int) -> float:
        """Return how long the way to a stop (or home) takes by plan; by its length, where stops fell out."""
        before = self.stops[index - 1]["no"] if index else HOME
        after = self.stops[index]["no"] if index < len(self.stops) else HOME
        planned_s = self._planned_s.get((before, after))
        return driving.length_m(self.legs[index]) / TOWN_MPS if planned_s is None else planned_s

    def service_s(self, index: int) -> float:
        stop = self.stops[index]
        start, end = (datetime.fromisoformat(stop[name]) for name in ("planned_start_at", "planned_end_at"))
        return (end - start).total_seconds()


def _planned_travel_s(route: dict[str, Any]) -> dict[tuple[int, int], float]:
    """Return the planned driving time between one stop's number and the next; the depot is ``HOME``."""
    found = {}
    before, left = HOME, datetime.fromisoformat(route["start_at"])
    for stop in route["stops"]:
        if not stop["visits"]:
            continue
        found[before, stop["no"]] = (datetime.fromisoformat(stop["arrive_at"]) - left).total_seconds()
        before, left = stop["no"], datetime.fromisoformat(stop["depart_at"])
    found[before, HOME] = (datetime.fromisoformat(route["end_at"]) - left).total_seconds()
    return found


def _open(stop: dict[str, Any]) -> list[dict[str, Any]]:
    """List the visits that are still to be done: what was not loaded is not."""
    return [visit for visit in stop["visits"] if visit["state"] == "open"]


def _share(visit: dict[str, Any], parcels: int) -> dict[str, Any]:
    """Return what is due for the first so many parcels: COD is shared out equally over all of them."""
    due = Money(**visit["cod_due"])
    return money(sum(part.amount_minor for part in due.split([1] * len(visit["parcels"]))[:parcels]), due.currency)
