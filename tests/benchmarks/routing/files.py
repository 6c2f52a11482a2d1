"""Tiny files of every family, written by hand: (0, 0) is the depot, customers lie on the axes."""

from __future__ import annotations

from pathlib import Path

# A square: 1 (the depot) at (0, 0), 2 at (3, 4), 3 at (6, 8), 4 at (0, 5). 1-2 = 5, 2-3 = 5, 1-3 = 10, 1-4 = 5.
COORDINATES = "NODE_COORD_SECTION\n1 0 0\n2 3 4\n3 6 8\n4 0 5\n"
DEMANDS = "DEMAND_SECTION\n1 0\n2 2\n3 3\n4 4\n"
END = "DEPOT_SECTION\n1\n-1\nEOF\n"

CVRP = (
    'NAME : \ttiny-n4\t\nCOMMENT : "by: hand"\nTYPE : CVRP\nDIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 5\n'
    + COORDINATES
    + DEMANDS
    + END
)
WINDOWS = "TIME_WINDOW_SECTION\n1 0 50\n2 10 12\n3 0 30.19\n4 0 50\n"
VRPTW = (
    "NAME: tw\nTYPE: VRPTW\nDIMENSION: 4\nVEHICLES: 2\nCAPACITY: 9\nSERVICE_TIME: 2\nEDGE_WEIGHT_TYPE: EUC_2D\n"
    + COORDINATES
    + DEMANDS
    + WINDOWS
    + END
)
PRIZES = VRPTW.replace("VRPTW", "PCVRPTW").replace("DEPOT_SEC", "PRIZE_SECTION\n1 0\n2 7\n3 0\n4 1.5\nDEPOT_SEC")
MIXED = (
    "NAME: hf\nTYPE: HFVRP\nDIMENSION: 4\nVEHICLES: 3\nEDGE_WEIGHT_TYPE: EUC_2D\n"
    + COORDINATES
    + DEMANDS
    + "CAPACITY_SECTION\n1 4\n2 9\n3 9\nVEHICLES_FIXED_COST_SECTION\n1 10\n2 20\n3 20\n"
    + "VEHICLES_UNIT_DISTANCE_COST_SECTION\n1 2\n2 3\n3 3\n"
    + END
)
# Two depots, at (0, 0) and (6, 8); customers 3 at (3, 4) and 4 at (0, 5); each vehicle lasts 20 at most.
DEPOTS = (
    "NAME: md\r\nTYPE: MDVRPTW\r\nEDGE_WEIGHT_TYPE: EUC_2D\r\nDIMENSION: 4\r\nVEHICLES: 2\r\nCAPACITY: 9\r\n"
    "VEHICLES_MAX_DURATION: 20\r\nNODE_COORD_SECTION\r\n1\t0\t0\r\n2\t6\t8\r\n3\t3\t4\r\n4\t0\t5\r\n"
    "DEMAND_SECTION\r\n1 0\r\n2 0\r\n3 1\r\n4 1\r\nSERVICE_TIME_SECTION\r\n1 0\r\n2 0\r\n3 1\r\n4 2\r\n"
    "TIME_WINDOW_SECTION\r\n1 0 100\r\n2 0 90\r\n3 50 60\r\n4 62 70\r\n"
    "VEHICLES_DEPOT_SECTION\r\n1 1\r\n2 2\r\nDEPOT_SECTION\r\n1\r\n2\r\n-1\r\nEOF\r\n"
)
MATRIX = (
    "NAME : road\nCOMMENT : real\nTYPE : VRPTW\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EXPLICIT\nVEHICLES : 2\n"
    "EDGE_WEIGHT_FORMAT : FULL_MATRIX\nCAPACITY : 9\nEDGE_WEIGHT_SECTION\n0 10 20\n11 0 7\n21 8 0\n"
    "NODE_COORD_SECTION\n1 0 0\n2 9 9\n3 5 5\nDEMAND_SECTION\n1 0\n2 1\n3 1\nDEPOT_SECTION\n1\n-1\n"
    "SERVICE_TIME_SECTION\n1 0\n2 5\n3 5\nTIME_WINDOW_SECTION\n1 0 100\n2 0 50\n3 20 60\nEOF\n"
)
# Homes at 1 (3, 4), 2 (0, 5) and 3 (5, 0), a shop 4 at (3, 4) with room for one parcel; the depot is 0.
VRPDO = (
    "tiny.txt\n\nVEHICLE CAPACITY LOCATIONS CUSTOMER OPTIONS PRIORITIES NUMTYPS\n3\t9\t5\t3\t5\t3\t4\n\n"
    "CUSTOMER DEMAND\n0\t2\n1\t3\n2\t4\n\n"
    "LOCATION XCOORD YCOORD CAP READY DUE TYP SERVICETIME\n"
    "0 0 0 -1 0 60 0 0\n1 3 4 -1 0 40 2 6\n2 0 5 -1 10 40 2 6\n3 6 0 -1 0 40 2 6\n4 3 4 1 8 10 1 4\n"
    "OPTION LOCATION CUSTOMER PRIO SERVICETIME COST\n0 1 0 0 5 0\n1 2 1 0 5 0\n2 4 1 1 2 0\n3 3 2 0 5 0\n4 4 2 2 2 0\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file as it is given, line ends included."""
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path
