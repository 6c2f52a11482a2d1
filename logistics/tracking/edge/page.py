"""The buyer's page as the server writes it: complete without scripts, kept by nobody, found by no search engine."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from fastapi.responses import HTMLResponse

from logistics.kit.edge import pages
from logistics.kit.edge.context import Context, Settings
from logistics.kit.errors import Gone, NotFound
from logistics.kit.money import Money
from logistics.tracking.edge import links, view
from logistics.tracking.edge.cursor import epoch_of
from logistics.tracking.edge.socket import addresses
from logistics.tracking.privacy import Disclosure
from logistics.tracking.words import LANGUAGES, say

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
STORY, SNAPSHOT, LANG = "<!--story-->", "<!--snapshot-->", '<html lang="en">'
# Without the built screens the page still tells the story.
BARE = f"""<!doctype html>{LANG}<head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow"><title>Your parcel</title></head>
<body><main id="story">{STORY}</main><script type="application/json" id="snapshot">{SNAPSHOT}</script></body></html>"""
TIME_FORMATS = {"en": "{0.day} {0:%b}, {0:%H:%M}", "zh-CN": "{0.month}月{0.day}日 {0:%H:%M}"}


def show(ctx: Context, token: str, language: str) -> HTMLResponse:
    """Return the page of a link; a friendly one (404 or 410) when it shows nothing."""
    now = ctx.clock.now()
    try:
        with ctx.db.reading() as session:
            row = links.open_link(session, token, now=now)
            language = language or row.locale
            facts = view.read(session, row.id, now=now).facts
    except (NotFound, Gone) as refusal:
        return _page(ctx.settings, _gone(language), "null", language, refusal.status)
    told = view.told(facts, Disclosure.FULL, epoch_of(ctx.db), now=now)
    feed = msgspec.json.decode(addresses(ctx, token))
    return _page(ctx.settings, story_of(told, language), script_safe({**told, "feed": feed}), language, 200)


def lookup(ctx: Context) -> HTMLResponse:
    """Return the page on which a parcel is looked up by its number."""
    file = ctx.settings.web_dir / "lookup.html"
    text = file.read_text(encoding="utf-8") if file.is_file() else pages.NOT_BUILT
    return HTMLResponse(text, 200 if file.is_file() else 503, headers=_headers(ctx.settings))


def language_of(asked: str, accepted: str) -> str:
    """Return the language asked for, or the first accepted one we have; empty if there is none of ours.

    Traditional characters are meant by TW, HK, MO and Hant, simplified ones by any other Chinese.
    """
    for wish in (asked, *accepted.split(",")):
        name = wish.partition(";")[0].strip().lower()
        if name.startswith("zh"):
            traditional = {"tw", "hk", "mo", "hant"} & set(name.replace("_", "-").split("-"))
            return "zh-TW" if traditional else "zh-CN"
        if name.startswith("en"):
            return "en"
    return ""


def script_safe(told: object) -> str:
    """Write JSON that can stand in a page: nothing in it can end its element."""
    text = msgspec.json.encode(told).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def story_of(told: dict[str, Any], language: str) -> str:
    """Write the answer and the story as plain HTML; everything in it is escaped."""
    clock = _Clock(told["time_zone"], language)
    parts = [
        f'<p class="shop">{escape(told["merchant_name"] or "")}</p>',
        f"<h1>{escape(_answer(told, clock, language))}</h1>",
        *(f"<p>{escape(line)}</p>" for line in _lines(told, language)),
        *_pickup(told["pickup"], clock, language),
        f"<h2>{escape(say('story', language))}</h2>",
        f"<ol>{''.join(_item(line, clock, language) for line in reversed(told['timeline']))}</ol>",
        f"<footer>{escape(_footer(told, clock, language))}</footer>",
    ]
    return f'<article class="told">{"".join(parts)}</article>'


def window_text(span: dict[str, str], time_zone: str, language: str) -> str:
    """Say a window in the place's own time: the day first, and once if it is one day."""
    return _Clock(time_zone, language).window(span)


def _footer(told: dict[str, Any], clock: _Clock, language: str) -> str:
    number = say("number", language, number=told["tracking_no"])
    return f"{number} · {say('as_of', language, time=clock.moment(told['as_of']))}"


class _Clock:
    """Says moments as a person at the place of delivery does."""

    def __init__(self, time_zone: str, language: str) -> None:
        self._zone = ZoneInfo(time_zone)
        self._format = TIME_FORMATS.get("en" if language == "en" else "zh-CN", TIME_FORMATS["en"])

    def moment(self, text: str) -> str:
        return self._format.format(self._local(text))

    def window(self, span: dict[str, str]) -> str:
        start, end = self._local(span["start"]), self._local(span["end"])
        if start.date() == end.date():
            return f"{self.moment(span['start'])}–{end:%H:%M}"
        return f"{self.moment(span['start'])} – {self.moment(span['end'])}"

    def _local(self, text: str) -> datetime:
        return datetime.fromisoformat(text).astimezone(self._zone)


def _answer(told: dict[str, Any], clock: _Clock, language: str) -> str:
    span = told["eta"] or told["promise"]
    if span and told["status"] in {"pending", "picked_up", "in_transit", "out_for_delivery"}:
        return clock.window(span)
    return say(told["headline_key"], language, status=told["status"])


def _lines(told: dict[str, Any], language: str) -> list[str]:
    lines = [say(told["headline_key"], language, status=told["status"])]
    stops = told["stops_before"]
    if stops:
        lines.append(say("stops_before.1" if stops == 1 else "stops_before", language, count=stops))
    if told["cod"]:
        due = told["cod"]["due"]
        money = Money(due["amount_minor"], due["currency"])
        lines.append(say("paid" if told["cod"]["paid"] else "to_pay", language, money=money))
    return lines


def _pickup(pickup: dict[str, Any] | None, clock: _Clock, language: str) -> list[str]:
    if not pickup:
        return []
    parts = [f"<p>{escape(pickup['site_name'])}, {escape(pickup['address'])}</p>"]
    if pickup["code"]:
        parts.append(f'<p>{escape(say("code", language))}</p><p class="code">{escape(pickup["code"])}</p>')
    if pickup["code"] and pickup["keep_until"]:
        kept = say("keep_until", language, time=clock.moment(pickup["keep_until"]))
        parts.append(f"<p>{escape(kept)}</p>")
    return parts


def _item(line: dict[str, Any], clock: _Clock, language: str) -> str:
    words = say(line["key"], language, status=line["status"])
    place = f", {line['place']}" if line["place"] else ""
    when = f'<time datetime="{escape(line["at"])}">{escape(clock.moment(line["at"]))}</time>'
    return f"<li>{when}<span>{escape(words + place)}</span></li>"


def _gone(language: str) -> str:
    title, rest = say("gone", language), say("gone.rest", language)
    return f'<article class="told"><h1>{escape(title)}</h1><p>{escape(rest)}</p></article>'


def _page(settings: Settings, story: str, snapshot: str, language: str, status: int) -> HTMLResponse:
    file = settings.web_dir / "track.html"
    shell = file.read_text(encoding="utf-8") if file.is_file() else BARE
    language = language if language in LANGUAGES else LANGUAGES[0]
    for mark, text in ((LANG, f'<html lang="{language}">'), (STORY, story), (SNAPSHOT, snapshot)):
        head, _, shell_rest = shell.partition(mark)
        shell = head + text + shell_rest if shell_rest else shell
    return HTMLResponse(shell, status, headers=_headers(settings))


def _headers(settings: Settings) -> dict[str, str]:
    return {**pages.headers(settings), **PRIVATE}
