"""The description of each message is the message."""

import json
from typing import Any

import pytest
from fastapi import FastAPI

from logistics.kit.news import News
from logistics.webhooks.edge.described import DATA, Message, describe
from logistics.webhooks.payloads import ENTRIES, TEST_TYPE, TYPES, Entry, body_of
from tests.webhooks.test_payloads import sample


def test_every_type_is_described() -> None:
    assert set(DATA) == {*TYPES, TEST_TYPE}
    app = FastAPI()
    describe(app)
    described = app.openapi()["webhooks"]
    assert set(described) == set(DATA)
    body = described["cod.taken"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/Message_CodTakenData_"}


@pytest.mark.parametrize("name", [name for name, entry in ENTRIES.items() if isinstance(entry, Entry)])
def test_a_message_is_as_described(name: str) -> None:
    entry = ENTRIES[name]
    assert isinstance(entry, Entry)
    body = body_of(entry, sample(News.kinds[name]))
    model: Any = DATA[entry.type]
    data = model.model_validate(json.loads(body)["data"])  # unknown and missing fields are refused
    assert Message[model].model_validate_json(body).data == data
