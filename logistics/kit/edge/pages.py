"""The web pages as files: doors, assets and map, with the headers that keep strangers' scripts out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from logistics.kit.edge.context import Settings

DOORS = {"/": "index.html", "/login": "login.html", "/dispatch": "dispatch.html", "/merchant": "merchant.html"}
NOT_BUILT = "<!doctype html><title>Not built</title><p>The pages are not built: run <code>python3 run.py setup</code>."
YEAR_S = 31_536_000


def headers(settings: Settings) -> dict[str, str]:
    """Return the headers of a page: only our own scripts, styles and pictures, and the live feed's socket."""
    feed = urlsplit(settings.feed_url)
    # MapLibre's worker and pictures come as blobs of our own making.
    policy = (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        f"connect-src 'self' {feed.scheme}://{feed.netloc}; worker-src 'self' blob:; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
        "Cache-Control": "no-cache",
    }


def mount(app: FastAPI, settings: Settings) -> None:
    """Serve the doors, the built assets and the map's files."""
    for path, name in DOORS.items():
        app.add_api_route(path, _door(settings, name), include_in_schema=False, methods=["GET", "HEAD"])
    assets = settings.web_dir / "assets"
    if assets.is_dir():
        app.mount("/assets", Assets(directory=assets), name="assets")
    if settings.map_dir and settings.map_dir.is_dir():
        app.mount("/map", StaticFiles(directory=settings.map_dir), name="map")


class Assets(StaticFiles):
    """Built files carry their content's hash in their names: a browser may keep them for good."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """Serve a file, to be kept."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # handed through unchanged
        response.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _door(settings: Settings, name: str) -> Callable[[Request], Response]:
    file: Path = settings.web_dir / name

    def door(request: Request) -> Response:
        del request  # each door is one file; the page itself reads the address
        if not file.is_file():
            return HTMLResponse(NOT_BUILT, 503)
        return FileResponse(file, headers=headers(settings))

    return door
