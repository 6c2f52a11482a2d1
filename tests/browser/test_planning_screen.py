"""Chromium opens the planning screen, runs the optimiser, gives a search up, releases the plan, follows its runs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.platform import Platform
from tests.living import PASSWORD

pytestmark = pytest.mark.browser


def open_desk(platform: Platform, chromium: Browser) -> tuple[Page, list[str]]:
    faults: list[str] = []
    page = chromium.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}).new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{platform.url}/login?next=/dispatch")
    page.get_by_label("Login name").fill("dispatcher")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    return page, faults


def van_of(platform: Platform, **changes: Any) -> dict[str, Any]:
    """Return the van as it is entered, with changes."""
    (van,) = platform.get("/v1/vehicles")
    return {key: value for key, value in van.items() if key not in {"id", "created_at"}} | changes


def planned(platform: Platform, trips: list[list[dict[str, Any]]]) -> str:
    """Plan the day as these trips of the van, whatever the search found, and return the plan's id."""
    plan_id, tagged = platform.searched()
    ids = [[order["id"] for order in trip] for trip in trips]
    off = [{"shipment_id": one, "vehicle_id": None} for trip in ids for one in trip]
    on = [
        {"shipment_id": one, "vehicle_id": platform.van_id, "position": position, "trip": number}
        for number, trip in enumerate(ids)
        for position, one in enumerate(trip)
    ]
    platform.client.patch(f"/v1/plans/{plan_id}", json={"moves": off + on}, headers=tagged).raise_for_status()
    return plan_id


def test_a_dispatcher_optimises_and_releases(platform: Platform, chromium: Browser) -> None:
    orders = [platform.order(north=0.003 * number) for number in range(1, 7)]
    faults: list[str] = []
    context = chromium.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{platform.url}/login?next=/dispatch")
    page.get_by_label("Login name").fill("dispatcher")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_test_id("summary")).to_have_text(re.compile("^6 orders"))
    page.get_by_role("button", name="Time to search").click()
    page.get_by_role("menuitemradio", name="5 s").click()
    page.get_by_role("button", name="Optimise", exact=True).click()
    expect(page.get_by_test_id("searching")).to_be_visible()
    expect(page.get_by_test_id("summary")).to_have_text(re.compile("6 to the door"), timeout=30_000)
    expect(page.get_by_text("Nothing is left out.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Van 1")).first.click()
    expect(page.get_by_text("王小明").first).to_be_visible()

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Release", exact=True).click()
    page.get_by_role("button", name="Release now").click()
    expect(page.get_by_text("Released.")).to_be_visible()
    expect(page.get_by_test_id("summary")).to_have_text(re.compile("stops done"))
    runs = platform.get(f"/v1/runs?on={platform.today}")["items"]
    assert sum(run["visits_count"] for run in runs) == len(orders)
    assert faults == []
    context.close()


def test_who_is_not_logged_in_is_asked_to(platform: Platform, chromium: Browser) -> None:
    page = chromium.new_page(locale="en-GB")
    page.goto(f"{platform.url}/dispatch")
    expect(page.get_by_text("You are not logged in")).to_be_visible()
    expect(page.get_by_role("button", name="Log out")).to_have_count(0)
    expect(page.get_by_role("button", name="Optimise")).to_have_count(0)
    expect(page.get_by_test_id("summary")).to_have_count(0)
    page.close()


def test_on_a_phone_what_is_seldom_needed_is_folded_away(platform: Platform, chromium: Browser) -> None:
    for number in range(1, 26):
        platform.order(north=0.003 * number)
    context = chromium.new_context(locale="en-GB", viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(f"{platform.url}/login?next=/dispatch")
    page.get_by_label("Login name").fill("dispatcher")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_role("button", name="Optimise")).to_be_visible()
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    page.get_by_role("button", name="More", exact=True).tap()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.get_by_role("button", name="Less", exact=True).tap()
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()

    orders = page.get_by_role("button", name=re.compile("王小明"))
    expect(orders).to_have_count(20)
    page.get_by_role("button", name="Show 5 more").tap()
    expect(orders).to_have_count(25)
    context.close()


def test_a_search_that_is_given_up_leaves_the_plan_before_it(platform: Platform, chromium: Browser) -> None:
    platform.made("/v1/vehicles", van_of(platform, name="Van 2", shift_start="00:00", shift_end="00:30"))
    planned(platform, [[platform.order(north=0.004 * number) for number in range(1, 4)]])
    page, faults = open_desk(platform, chromium)
    expect(page.get_by_test_id("summary")).to_contain_text("3 to the door")
    expect(page.get_by_test_id("findings")).to_contain_text("Van 2: its shift is over")

    page.get_by_role("button", name="Time to search").click()
    page.get_by_role("menuitemradio", name="60 s").click()
    page.get_by_role("button", name="Optimise again").click()
    page.get_by_test_id("searching").get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("The search was cancelled; nothing was changed.")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("summary")).to_contain_text("3 to the door")
    expect(page.get_by_role("button", name="Release", exact=True)).to_be_enabled()
    assert faults == []


def test_two_runs_of_a_van_are_one_lane_and_each_is_shown_when_picked(platform: Platform, chromium: Browser) -> None:
    limits = {"trips_max": 2, "reload_s": 600}
    body = van_of(platform, capacity_parcels=2, limits=limits)
    put = platform.client.put(f"/v1/vehicles/{platform.van_id}", json=body, headers=platform.operator)
    assert put.status_code == 200, put.text
    orders = [platform.order(north=0.004 * number) for number in range(1, 5)]
    first, second = platform.released(planned(platform, [orders[:2], orders[2:]]))
    assert first["vehicle_id"] == second["vehicle_id"]

    page, faults = open_desk(platform, chromium)
    expect(page.get_by_test_id("summary")).to_contain_text("0 of 4 stops done")
    expect(page.locator("svg .name")).to_have_count(1)
    rows = page.get_by_role("listitem").filter(has_text=re.compile(r"Van 1.*from \d\d:\d\d.*0 of 2 stops"))
    expect(rows).to_have_count(2)

    blocks = page.locator("svg .block")
    names = [order["recipient"]["name"] for order in orders]
    blocks.nth(2).click()
    expect(page.locator(".right")).to_contain_text(names[2])
    expect(page.locator(".right")).not_to_contain_text(names[0])
    page.keyboard.press("Escape")
    rows.first.get_by_role("button").click()
    expect(page.locator(".right")).to_contain_text(names[0])
    expect(page.locator(".right")).not_to_contain_text(names[2])
    assert faults == []


def test_a_plan_found_while_runs_are_followed_is_told_of_and_opened(platform: Platform, chromium: Browser) -> None:
    platform.released(planned(platform, [[platform.order(north=0.004 * number) for number in range(1, 4)]]))
    page, faults = open_desk(platform, chromium)
    expect(page.get_by_test_id("summary")).to_contain_text("0 of 3 stops done")
    planned(platform, [[platform.order(north=0.02), platform.order(north=0.03)]])
    page.get_by_role("button", name="Show the plan").click(timeout=30_000)  # looked for every ten seconds
    expect(page.get_by_test_id("summary")).to_contain_text("2 to the door")
    expect(page.get_by_role("button", name="Release", exact=True)).to_be_enabled()
    page.get_by_role("button", name="Back to the runs").click()
    expect(page.get_by_test_id("summary")).to_contain_text("0 of 3 stops done")
    expect(page.get_by_role("button", name="Release", exact=True)).to_be_disabled()
    assert faults == []
