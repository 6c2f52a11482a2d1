import json
import re
from pathlib import Path

import pytest

from logistics.kit.encodings import decoded
from logistics.kit.errors import Invalid
from logistics.kit.geo import Point
from logistics.routing.edge.order_file import KNOWN, Delivery, read_orders

LOGGI = {
    "origin": {"lng": -43.3, "lat": -22.8},
    "vehicle_capacity": 180,
    "deliveries": [
        {"id": "a", "point": {"lng": -43.2, "lat": -22.9}, "size": 3},
        {"id": "a", "point": {"lng": -43.1, "lat": -22.9}, "size": 5},
    ],
}
CSV = """id,lat,lon,size,service_min,from,to,carrier_price
depot,30.0,120.0,,,,,
a,30.1,120.1,2,5,09:30,11:00,700
b,30.2,120.2,,,,,
"""


def test_the_loggi_form_is_read_and_names_are_made_different() -> None:
    orders = read_orders("x.json", json.dumps(LOGGI))
    assert (orders.depots, orders.capacity) == ((Point(lat=-22.8, lon=-43.3),), 180)
    assert [(one.id, one.size) for one in orders.deliveries] == [("a", 3), ("a#2", 5)]


def test_our_own_csv_is_read() -> None:
    a, b = read_orders("x.csv", CSV).deliveries
    assert a == Delivery("a", Point(lat=30.1, lon=120.1), 2, 300, ((34_200, 39_600),), 700)
    assert b == Delivery("b", Point(lat=30.2, lon=120.2), 1, 180)


def test_our_own_json_has_the_same_columns() -> None:
    rows = [{"id": "depot", "lat": 30, "lon": 120}, {"id": "a", "lat": 30.1, "lon": 120.1, "size": 2, "to": "11:00"}]
    (one,) = read_orders("x.json", json.dumps(rows)).deliveries
    assert (one.size, one.windows_s) == (2, ((0, 39_600),))


FULL = """id,lat,lon,size,from,to,from2,to2,skills,priority,collect,pair
depot,30.0,120.0,,,,,,,,,
shop,30.1,120.1,,,,,,,,,
home,30.2,120.2,2,14:00,15:00,09:00,10:00,Cold; tail lift,3,1,shop
"""


def test_a_row_says_what_it_asks_for() -> None:
    shop, home = read_orders("x.csv", FULL).deliveries
    assert (home.windows_s, home.skills) == (((32_400, 36_000), (50_400, 54_000)), frozenset({"cold", "tail lift"}))
    assert (home.priority, home.collect, home.pair, home.size) == (3, 1, "shop", 2)
    assert shop.size == 0  # nothing is brought to where goods are only fetched


def test_a_file_may_name_its_vehicles() -> None:
    rows = [{"id": "depot", "lat": 30, "lon": 120}, {"id": "a", "lat": 30.1, "lon": 120.1, "skills": ["cold"]}]
    orders = read_orders("x.json", json.dumps({"orders": rows, "vehicles": [{"trips": 2}]}))
    assert (orders.vehicles, orders.deliveries[0].skills) == (({"trips": 2},), frozenset({"cold"}))
    assert read_orders("x.json", json.dumps({"orders": rows})).vehicles is None


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [
        ("x.csv", CSV.replace("30.1", "99"), "row 3, column lat"),
        ("x.csv", CSV.replace("a,30.1", ",30.1"), "row 3, column id"),
        ("x.csv", CSV.replace("09:30", "9.30"), "row 3, column from"),
        ("x.csv", CSV.replace("11:00", "08:00"), "row 3, column to"),
        ("x.csv", FULL.replace("1,shop", "1,depot"), "delivery home, column pair"),
        ("x.csv", FULL.replace("1,shop", "1,home"), "delivery home, column pair"),
        ("x.csv", FULL.replace("09:00", "14:30").replace("10:00", "16:00"), "row 4, column from2"),
        ("x.csv", FULL.replace(",3,1,", ",high,1,"), "row 4, column priority"),
        ("x.json", '{"orders": [], "vehicles": 3}', "vehicles"),
        ("x.csv", CSV.replace("700", "7.5"), "row 3, column carrier_price"),
        ("x.csv", CSV.replace("depot", "c"), "file"),
        ("x.csv", CSV.replace("b,", "a,"), "column id"),
        ("x.json", "{", "file"),
        ("x.json", "{}", "file"),
        ("x.json", '["a"]', "row 1"),
        ("x.json", json.dumps({**LOGGI, "origin": {}}), "origin, column lat"),
        ("x.json", json.dumps({**LOGGI, "deliveries": [{"point": {"lat": 1, "lng": 1}, "size": "big"}]}),
         "deliveries[0].size"),
        ("x.json", json.dumps({**LOGGI, "deliveries": [{"point": {"lat": 1, "lng": 1}, "size": "²"}]}),
         "deliveries[0].size"),
        ("x.json", json.dumps({**LOGGI, "deliveries": None}), "deliveries"),
        ("x.json", json.dumps({**LOGGI, "deliveries": ["a"]}), "deliveries[0]"),
        ("x.json", json.dumps({**LOGGI, "vehicle_capacity": "big"}), "vehicle_capacity"),
        ("x.csv", CSV.replace("size", "Size"), "column Size"),
        ("x.csv", CSV.replace("700", "700,8"), "column (more cells than titles)"),
        ("x.csv", CSV.replace("carrier_price", ""), "column (without a title)"),
        ("x.json", '[{"id": "depot", "lat": 1, "lon": 2, "until": "09:00"}]', "column until"),
        ("x.csv", CSV.replace("a,", "a" * 200_000 + ","), "file"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_row_and_column(name: str, text: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_orders(name, text)
    assert refusal.value.errors[0].field == field


def test_unknown_columns_are_named_once_with_those_there_are() -> None:
    with pytest.raises(Invalid) as refusal:
        read_orders("x.csv", CSV.replace("size", "Size").replace("to,", "until,"))
    assert [one.field for one in refusal.value.errors] == ["column Size", "column until"]
    assert "service_min" in refusal.value.errors[0].expected


def test_every_column_of_the_guide_is_known() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "guides" / "planning.md").read_text(encoding="utf-8")
    rows = guide.partition("| column | meaning |")[2].partition("\n\n")[0].splitlines()
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")}
    assert documented | {"id", "lat", "lon"} == set(KNOWN)


def test_empty_columns_without_a_title_say_nothing() -> None:
    text = CSV.replace("carrier_price", "carrier_price,,").replace("700", "700,,").replace("b,30.2", "b,30.2")
    assert len(read_orders("x.csv", text.replace("\nb,30.2,120.2,,,,,", "\nb,30.2,120.2,,,,,,,,,")).deliveries) == 2


@pytest.mark.data
def test_real_files_are_read(shared_data: Path) -> None:
    files = sorted((shared_data / "orders").glob("*.json"))
    read = [read_orders(file.name, decoded(file.read_bytes())) for file in files]
    assert files
    assert all(one.deliveries and one.capacity for one in read)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refusal:
        read_orders("x.csv", CSV.replace("30.1,", "99,").replace("30.2,", "98,"))
    assert [one.field for one in refusal.value.errors] == ["row 3, column lat", "row 4, column lat"]
