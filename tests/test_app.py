from __future__ import annotations

from fastapi.testclient import TestClient

from logistics import wiring
from logistics.app import create_app, working
from logistics.kit.edge.clock import AnchoredClock, SystemClock
from logistics.kit.edge.context import Settings
from logistics.kit.edge.db import Database


def settings(database: Database) -> Settings:
    return Settings(database_url=database.url, feed_port=0)


def test_a_process_with_routes_begins_and_ends(sqlite_database: Database) -> None:
    app = create_app(settings(sqlite_database))
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
        assert app.state.context.stops, "what works in the background can be stopped"
    assert not app.state.context.stops


def test_a_process_without_routes_works_too(sqlite_database: Database) -> None:
    with working(settings(sqlite_database)) as ctx:
        assert len(ctx.stops) >= 2 + len(wiring.WORKERS)
    assert not ctx.stops


def test_the_clock_is_simulated_only_where_the_settings_say_so(sqlite_database: Database) -> None:
    real = create_app(settings(sqlite_database), work=False).state.context
    assert isinstance(real.clock, SystemClock)
    assert real.db.clock is real.clock
    simulated = create_app(Settings(database_url=sqlite_database.url, clock_anchored=True), work=False).state.context
    assert isinstance(simulated.clock, AnchoredClock)


def test_every_job_names_a_function() -> None:
    for name, (every_s, path) in wiring.JOBS.items():
        module, _, function = path.partition(":")
        assert every_s > 0, name
        assert callable(getattr(__import__(module, fromlist=[function]), function)), name
