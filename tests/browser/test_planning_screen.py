"""Chromium opens the planning screen, runs the optimiser, and releases the plan."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.platform import Platform
from tests.living import PASSWORD

pytestmark = pytest.mark.browser


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
