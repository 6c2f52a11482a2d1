"""Sites over HTTP: where they are and when they are open."""

from __future__ import annotations

from datetime import UTC, datetime

from logistics.sites.edge.store import get_site, hours_of
from tests.living import ALL_WEEK, HANGZHOU, House

SITE = {"name": "Night Shop", "kinds": ["store"], "point": HANGZHOU, "address": "x"}


def test_a_shop_open_past_midnight_is_open_at_one(house: House) -> None:
    hours = [{"days": [0], "opens": "18:00", "closes": "02:00"}]
    made = house.made("/v1/sites", {**SITE, "hours": hours})
    with house.ctx.db.reading() as session:
        week = hours_of(get_site(session, made["id"]))
    # Tuesday 01:00 in Shanghai is Monday 17:00 UTC: still Monday's opening.
    assert week.open_window(datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
    assert not week.open_window(datetime(2026, 11, 23, 18, 30, tzinfo=UTC))


def test_sites_are_listed_by_what_happens_there(house: House) -> None:
    assert [one["name"] for one in house.get("/v1/sites?kind=depot")] == ["Depot North"]
    assert [one["name"] for one in house.get("/v1/sites", house.merchant)] == ["Corner Store", "Depot North"]


def test_what_is_wrong_is_named(sqlite_house: House) -> None:
    for change, status, field in (
        ({"point": {"lat": 91, "lon": 0}}, 422, "point.lat"),
        ({"time_zone": "Nowhere"}, 422, "time_zone"),
        ({"kinds": ["castle"]}, 422, "kinds[0]"),
        ({"hours": [{**ALL_WEEK[0], "days": [7]}]}, 422, "hours[0].days[0]"),
        ({"name": "Corner Store"}, 409, None),
    ):
        answer = sqlite_house.post("/v1/sites", {**SITE, **change})
        assert answer.status_code == status
        assert field is None or answer.json()["errors"][0]["field"] == field


def test_an_unknown_site_is_not_found(sqlite_house: House) -> None:
    assert sqlite_house.client.get("/v1/sites/sit_none", headers=sqlite_house.operator).status_code == 404
