import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from logistics.kit.geo import Point
from logistics.routing.edge.command import app, plan_file
from logistics.routing.edge.matrix_source import Geodesic
from tests.routing.edge.table_servers import serving, speak_osrm
from tests.routing.edge.test_order_file import CSV
from tests.routing.edge.towns import random_town, write_osm

ORDERS = Path(__file__).parents[3].parent / "shared" / "data" / "orders" / "cvrp-0-rj-0.json"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "day.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_a_file_is_planned_and_written(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    answer = CliRunner().invoke(app, [str(file), "--vehicles", "2", "--seconds", "2", "--out", str(out)])
    assert answer.exit_code == 0, answer.output
    assert "to a carrier: a" in answer.output  # 700 m of price against some 30 km of driving
    written = json.loads(out.read_text(encoding="utf-8"))
    assert (written["vehicles"], written["violations"], written["left_out"]) == (1, [], [])


def test_a_file_as_a_spreadsheet_in_china_saves_it_is_planned(file: Path) -> None:
    file.write_bytes(CSV.replace("b,30.2", "订单2,30.2").encode("gbk"))
    answer = CliRunner().invoke(app, [str(file), "--seconds", "1"])
    assert answer.exit_code == 0, answer.output
    assert "订单2" in answer.output


def test_over_roads(file: Path, tmp_path: Path) -> None:
    town = write_osm(tmp_path / "town.osm", *random_town(1))
    answer = CliRunner().invoke(app, [str(file), "--seconds", "2", "--travel", "roads", "--map", str(town)])
    assert answer.exit_code == 0, answer.output
    assert "from the nearest road" in answer.output


def test_over_a_server(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # what the server says is kept below the folder one works in
    with serving(speak_osrm) as server:
        server.off_m = {Point(lat=30.1, lon=120.1): 612}
        answer = CliRunner().invoke(app, [str(file), "--seconds", "2", "--travel", "osrm", "--server", server.url])
    assert answer.exit_code == 0, answer.output
    assert "note: a: lies 612 m from the nearest road" in answer.output


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--travel", "roads"], "travel"),
        (["--travel", "crow"], "travel"),
        (["--travel", "osrm"], "travel"),
        (["--travel", "valhalla", "--server", "host"], "is no address of a server"),
        ([], "row 3, column lat"),
        (["--out", "x"], "file: is written in an encoding that is not known"),
    ],
)
def test_what_is_wrong_is_said(file: Path, options: list[str], word: str) -> None:
    if not options:
        file.write_text(CSV.replace("30.1", "north"), encoding="utf-8")
    elif options[0] == "--out":
        file.write_bytes(CSV.encode("utf-16"))
    answer = CliRunner().invoke(app, [str(file), *options])
    assert answer.exit_code == 1
    assert word in answer.output


def test_what_does_not_fit_is_explained(file: Path) -> None:
    file.write_text(CSV.replace("700", ""), encoding="utf-8")
    written = plan_file(file, 1, 2, capacity=2, source=Geodesic())
    assert written["left_out"] == [{"id": "b", "reason": "capacity"}] or written["vehicles"] == 1


@pytest.mark.data
def test_a_real_day_is_planned_whole() -> None:
    if not ORDERS.is_file():
        pytest.skip(f"NOT TESTED: real orders (no file {ORDERS})")
    written = plan_file(ORDERS, 12, 4, source=Geodesic())
    planned = sum(len(stop["ids"]) for route in written["routes"] for stop in route["stops"])
    assert (planned, written["left_out"], written["violations"]) == (221, [], [])


def test_a_file_with_vehicles_is_planned_by_their_rules(tmp_path: Path) -> None:
    rows = [
        {"id": "depot", "lat": 30, "lon": 120},
        {"id": "shop", "lat": 30.02, "lon": 120},
        {"id": "home", "lat": 30.01, "lon": 120, "pair": "shop", "skills": "cold"},
        {"id": "far", "lat": 30.05, "lon": 120},
    ]
    vehicles = [
        {"id": "plain", "capacity": 1, "trips": 2, "reload_min": 10},
        {"id": "cold", "skills": "cold", "breaks": [{"from": "08:00", "to": "08:05", "min": 20}]},
    ]
    file = tmp_path / "day.json"
    file.write_text(json.dumps({"orders": rows, "vehicles": vehicles}), encoding="utf-8")
    plan = plan_file(file, 10, 2, source=Geodesic())
    assert (plan["left_out"], plan["violations"]) == ([], [])
    cold = next(route for route in plan["routes"] if route["vehicle"] == "cold")
    order = [one for stop in cold["stops"] for one in stop["ids"]]
    assert order.index("shop") < order.index("home")
