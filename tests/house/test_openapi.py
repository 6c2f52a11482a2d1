"""The API's description is what the code does, says it in words, and names what can go wrong and what we send."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from logistics.app import close_context, create_app
from logistics.kit.edge.context import Settings
from logistics.webhooks.payloads import TYPES
from tests.house.source import ROOT

FILE = ROOT / "docs" / "api" / "openapi.json"
METHODS = {"get", "put", "post", "delete", "patch"}
HOW = "run `.venv/bin/python -m logistics.cli openapi > docs/api/openapi.json`, then `npm run types` in web/"


NO_JSON = {
    "GET /v1/track/{token}/events": "a stream of server-sent events",
    "GET /v1/plans/{plan_id}/events": "a stream of server-sent events",
    "GET /v1/runs/{run_id}/attempts/{attempt_id}/proof": "a picture",
}


@cache
def described() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, item in described()["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


every_operation = pytest.mark.parametrize(
    "operation", [operation for _, operation in operations()], ids=[name for name, _ in operations()]
)


def test_the_description_is_what_the_code_does(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}"), work=False)
    now = json.loads(json.dumps(app.openapi()))
    close_context(app.state.context)
    assert described() == now, HOW


def test_it_is_openapi_3_1_and_large_enough_to_be_true() -> None:
    assert described()["openapi"].startswith("3.1")
    assert len(operations()) > 50


def test_the_messages_we_send_are_described() -> None:
    assert set(TYPES) <= set(described()["webhooks"])


@every_operation
def test_each_operation_says_what_it_does(operation: dict[str, Any]) -> None:
    assert operation.get("description") or len(operation.get("summary", "").split()) > 2


@every_operation
def test_each_refusal_is_a_problem_document(operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if status.startswith(("4", "5")):
            assert "application/problem+json" in answer.get("content", {}), f"{status} is described as something else"


@pytest.mark.parametrize(
    "operation",
    [operation for name, operation in operations() if name not in NO_JSON],
    ids=[name for name, _ in operations() if name not in NO_JSON],
)
def test_each_answer_has_a_shape(operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if status.startswith("2") and status != "204":
            shapes = [content.get("schema", {}) for content in answer.get("content", {}).values()]
            assert shapes, f"{status}: what comes back?"
            assert all(shape != {} for shape in shapes), f"{status}: the shape says nothing"
