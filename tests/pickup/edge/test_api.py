"""What the routes of pickup decide themselves: who asks, what is shown."""

from __future__ import annotations

from tests.delivery.stage import Day, labels


def test_service_points_near_a_place_best_first(sqlite_day: Day) -> None:
    day = sqlite_day
    far = {"lat": 30.30, "lon": 120.15}
    day.house.site("Full Store", ["store"], capacity_parcels_max=0)
    day.house.site("Far Store", ["store"], point=far, capacity_parcels_max=5)
    seen = day.house.get("/v1/service-points?lat=30.27&lon=120.15", day.house.merchant)
    assert [one["name"] for one in seen] == ["Corner Store", "Far Store", "Full Store"]
    assert [one["open"] for one in seen] == [True, True, True]  # 20:00 in Shanghai
    assert seen[1]["distance_m"] == 3336  # 0.03 degrees of 111,195 m
    assert len(day.house.get("/v1/service-points?lat=30.27&lon=120.15&limit=1")) == 1


def test_parcels_of_one_state(sqlite_day: Day) -> None:
    day = sqlite_day
    ready = day.waiting()
    day.released(store=[day.shipment()])
    path = f"/v1/service-points/{day.house.store_id}/parcels"
    assert len(day.house.get(path)["items"]) == 2
    (seen,) = day.house.get(f"{path}?state=ready")["items"]
    assert seen["shipment_id"] == ready["id"]
    assert seen["phone_masked"] == "*** 8000"


def test_pages_of_parcels(sqlite_day: Day) -> None:
    day = sqlite_day
    day.released(store=[day.shipment(), day.shipment(), day.shipment()])
    path = f"/v1/service-points/{day.house.store_id}/parcels?limit=2"
    first = day.house.get(path)
    second = day.house.get(f"{path}&cursor={first['next_cursor']}")
    assert [len(page["items"]) for page in (first, second)] == [2, 1]
    assert second["next_cursor"] is None


def test_a_handover_needs_a_code_or_a_phone(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.waiting()
    answer = day.store("handovers", {"shipment_id": made["id"]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "code"


def test_a_driver_does_not_do_a_clerks_work(sqlite_day: Day) -> None:
    day = sqlite_day
    body = {"labels": labels([day.shipment()])}
    answer = day.house.post(f"/v1/service-points/{day.house.store_id}/arrivals", body, day.driver)
    assert answer.status_code == 403
