"""Chromium uses the planning screen by keyboard, looks for names and contrast, and at the line on top."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.platform import Platform
from tests.browser.test_explaining_screen import open_desk, tight

pytestmark = pytest.mark.browser
WIDE = {"width": 1440, "height": 900}
CONTRAST_MIN = 4.5  # WCAG 2.2, 1.4.3, of text

# What each text is drawn with and upon, blended as the browser does; what is upon a picture is not judged.
PALE = """least => {
  const parse = text => [...(text.match(/[\\d.]+/g) ?? [0, 0, 0]).map(Number), 1].slice(0, 4);
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
  const painted = element => parse(getComputedStyle(element).backgroundColor);
  const ground = element => element ? over(painted(element), ground(element.parentElement)) : [255, 255, 255];
  const part = value => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const pale = [];
  const judge = (element, ink, text) => {
    const under = ground(element);
    const found = ratio(over(parse(ink), under), under);
    if (found < least) pale.push(`${text.trim().slice(0, 40)}: ${found.toFixed(2)}`);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: element, textContent: text } = texts.currentNode;
    if (!text.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest(".unseen, script, style, option, title")) continue;
    const style = getComputedStyle(element);
    judge(element, element instanceof SVGElement ? style.fill : style.color, text);
  }
  for (const field of document.querySelectorAll("input[placeholder]")) {
    judge(field, getComputedStyle(field, "::placeholder").color, field.placeholder);
  }
  return pale;
}"""

NAMELESS = """() => [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [role=button]")]
  .filter(each => each.checkVisibility() && each.ariaHidden !== "true")
  .filter(each => !(each.ariaLabel || each.textContent.trim() || each.labels?.length || each.title))
  .map(each => each.outerHTML.slice(0, 120))"""

FOCUS = """() => {
  const here = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  const name = here === document.body ? "" : here.ariaLabel || here.placeholder || here.textContent.trim();
  return { name, seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
}"""


def tabbed(page: Page, times_max: int) -> list[dict[str, Any]]:
    """Press Tab until the page ends, and tell where that leads."""
    found: list[dict[str, Any]] = []
    while len(found) < times_max:
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUS)
        if not here["name"]:
            break
        found.append(here)
    return found


def test_tab_leads_through_the_line_and_the_lists_and_is_seen(platform: Platform, chromium: Browser) -> None:
    tight(platform)
    page, faults = open_desk(platform, chromium, locale="en-GB", viewport=WIDE)
    expect(page.get_by_role("button", name="Do it").first).to_be_visible()
    way = tabbed(page, 40)
    assert all(one["seen"] for one in way), way
    names = [one["name"] for one in way]
    expected = ["Day:", "Depots", "Time to search", "Rules", "Optimise again", "Release", "More", "王小明", "Do it"]
    places = [next(number for number, name in enumerate(names) if name.startswith(one)) for one in expected]
    assert places == sorted(places), names
    assert {"Filter by name, number, street", "Map"} <= set(names)
    assert any(name.startswith("Van 1") for name in names), names
    assert faults == []


@pytest.mark.parametrize(("opener", "title"), [("Rules", "Rules for this plan"), ("Release", "Release")])
def test_a_dialog_keeps_the_focus_and_gives_it_back(
    platform: Platform, chromium: Browser, opener: str, title: str
) -> None:
    tight(platform)
    page, faults = open_desk(platform, chromium, locale="en-GB", viewport=WIDE)
    button = page.get_by_role("button", name=opener, exact=True)
    for closing in ("Escape", "Enter"):
        button.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name=title)
        expect(dialog).to_be_visible()
        for _ in range(12):  # past the last one: round again, by way of the browser's own frame, never to the page
            page.keyboard.press("Tab")
            assert page.evaluate(
                "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )
        if closing == "Enter":
            dialog.get_by_role("button", name="Close").focus()
        page.keyboard.press(closing)
        expect(dialog).to_have_count(0)
        expect(button).to_be_focused()
    assert faults == []


def test_what_is_folded_away_closes_with_escape_and_gives_the_focus_back(platform: Platform, chromium: Browser) -> None:
    page, _ = open_desk(platform, chromium, locale="en-GB", viewport=WIDE)
    more = page.get_by_role("button", name="More", exact=True)
    more.focus()
    page.keyboard.press("Enter")
    vehicles = page.get_by_role("button", name="Vehicles")
    vehicles.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(vehicles).to_be_focused()
    page.keyboard.press("Escape")
    expect(vehicles).to_have_count(0)
    expect(more).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_has_a_name_and_can_be_read(platform: Platform, chromium: Browser, scheme: str) -> None:
    tight(platform)
    page, _ = open_desk(platform, chromium, locale="en-GB", viewport=WIDE, color_scheme=scheme)
    page.get_by_role("button", name="Do it").first.click()
    expect(page.get_by_text("1 parcel too much on board")).to_be_visible()
    page.get_by_role("button", name="What changed").click()
    page.get_by_role("button", name=re.compile("Van 1")).first.click()
    expect(page.get_by_test_id("changed")).to_be_visible()
    assert page.evaluate(PALE, CONTRAST_MIN) == []
    assert page.evaluate(NAMELESS) == []


@pytest.mark.parametrize(
    ("language", "day"), [("en", r"Day: \w{3} \d+ \w{3} \d{4}"), ("zh-TW", r"日期: \d{4}年\d+月\d+日週.")]
)
def test_the_line_on_top_is_one_line_and_the_day_is_the_reader_s(
    platform: Platform, chromium: Browser, language: str, day: str
) -> None:
    tight(platform)
    page, _ = open_desk(platform, chromium, locale="en-US", viewport=WIDE)
    page.evaluate("language => localStorage.setItem('language', language)", language)
    page.goto(f"{platform.url}/dispatch?lang={language}")
    expect(page.get_by_test_id("summary")).to_contain_text("1")
    assert page.locator("header").evaluate("line => line.clientHeight") <= 52
    assert page.get_by_test_id("summary").evaluate("line => line.clientHeight") <= 18
    expect(page.get_by_role("button", name=re.compile(day))).to_be_visible()
    for width in (1024, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_day_is_picked_by_the_browser_s_calendar(platform: Platform, chromium: Browser) -> None:
    page, _ = open_desk(platform, chromium, locale="en-US", viewport=WIDE)
    page.evaluate("() => { HTMLInputElement.prototype.showPicker = function () { this.dataset.asked = 'yes'; }; }")
    page.get_by_role("button", name=re.compile("^Day:")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("input[type=date]")).to_have_attribute("data-asked", "yes")
    page.locator("input[type=date]").evaluate(
        "field => { field.value = '2030-01-04'; field.dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    expect(page.get_by_role("button", name="Day: Fri 4 Jan 2030")).to_be_visible()
    expect(page).to_have_url(re.compile("on=2030-01-04"))
