"""The story over HTTP: by link, by number, for its merchant, for whoever follows all events."""

from __future__ import annotations

from typing import Any

from tests.living import House


def link_of(house: House, **more: Any) -> tuple[dict[str, Any], str]:
    made = house.shipment(**more)
    return made, made["tracking_url"].rpartition("/t/")[2]


def test_the_link_tells_the_whole_story(house: House) -> None:
    made, token = link_of(house, cod_due={"amount_minor": 12800, "currency": "CNY"})
    answer = house.client.get(f"/v1/track/{token}")
    told = answer.json()
    assert (told["status"], told["headline_key"], told["milestone_no"]) == ("pending", "headline.pending", 0)
    assert (told["seq"] >= 1, told["disclosure"]) == (True, "full")
    assert [line["key"] for line in told["timeline"]] == ["event.accepted"]
    assert told["cod"] == {"due": {"amount_minor": 12800, "currency": "CNY"}, "paid": False}
    assert told["feed"]["sse_url"] == f"/v1/track/{token}/events"
    assert made["id"] not in answer.text
    assert house.merchant_id not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_wrong_link_is_404_and_an_ended_one_410(house: House) -> None:
    made, token = link_of(house)
    assert house.client.get("/v1/track/nope").status_code == 404
    house.made(f"/v1/shipments/{made['id']}/cancel", {"reason": "changed my mind"}, house.merchant)
    told = house.client.get(f"/v1/track/{token}").json()
    assert (told["status"], told["ended_at"]) == ("cancelled", "2026-11-24T12:00:00Z")
    assert house.get(f"/v1/shipments/{made['id']}", house.merchant)["status"] == "cancelled"
    house.clock.advance(days=30, seconds=1)
    assert house.client.get(f"/v1/track/{token}").status_code == 410
    assert house.client.get(f"/v1/track/{token}/events").status_code == 410


def look_up(house: House, **body: Any) -> Any:
    return house.client.post("/v1/track/lookup", json=body)


def test_the_number_tells_milestones_and_four_digits_more(house: House) -> None:
    made, _ = link_of(house)
    bare = look_up(house, tracking_no=made["tracking_no"]).json()
    assert (bare["disclosure"], bare["merchant_name"], bare["feed"]) == ("milestones", None, None)
    assert [line["key"] for line in bare["timeline"]] == ["status.pending"]
    more = look_up(house, tracking_no=made["tracking_no"], phone_last4="8000").json()
    assert (more["disclosure"], more["merchant_name"], more["destination"]) == ("masked", "Blue Shop", None)


def test_guessing_takes_longer_than_anybody_has(house: House) -> None:
    made, _ = link_of(house)
    guesses = [look_up(house, tracking_no=made["tracking_no"], phone_last4=f"000{n}").status_code for n in range(6)]
    assert guesses == [404, 404, 404, 404, 404, 429]
    assert look_up(house, tracking_no="L1").headers["retry-after"]
    assert look_up(house, tracking_no=made["tracking_no"], phone_last4="80001").status_code == 422


def test_the_merchant_sees_all_events_with_their_sources_and_nobody_else_s(house: House) -> None:
    made, _ = link_of(house)
    path = f"/v1/shipments/{made['id']}/timeline"
    told = house.get(path, house.merchant)
    assert told["status"] == "pending"
    assert ("merchant", "accepted") in [(event["source"], event["kind"]) for event in told["events"]]
    assert house.get(path)["shipment_id"] == made["id"]
    other = house.key_of(house.made("/v1/merchants", {"name": "Green Shop"})["id"])
    assert house.client.get(path, headers=other).status_code == 404
    assert house.client.get(path).status_code == 401


def follow(house: House, headers: dict[str, str], after: str = "", limit: int = 100) -> tuple[list[str], str]:
    page = house.get(f"/v1/events?after={after}&limit={limit}", headers)
    return [item["shipment_id"] for item in page["items"]], page["next_cursor"]


def test_a_merchant_follows_its_events_without_a_gap(house: House) -> None:
    mine = [house.shipment()["id"] for _ in range(3)]
    other_id = house.made("/v1/merchants", {"name": "Green Shop"})["id"]
    other = house.key_of(other_id)
    theirs = house.made("/v1/shipments", house.order(), other)["id"]
    seen: list[str] = []
    cursor = ""
    while page := follow(house, house.merchant, cursor, limit=2):
        found, cursor = page
        if not found:
            break
        seen += found
    assert list(dict.fromkeys(seen)) == mine
    assert follow(house, house.merchant, cursor) == ([], cursor)
    later = house.shipment()["id"]
    assert set(follow(house, house.merchant, cursor)[0]) == {later}
    assert set(follow(house, other)[0]) == {theirs}
    assert set(follow(house, house.operator)[0]) == {*mine, theirs, later}
    assert house.client.get(f"/v1/events?merchant_id={other_id}", headers=house.merchant).status_code == 403
    assert house.client.get("/v1/events?after=x", headers=house.merchant).status_code == 422


def test_vehicles_are_the_dispatchers_to_see(sqlite_house: House) -> None:
    assert sqlite_house.get("/v1/vehicles/positions", sqlite_house.account("dispatcher")) == []
    assert sqlite_house.client.get("/v1/vehicles/positions", headers=sqlite_house.merchant).status_code == 403
    query = "start=2026-11-24T00:00:00Z&end=2026-11-26T00:00:00Z"
    answer = sqlite_house.client.get(f"/v1/vehicles/veh_1/positions?{query}", headers=sqlite_house.operator)
    assert answer.status_code == 422
