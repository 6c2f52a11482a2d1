from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from logistics.kit.edge import pages
from logistics.kit.edge.context import Settings


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    web, maps = tmp_path / "dist", tmp_path / "map"
    (web / "assets").mkdir(parents=True)
    maps.mkdir()
    for name in pages.DOORS.values():
        (web / name).write_text(f"<title>{name}</title>")
    (web / "assets" / "app-1a2b.js").write_text("1")
    (maps / "city.pmtiles").write_bytes(b"0123456789")
    app = FastAPI()
    pages.mount(app, Settings(web_dir=web, map_dir=maps, feed_url="wss://feed.example/v1/feed"))
    return TestClient(app)


@pytest.mark.parametrize("path", pages.DOORS)
def test_each_door_opens_and_lets_no_stranger_in(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert pages.DOORS[path] in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "wss://feed.example" in policy
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_built_files_may_be_kept_for_good(client: TestClient) -> None:
    assert "immutable" in client.get("/assets/app-1a2b.js").headers["Cache-Control"]


def test_the_map_is_read_in_pieces(client: TestClient) -> None:
    answer = client.get("/map/city.pmtiles", headers={"Range": "bytes=2-4"})
    assert answer.status_code == 206
    assert answer.content == b"234"


@pytest.mark.parametrize("path", ["/assets/../index.html", "/assets/%2e%2e/%2e%2e/secret", "/map/../dist/index.html"])
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pages_that_are_not_built_say_so(tmp_path: Path) -> None:
    app = FastAPI()
    pages.mount(app, Settings(web_dir=tmp_path))
    answer = TestClient(app).get("/")
    assert answer.status_code == 503
    assert "run.py setup" in answer.text
