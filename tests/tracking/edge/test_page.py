from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from logistics.tracking.edge import page
from tests.living import House

SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", ""),
        ("zh-TW", "en", "zh-TW"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("", "zh-Hant-HK,zh;q=0.9", "zh-TW"),
        ("", "fr-FR,fr;q=0.9,en;q=0.8", "en"),
        ("xx", "pt", ""),
    ],
)
def test_the_reader_s_language(asked: str, accepted: str, language: str) -> None:
    assert page.language_of(asked, accepted) == language


def link_of(house: House, **more: Any) -> tuple[dict[str, Any], str]:
    made = house.shipment(**more)
    return made, "/t/" + made["tracking_url"].rpartition("/t/")[2]


def test_the_answer_and_the_story_are_there_without_scripts(house: House) -> None:
    made, path = link_of(house, cod_due={"amount_minor": 12800, "currency": "CNY"})
    english = house.client.get(path, headers={"Accept-Language": "en"})
    assert english.status_code == 200
    assert '<html lang="en">' in english.text
    assert "The shop announced the parcel" in english.text
    assert "To pay: 128.00 CNY" in english.text
    assert made["tracking_no"] in english.text
    chinese = house.client.get(path + "?lang=zh-TW").text
    assert '<html lang="zh-TW">' in chinese
    assert "商家已下單" in chinese


def test_the_snapshot_is_what_the_api_says(house: House) -> None:
    _, path = link_of(house)
    text = house.client.get(path).text
    found = re.search(r'id="snapshot">(.*?)</script>', text, re.DOTALL)
    assert found
    assert json.loads(found[1]) == house.client.get("/v1/track/" + path.rpartition("/")[2]).json()


def test_nothing_a_stranger_wrote_becomes_markup(house: House) -> None:
    merchant_id = house.made("/v1/merchants", {"name": SCRIPT})["id"]
    headers = house.key_of(merchant_id)
    made = house.made("/v1/shipments", house.order(), headers)
    text = house.client.get("/t/" + made["tracking_url"].rpartition("/t/")[2]).text
    assert "alert(1)" in text
    assert SCRIPT not in text
    assert text.count("</script>") == text.count("<script")


def test_the_page_is_kept_by_nobody_and_loads_nothing_from_elsewhere(house: House) -> None:
    _, path = link_of(house)
    headers = house.client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "connect-src 'self' ws://127.0.0.1:8001;" in policy
    assert {word for word in policy.split() if "//" in word} == {"ws://127.0.0.1:8001;"}


def test_a_link_that_shows_nothing_says_so_kindly(house: House) -> None:
    answer = house.client.get("/t/nope", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 404
    assert "这个链接没有内容" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_the_built_screen_is_filled_in(sqlite_house: House, tmp_path: Path) -> None:
    shell = '<!doctype html><html lang="en"><main><!--story--></main><script id="snapshot"><!--snapshot--></script>'
    (tmp_path / "track.html").write_text(shell)
    (tmp_path / "lookup.html").write_text("<!doctype html>find it")
    object.__setattr__(sqlite_house.ctx.settings, "web_dir", tmp_path)
    _, path = link_of(sqlite_house)
    text = sqlite_house.client.get(path).text
    assert text.startswith('<!doctype html><html lang="zh-CN"><main><article class="told">')
    assert "<!--" not in text
    assert "find it" in sqlite_house.client.get("/track").text


@pytest.mark.parametrize(
    ("language", "end", "said"),
    [
        ("en", "2026-11-24T14:40:00+08:00", "24 Nov, 14:10–14:40"),
        ("zh-CN", "2026-11-24T14:40:00+08:00", "11月24日 14:10–14:40"),
        ("en", "2026-11-25T01:00:00+08:00", "24 Nov, 14:10 – 25 Nov, 01:00"),
    ],
)
def test_a_window_names_its_day_first(language: str, end: str, said: str) -> None:
    span = {"start": "2026-11-24T14:10:00+08:00", "end": end}
    assert page.window_text(span, "Asia/Shanghai", language) == said
