"""What stands where in the flat arrays of the ruin-and-recreate search: names for columns, nothing else."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Small = NDArray[np.int32]
Real = NDArray[np.float64]
Flags = NDArray[np.uint8]

# A node is one option of one task. READY_S, DUE_S: the hull of its windows.
# WINDOW, WINDOWS: its rows in ``Tables.window``.
N_TASK, N_PLACE, N_SERVICE_S, N_READY_S, N_DUE_S, N_COST, N_PREFERENCE, N_ROOM, N_ROOM_USE, N_WINDOW, N_WINDOWS = range(
    11
)
NODE_COLUMNS = 11

# FIRST_NODE, NODES: its options. LEAVE_COST: NONE if it must not be left. WORTH: what leaving it out counts.
# GAIN_MAX: what a plan may save at most by doing it, beyond driving.
T_FIRST_NODE, T_NODES, T_LEAVE_COST, T_WORTH, T_CARRIER, T_PINNED, T_GAIN_MAX = range(7)
TASK_COLUMNS = 7

# START, END: local places. CLOSE_S: end of shift and overtime. KIND: alike vehicles share it. LOCKED: how many
# picks at its beginning stay. BY_TIME: whether its time costs or is limited. BY_POSITION: loads go up and down.
# CAREFUL: whether anything but metres, windows and what leaves the depot matters. COMPLEX: whether its routes have to
# be played through. BREAKS: its rows in ``Tables.rest``. DRIVE_MAX_S: 0 for no limit. AT_ONCE: it leaves now.
# TIMELESS: whatever it does, nothing can be late, nor does its time cost anything.
(
    C_START, C_END, C_OPEN_S, C_SHIFT_END_S, C_CLOSE_S, C_FIXED, C_PER_M, C_PER_S, C_PER_S_OVER, C_METRES_MAX,
    C_SECONDS_MAX, C_STOPS_MAX, C_PROFILE, C_KIND, C_LOCKED, C_BY_TIME, C_BY_POSITION, C_COMPLEX, C_TRIPS_MAX,
    C_RELOAD_PLACE, C_RELOAD_S, C_CAREFUL, C_BREAKS, C_DRIVE_MAX_S, C_DRIVE_REST_S, C_AT_ONCE, C_TIMELESS,
) = range(27)  # fmt: skip
CAR_COLUMNS = 27

# From a local place to another and back: metres there, metres back, seconds there, seconds back, set-up included.
W_METRES_TO, W_METRES_FROM, W_SECONDS_TO, W_SECONDS_FROM = range(4)
WAY_COLUMNS = 4

# One position of a route. DEPART_S: earliest end of its service. LATEST_S: latest start of it. METRES: to the next.
P_NODE, P_PLACE, P_DEPART_S, P_LATEST_S, P_METRES = range(5)
POSITION_COLUMNS = 8  # so that a position fills one cache line

# The part of a route up to a position, and from it on, as one segment: duration, earliest, latest beginning.
G_DURATION_S, G_EARLIEST_S, G_LATEST_S, G_DURATION_ON_S, G_EARLIEST_ON_S, G_LATEST_ON_S = range(6)
SEGMENT_COLUMNS = 6

# One route. COST: all it costs. TIME_COST: the part of it that its time costs. TIME_GUESS: the same as a glance tells
# it, which knows no rests, no trips and no hours. BROKEN: 1 if it may not be driven.
R_LENGTH, R_COST, R_METRES, R_HALTS, R_TIME_COST, R_BROKEN, R_TIME_GUESS = range(7)
ROUTE_COLUMNS = 7  # the loads that leave the depot follow, one column per dimension

# Where a task is: its vehicle (NONE: on none), the node chosen, the position.
A_VEHICLE, A_NODE, A_POSITION = range(3)
WHERE_COLUMNS = 3

# Figures of a whole plan. DUE: tasks done, or not left to a carrier. TOUCHED: routes changed since the last verdict.
F_COST, F_MISSING, F_OPEN, F_ABSENT, F_DUE, F_TOUCHED = range(6)
FIGURES = 6

# On which trips a vehicle may do a task.
FIRST_TRIP, LATER_TRIP = 1, 2

# Before a stop: WISHED if the plan wants its vehicle to load, though the stop would fit; LOADS if it does load, which
# it has to if the stop would not fit or has its goods at the depot. In a row of nodes a wish is added as WISH.
WISHED, LOADS = 1, 2
WISH = 2**30

NONE = -1
# A plain 0 is a type of its own to the compiler, which would make each function once for it and once for any number.
ZERO = cast("int", np.int64(0))
NOW, BEFORE = 0, 1  # the plan being tried, and the one it came from


class Tables(NamedTuple):
    """A problem as arrays; see the columns above for what stands in a row."""

    node: Whole  # [node, column]
    load: Whole  # [node, deliver or collect, dimension]
    task: Whole  # [task, column]
    may: Flags  # [task, vehicle]: 1 if it may be on its first trip, 2 if on a later one, 3 on both
    extra: Whole  # [task, vehicle]: what it costs if this vehicle does it
    car: Whole  # [vehicle, column]
    capacity: Whole  # [vehicle, dimension]: of all its trips together
    window: Whole  # [row, (start, end)]
    rest: Whole  # [vehicle, rank, (earliest, latest start, duration)]: breaks, by their latest start
    setup: Whole  # [local place]
    parts: Whole  # [profile]: into how many parts its day is cut; 0 if all hours are alike
    part_start: Whole  # [profile, part]
    hour: Small  # [profile, part, local place, local place]: seconds of driving
    way: Small  # [profile, local place, local place, column]
    near: Small  # [node, rank]: other nodes, the nearest first
    room: Whole  # [room]
    level: Whole  # [level, (worst preference that counts, percent, credit: see `sharing.py`)]
    quota: Whole  # [carrier]
    order: Real  # [way of sorting, task]: who has the smaller figure is put in first
