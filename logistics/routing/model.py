"""The nouns of planning: a problem of tasks with options, and a plan of routes.

Times are whole seconds since an epoch of the problem's own (usually the local midnight of its day), distances whole
metres, costs whole units of the problem's own choice (see `edge/day_planner.py` for money). Places, tasks and vehicles
are named by their index in the problem. A plan says what is done and when; whether it may be done is for `violations`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from logistics.kit.errors import Invalid
from logistics.kit.geo import Point
from logistics.routing.matrix import Travel

CASH = "cash_minor"  # the dimension in which money on board is counted
LIMITLESS = 2**53  # a capacity that never binds; sums of many still fit 64 bits


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """When a service may *start*, both ends included, in seconds since the epoch; it may end later."""

    start_s: int
    end_s: int


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a vehicle can halt.

    ``setup_s`` (parking, the way to the door) is spent once per halt, before its first service.
    """

    point: Point | None = None
    setup_s: int = 0


@dataclass(frozen=True, slots=True)
class Option:
    """One way to do a task: where, when, how long, at what price.

    ``windows``: service starts in one of them (ascending, disjoint); none at all means at any time.
    ``service_s``: work for this task alone, on top of the place's set-up. ``preference``: 0 is the recipient's first
    choice. ``cost``: what taking this option costs beyond driving, in cost units; may be negative (a rebate).
    ``room``: names a shared store of limited room (``Problem.room``), of which ``room_use`` units are taken.
    ``collect``: what boards there and stays on board until the depot (cash taken at the door, for one), in the
    problem's dimensions; ``()`` is nothing.
    """

    place: int
    windows: tuple[TimeWindow, ...] = ()
    service_s: int = 0
    kind: str = "door"
    preference: int = 0
    cost: int = 0
    room: str = ""
    room_use: int = 1
    collect: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What has to be done for one shipment: exactly one of its options, or leaving it to somebody else.

    ``deliver`` is loaded at the depot and leaves the vehicle at the visit, in the problem's dimensions; ``()`` is
    nothing.
    ``leave_cost``: the price of leaving it to a carrier; None: it must not be left.
    ``priority``: 0 is ordinary; of tasks that cannot all be done, the higher is done first.
    ``skills``: what the vehicle must be able to do. ``vehicles``: ids of the only vehicles that may (None: any).
    ``vehicle_cost``: what it costs beyond driving if the vehicle of that id does it (streets it does not know, a stop
    taken from the driver it was published for); may be negative.
    ``brings_from``: index of the task at which ``deliver`` boards, instead of the depot (store to store): both on one
    trip, that one first; neither is done without the other. ``aboard``: id of the vehicle that carries the goods
    already: no other can deliver them, nor can it after having been to the depot.
    ``carrier``: who does it when it is left, for ``Problem.quotas``.
    """

    id: str
    options: tuple[Option, ...]
    deliver: tuple[int, ...] = ()
    priority: int = 0
    leave_cost: int | None = None
    skills: frozenset[str] = frozenset()
    vehicles: frozenset[str] | None = None
    vehicle_cost: Mapping[str, int] = field(default_factory=dict)
    brings_from: int | None = None
    aboard: str | None = None
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A rest of ``duration_s`` that starts within the window, if the vehicle is out at that window's end.

    It lies between two services, before or after a drive or in the midst of it, or while waiting.
    """

    window: TimeWindow
    duration_s: int


@dataclass(frozen=True, slots=True)
class DriveRest:
    """A rest of ``duration_s`` after at most ``drive_s_max`` seconds of driving without one.

    The rule of (EC) No 561/2006, article 7, with its 45 minutes after 4.5 hours. Any break at least that long counts;
    standing still to work does not.
    """

    drive_s_max: int
    duration_s: int


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """Of the tasks done by vehicles, at least ``percent`` get an option of ``preference_max`` or better."""

    preference_max: int
    percent: int


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One vehicle with its driver for the day.

    ``end`` None: the route ends at its last stop. ``capacity`` holds one limit per dimension (``LIMITLESS`` for none).
    It leaves not before ``shift.start_s`` and is back by ``shift.end_s``, or by ``overtime_s_max`` later at
    ``cost_per_s_overtime`` on top. ``cost_fixed`` is due once if it moves at all, ``cost_per_m`` by distance,
    ``cost_per_s`` from leaving to being back (driving, waiting and service alike).
    ``profile`` says which of the problem's travel matrices it drives by. ``trips_max`` trips a day, with ``reload_s``
    at the depot between two: ``depot``, or the start place if that is None.
    ``stops_max``: halts in all. ``breaks`` and ``drive_rest``: when it must rest.
    ``fixed``: what it does first, in this order, whatever else is decided (the next stop of a driver under way).
    ``underway``: the first trip has left its depot: it delivers only what is ``aboard``, but may collect.
    """

    id: str
    start: int
    end: int | None
    shift: TimeWindow
    capacity: tuple[int, ...] = ()
    cost_fixed: int = 0
    cost_per_m: int = 0
    cost_per_s: int = 0
    overtime_s_max: int = 0
    cost_per_s_overtime: int = 0
    skills: frozenset[str] = frozenset()
    distance_m_max: int | None = None
    duration_s_max: int | None = None
    trips_max: int = 1
    reload_s: int = 0
    profile: int = 0
    depot: int | None = None
    stops_max: int | None = None
    breaks: tuple[Break, ...] = ()
    drive_rest: DriveRest | None = None
    fixed: tuple[Pick, ...] = ()
    underway: bool = False

    @property
    def reload_place(self) -> int:
        """Where it loads between two trips."""
        return self.start if self.depot is None else self.depot


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A day to be planned. ``travel`` holds one matrix per profile; ``room`` the units each shared store can take.

    ``levels``: what share must get its first choices. ``quotas``: how many tasks each carrier takes at most; who is
    not named takes any number. ``balance_cost_per_s``: for each second by which the longest route is longer than the
    mean of all that move.
    """

    places: tuple[Place, ...]
    tasks: tuple[Task, ...]
    vehicles: tuple[Vehicle, ...]
    travel: tuple[Travel, ...]
    dimensions: tuple[str, ...] = ()
    room: Mapping[str, int] = field(default_factory=dict)
    levels: tuple[ServiceLevel, ...] = ()
    quotas: Mapping[str, int] = field(default_factory=dict)
    balance_cost_per_s: int = 0

    def __post_init__(self) -> None:
        """Refuse indices that name nothing, loads of the wrong length, ids that occur twice."""
        if any(len(matrix) != len(self.places) for matrix in self.travel) or not self.travel:
            raise Invalid("travel", "does not fit the places", f"matrices of {len(self.places)} places")
        for number, task in enumerate(self.tasks):
            self._check_task(number, task)
        for number, vehicle in enumerate(self.vehicles):
            self._check_vehicle(f"vehicles[{number}]", vehicle)
        for name, nouns in (("tasks", self.tasks), ("vehicles", self.vehicles)):
            if len({noun.id for noun in nouns}) != len(nouns):
                raise Invalid(name, "an id occurs twice", "one id, one thing")

    def matrix(self, vehicle: int) -> Travel:
        """Return the travel matrix this vehicle drives by."""
        return self.travel[self.vehicles[vehicle].profile]

    def option(self, task: int, option: int) -> Option:
        """Return one option of one task."""
        return self.tasks[task].options[option]

    def delivers(self, task: int) -> tuple[int, ...]:
        """Return what the task brings from the depot, in every dimension."""
        return self.tasks[task].deliver or (0,) * len(self.dimensions)

    def collects(self, pick: Pick) -> tuple[int, ...]:
        """Return what boards when the task is done in this way, in every dimension."""
        return self.option(pick.task, pick.option).collect or (0,) * len(self.dimensions)

    def _check_task(self, number: int, task: Task) -> None:
        self._check_load(number, task.deliver)
        origin = task.brings_from
        if origin is not None and (not 0 <= origin < len(self.tasks) or self.tasks[origin].brings_from is not None):
            raise Invalid(
                f"tasks[{number}].brings_from", f"{origin} is no task that stands by itself", "the task of the pick-up"
            )
        for option in task.options:
            self._check_load(number, option.collect)
            self._check_option(f"tasks[{number}].options", option)

    def _check_load(self, task: int, load: tuple[int, ...]) -> None:
        if load and (len(load) != len(self.dimensions) or min(load) < 0):
            raise Invalid(f"tasks[{task}].load", "does not fit the dimensions", f"{self.dimensions}, each >= 0")

    def _check_option(self, where: str, option: Option) -> None:
        self._check_place(where, option.place)
        if option.room and option.room not in self.room:
            raise Invalid(where, f"room {option.room!r} is not known", "a key of the problem's room")
        ended_s: int | None = None
        for window in option.windows:
            if ended_s is not None and window.start_s <= ended_s:
                raise Invalid(where, "windows overlap or are out of order", "ascending, disjoint windows")
            if window.end_s < window.start_s:
                raise Invalid(where, "a window ends before it starts", "start <= end")
            ended_s = window.end_s

    def _check_vehicle(self, where: str, vehicle: Vehicle) -> None:
        self._check_place(f"{where}.start", vehicle.start)
        if vehicle.end is not None:
            self._check_place(f"{where}.end", vehicle.end)
        if len(vehicle.capacity) != len(self.dimensions):
            raise Invalid(
                f"{where}.capacity", "does not fit the dimensions", f"one limit for each of {self.dimensions}"
            )
        if not 0 <= vehicle.profile < len(self.travel):
            raise Invalid(f"{where}.profile", "names no travel matrix", f"0..{len(self.travel) - 1}")
        if vehicle.depot is not None:
            self._check_place(f"{where}.depot", vehicle.depot)
        for pick in vehicle.fixed:
            if not 0 <= pick.task < len(self.tasks) or not 0 <= pick.option < len(self.tasks[pick.task].options):
                raise Invalid(f"{where}.fixed", f"{pick} names no option", "picks of this problem")

    def _check_place(self, where: str, place: int) -> None:
        if not 0 <= place < len(self.places):
            raise Invalid(where, f"{place} is no place", f"0..{len(self.places) - 1}")


@dataclass(frozen=True, slots=True)
class Pick:
    """The decision to do a task by one of its options (both are indices)."""

    task: int
    option: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """A pick placed in a route: service starts and ends then (seconds since the epoch)."""

    pick: Pick
    start_s: int
    end_s: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One halt at one place, with all its visits in order."""

    place: int
    arrive_s: int
    setup_s: int
    visits: tuple[Visit, ...]

    @property
    def start_s(self) -> int:
        """When the first service starts."""
        return self.visits[0].start_s

    @property
    def depart_s(self) -> int:
        """When the last service ends and the vehicle leaves."""
        return self.visits[-1].end_s

    @property
    def service_s(self) -> int:
        """Time spent working: set-up and all services."""
        return self.setup_s + sum(visit.end_s - visit.start_s for visit in self.visits)

    @property
    def wait_s(self) -> int:
        """Time spent waiting for windows."""
        return self.depart_s - self.arrive_s - self.service_s


@dataclass(frozen=True, slots=True)
class Trip:
    """From one loading at the depot to the next, or to the end of the route."""

    depart_s: int
    back_s: int
    stops: tuple[Stop, ...]

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The decisions in order."""
        return tuple(visit.pick for stop in self.stops for visit in stop.visits)


@dataclass(frozen=True, slots=True)
class Route:
    """What one vehicle does all day; ``rests``: its breaks, from start to end."""

    vehicle: int
    trips: tuple[Trip, ...]
    rests: tuple[TimeWindow, ...] = ()

    @property
    def picks(self) -> tuple[tuple[Pick, ...], ...]:
        """The decisions in order, trip by trip."""
        return tuple(trip.picks for trip in self.trips)

    @property
    def stops(self) -> Iterator[Stop]:
        """All halts in order."""
        return (stop for trip in self.trips for stop in trip.stops)

    @property
    def visits(self) -> Iterator[Visit]:
        """All visits in order."""
        return (visit for stop in self.stops for visit in stop.visits)

    @property
    def duration_s(self) -> int:
        """From leaving the first time to being back the last time."""
        return self.trips[-1].back_s - self.trips[0].depart_s if self.trips else 0


@dataclass(frozen=True, slots=True)
class Plan:
    """All routes of one planning (vehicles that stay at home have none), and the tasks no vehicle does.

    ``to_carrier``: left to somebody else at their price. ``left_out``: nobody does them, and somebody must be told why.
    """

    routes: tuple[Route, ...] = ()
    to_carrier: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()

    def find_route(self, vehicle: int) -> Route | None:
        """Return the route of a vehicle, if it moves."""
        return next((route for route in self.routes if route.vehicle == vehicle), None)

    def vehicle_of(self) -> dict[int, int]:
        """Map every task on a route to its vehicle."""
        return {visit.pick.task: route.vehicle for route in self.routes for visit in route.visits}
