"""The API's description is what the code says, complete, and valid for those who generate clients from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from logistics.app import close_context, create_app
from logistics.kit.edge.context import Settings

FILE = Path(__file__).parents[1] / "docs" / "api" / "openapi.json"
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('api') / 'x.db'}"), work=False)
    told: dict[str, Any] = app.openapi()
    close_context(app.state.context)
    return told


def operations(described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_the_file_is_what_the_code_says(described: dict[str, Any]) -> None:
    assert json.loads(FILE.read_text(encoding="utf-8")) == json.loads(json.dumps(described)), (
        "docs/api/openapi.json has drifted: write it anew with `python -m logistics.cli openapi`"
    )


def test_it_is_openapi_3_1_with_the_messages_we_send(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert {"shipment.created", "shipment.status_changed", "cod.remitted"} <= set(described["webhooks"])


def test_every_operation_says_what_it_does_and_what_it_refuses(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        assert operation.get("summary"), name
        assert operation.get("description"), name
        takes_something = "requestBody" in operation or operation.get("parameters")
        refusals = {status for status in operation["responses"] if status.startswith("4")}
        assert refusals or not takes_something, f"{name} names no refusal"


def test_refusals_are_problem_documents(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        for status, answer in operation["responses"].items():
            if status.startswith("4"):
                assert "application/problem+json" in answer.get("content", {}), f"{name} {status}"
