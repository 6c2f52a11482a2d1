"""Chromium opens the vehicles of the planning screen, sets a limit, and asks for a plan with a rule."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.platform import Platform
from tests.living import PASSWORD

pytestmark = pytest.mark.browser


def opened(platform: Platform, chromium: Browser, locale: str, size: tuple[int, int]) -> Page:
    context = chromium.new_context(locale=locale, viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(f"{platform.url}/login?next=/dispatch")
    page.locator("input").nth(0).fill("dispatcher")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    return page


def test_a_dispatcher_limits_a_vehicle_and_rules_a_plan(platform: Platform, chromium: Browser) -> None:
    for number in range(1, 4):
        platform.order(north=0.003 * number)
    page = opened(platform, chromium, "en-GB", (1440, 900))
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Vehicles").click()
    page.get_by_role("button", name="Van 1").last.click()
    page.get_by_text("More limits").click()
    page.get_by_label("Most stops").fill("many")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Most stops").fill("2")
    page.get_by_label("What it can do").fill("tail lift, cold")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("More limits: 2 set")).to_be_visible()
    (kept,) = platform.get("/v1/vehicles")
    assert (kept["limits"]["stops_max"], kept["limits"]["skills"]) == (2, ["tail lift", "cold"])
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Rules", exact=True).click()
    page.get_by_label("Recipients who get their first choice").fill("80")
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Time to search").click()
    page.get_by_role("menuitemradio", name="5 s").click()
    page.get_by_role("button", name="Optimise", exact=True).click()
    expect(page.get_by_test_id("summary")).to_contain_text("1 left out", timeout=60_000)
    (plan,) = platform.get(f"/v1/plans?on={platform.today}")["items"]
    assert plan["levels"] == [{"preference_max": 0, "percent": 80}]
