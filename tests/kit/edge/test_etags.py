from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from logistics.kit.edge.etags import Seen
from logistics.kit.errors import Invalid

app = FastAPI()


@app.put("/thing")
def change(version: Seen) -> int:
    return version


@pytest.mark.parametrize(
    ("tag", "version"), [('"3"', 3), ('W/"3"', 3), ("3", 3), ('"0"', 0), ('"' + "9" * 18 + '"', 10**18 - 1)]
)
def test_the_version_that_was_read_comes_back(tag: str, version: int) -> None:
    assert TestClient(app).put("/thing", headers={"If-Match": tag}).json() == version


@pytest.mark.parametrize("tag", ["", "*", '"x"', '"-1"', '"1", "2"', '"' + "9" * 19 + '"', '"' + "9" * 5_000 + '"'])
def test_what_is_no_version_is_named(tag: str) -> None:
    with pytest.raises(Invalid, match="If-Match"):
        TestClient(app).put("/thing", headers={"If-Match": tag})


def test_nothing_is_changed_unseen() -> None:
    assert TestClient(app).put("/thing").json()["detail"][0]["loc"] == ["header", "If-Match"]
