"""Chromium opens the tracking page and sees a delivery happen, without a reload; and the story without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.platform import Platform

pytestmark = pytest.mark.browser


def plan_and_release(platform: Platform) -> dict[str, Any]:
    body = {"on": platform.today, "depot_ids": [platform.depot_id], "seconds": 1, "travel": "geodesic"}
    plan = platform.made("/v1/plans", body)
    with platform.client.stream("GET", f"/v1/plans/{plan['id']}/events", headers=platform.operator) as stream:
        for line in stream.iter_lines():
            if line.startswith("event: done"):
                break
    (summary,) = platform.released(plan["id"])
    run: dict[str, Any] = platform.get(f"/v1/runs/{summary['id']}")
    return run


def test_a_delivery_is_seen_as_it_happens(platform: Platform, chromium: Browser) -> None:
    order = platform.order(cod_due={"amount_minor": 12800, "currency": "CNY"})
    faults: list[str] = []
    context = chromium.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(order["tracking_url"])
    expect(page.get_by_text("128.00").first).to_be_visible()
    page.evaluate("window.neverReloaded = true")

    run = plan_and_release(platform)
    labels = [parcel["label"] for parcel in order["parcels"]]
    platform.made(f"/v1/depots/{platform.depot_id}/receipts", {"labels": labels})
    platform.drive(run, "loading-scans", {"labels": labels})
    platform.drive(run, "depart", {})
    expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("announced", re.IGNORECASE))
    platform.drive(run, "stops/1/arrive", {})
    cash = {"amount": {"amount_minor": 12800, "currency": "CNY"}, "means": "cash"}
    body = {"shipment_id": order["id"], "outcome": "delivered", "to_whom": "herself", "cash": cash}
    platform.drive(run, "attempts", body)

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("delivered", re.IGNORECASE), timeout=10_000)
    assert page.evaluate("window.neverReloaded") is True
    assert faults == []
    context.close()


def test_without_javascript_the_answer_and_the_story_are_there(platform: Platform, chromium: Browser) -> None:
    order = platform.order()
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{order['tracking_url']}?lang=zh-CN")
    expect(page.locator("#story")).to_contain_text(order["tracking_no"])
    context.close()


def test_a_wrong_link_gets_a_friendly_page(platform: Platform, chromium: Browser) -> None:
    page = chromium.new_page()
    answer = page.goto(f"{platform.url}/t/no-such-link-as-this-one")
    assert answer is not None
    assert answer.status == 404
    assert "Traceback" not in page.content()
    page.close()
