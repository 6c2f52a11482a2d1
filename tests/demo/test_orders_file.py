from __future__ import annotations

import json
from pathlib import Path

from demo import orders_file
from demo.markets import RIO


def test_places_and_sizes_of_the_file_become_orders(tmp_path: Path) -> None:
    rows = [{"id": f"{k:032x}", "point": {"lng": -43.2 - k / 1000, "lat": -22.9}, "size": k % 9 + 1} for k in range(90)]
    path = tmp_path / "orders.json"
    content = {"origin": {"lng": -43.37, "lat": -22.8}, "vehicle_capacity": 50, "deliveries": rows}
    path.write_text(json.dumps(content))
    made = orders_file.build(1, path)
    assert made.market is RIO
    assert len(made.orders) == 90
    assert made.orders[7].point.lon == -43.207
    assert made.orders[7].parcels[0].weight_g == 8_000
    # 90 sizes of 1..9 sum to 450; a fifth more than they need, by 50 a van: 10.8
    assert len(made.vans) == 11
    assert made.vans[0].capacity_g == 50_000
    assert made.depots[0].point.lat == -22.8
    assert not any(order.far for order in made.orders)
