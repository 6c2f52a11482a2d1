"""Some things are done in one file each, so that they can be found, tested and replaced."""

from __future__ import annotations

import ast

import pytest

from tests.house.source import Source, sources

# What is done -> in which files; everywhere else it is found by this test.
CALLS = {
    "datetime.now": {"logistics/kit/edge/clock.py"},
    "datetime.utcnow": set[str](),
    "datetime.today": set[str](),
    "date.today": set[str](),
    "time.time": set[str](),
    "time.monotonic": {"logistics/kit/edge/clock.py"},
    "time.perf_counter": {"logistics/kit/edge/clock.py"},
    "uuid.uuid4": set[str](),
    "random.random": set[str](),
    "os.environ": {"logistics/settings.py"},
    "os.getenv": {"logistics/settings.py"},
    "httpx.Client": {"logistics/kit/edge/http_client.py"},
    "httpx.AsyncClient": set[str](),
    "aiohttp.TCPConnector": {"logistics/kit/edge/egress.py"},
    "requests.get": set[str](),
    "create_engine": {"logistics/kit/edge/db.py"},
}
IMPORTS = {
    "ortools": {
        "logistics/routing/edge/ortools_nodes.py",
        "logistics/routing/edge/ortools_solver.py",
        "logistics/routing/edge/ortools_master.py",
    },
    "pyvrp": {"logistics/routing/edge/pyvrp_solver.py"},
    "dask": set[str](),
    "distributed": {"logistics/routing/edge/dask_executor.py"},
    "apscheduler": {"logistics/kit/edge/scheduler.py"},
    "httpx": {"logistics/kit/edge/http_client.py"},
    "nats": {"logistics/kit/edge/bus.py"},
    "geopy": {"logistics/routing/edge/matrix_source.py", "logistics/routing/edge/geodesic.py"},
    "argon2": {"logistics/access/edge/secrets.py"},
    "urllib.request": set[str](),
    "requests": set[str](),
    "sqlite3": {"logistics/kit/edge/db.py"},
}


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` as it is written, for names and attributes."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def mentions(source: Source, what: str) -> bool:
    """Tell whether the file mentions ``what`` or the same under a longer name (``datetime.datetime.now``)."""
    return any(
        f".{dotted(node)}".endswith(f".{what}")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute | ast.Name)
    )


@pytest.mark.parametrize("what", CALLS)
def test_this_is_done_in_one_room(what: str) -> None:
    elsewhere = [source.name for source in sources() if mentions(source, what) and source.name not in CALLS[what]]
    assert not elsewhere, f"{what} belongs into {CALLS[what] or 'no file'}"


@pytest.mark.parametrize("library", IMPORTS)
def test_this_is_imported_in_one_room(library: str) -> None:
    elsewhere = [
        source.name
        for source in sources()
        if any(f"{name}.".startswith(f"{library}.") for name in source.imports())
        and source.name not in IMPORTS[library]
    ]
    assert not elsewhere, f"{library} belongs into {IMPORTS[library] or 'no file'}"


def test_the_test_itself_would_notice() -> None:
    tree = ast.parse("import datetime\nnow = datetime.datetime.now()")
    assert any(dotted(node) == "datetime.datetime.now" for node in ast.walk(tree))
