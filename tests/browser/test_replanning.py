"""Chromium says what happened on a running day, sees what would follow, and accepts it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.platform import Platform
from tests.living import PASSWORD

pytestmark = pytest.mark.browser
PATIENCE_MS = 90_000  # a search of a second on a machine that does ten things at once


def released(platform: Platform, orders: int) -> dict[str, object]:
    """Plan a day by hand, whatever the search found on a busy machine, release it, and return its run."""
    ids = [platform.order(north=0.004 * number)["id"] for number in range(1, orders + 1)]
    plan_id, tagged = platform.searched()
    moves = [{"shipment_id": one, "vehicle_id": platform.van_id, "position": no} for no, one in enumerate(ids)]
    platform.client.patch(f"/v1/plans/{plan_id}", json={"moves": moves}, headers=tagged).raise_for_status()
    run: dict[str, object] = platform.released(plan_id)[0]
    return run


def log_in(page: Page, platform: Platform) -> None:
    page.goto(f"{platform.url}/login?next=/dispatch")
    page.get_by_label("Login name").fill("dispatcher")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_a_dispatcher_puts_in_an_order_and_tells_of_a_delay(platform: Platform, chromium: Browser) -> None:
    run = released(platform, orders=4)
    platform.order(north=0.01)
    faults: list[str] = []
    context = chromium.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    log_in(page, platform)

    page.get_by_role("button", name="Something happened").click()
    expect(page.get_by_label("A new order")).to_be_checked()
    page.get_by_role("button", name="What would follow?").click()
    expect(page.get_by_test_id("proposal")).to_contain_text(re.compile(r"Van 1, stop \d, .* for "), timeout=PATIENCE_MS)
    expect(page.get_by_test_id("proposal")).to_contain_text("The day costs")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted.")).to_be_visible(timeout=PATIENCE_MS)
    visits = [visit for stop in platform.get(f"/v1/runs/{run['id']}")["stops"] for visit in stop["visits"]]
    assert len(visits) == 5

    page.get_by_role("button", name="Something happened").click()
    page.get_by_label("A van is late").check()
    page.get_by_label("Minutes late").fill("200")
    page.get_by_role("button", name="What would follow?").click()
    expect(page.get_by_test_id("proposal")).to_contain_text(
        re.compile(r"\d+ promises? cannot be kept"), timeout=PATIENCE_MS
    )
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("button", name="What would follow?")).to_be_visible(timeout=PATIENCE_MS)
    states = [one["state"] for one in platform.get(f"/v1/replans?on={platform.today}")["items"]]
    assert states == ["discarded", "accepted"]
    assert faults == []
    context.close()
