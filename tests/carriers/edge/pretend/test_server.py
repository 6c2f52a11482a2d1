from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from logistics.carriers.edge.pretend.desk import Desk, Manner
from logistics.carriers.edge.pretend.server import create_app
from tests.builders import NOON

ORDER = {"reference": "con_1", "recipient": {"name": "<b>王芳"}, "weight_g": 500}


@pytest.fixture
def client() -> TestClient:
    desk = Desk(None, Manner(salt="s"))
    desk.advance(NOON)
    return TestClient(create_app(desk), headers={"Authorization": "Bearer s"})


def test_a_carriage_from_order_to_money(client: TestClient) -> None:
    cod = {"amount_minor": 700, "currency": "CNY"}
    booked = client.post("/waybills", json=ORDER | {"cod": cod})
    assert booked.status_code == 201
    assert client.post("/waybills", json=ORDER | {"cod": cod}).status_code == 200
    waybill_no = booked.json()["waybill_no"]
    assert client.put(f"/waybills/{waybill_no}/fate", json={"fate": "delivered"}).status_code == 200
    assert client.post("/scans", json={"waybill_nos": [waybill_no, "PC0"]}).json() == {
        "taken": [waybill_no], "unknown": ["PC0"],
    }  # fmt: skip
    moved = client.put("/clock", json={"now": (NOON + timedelta(days=3)).isoformat()}).json()
    assert moved["waybills"] == 1
    assert client.get(f"/waybills/{waybill_no}").json()["events"][-1]["code"] == "DLV"
    assert client.get("/cod").json()["lines"][0]["amount"] == cod
    assert client.post("/cod/remittances").json()["lines"] == [{"waybill_no": waybill_no, "amount": cod}]
    assert len(client.get("/cod/remittances").json()["remittances"]) == 1
    assert client.get("/clock").json()["now"] >= (NOON + timedelta(days=3)).isoformat()


def test_strangers_are_not_known(client: TestClient) -> None:
    assert client.get("/clock", headers={"Authorization": "Bearer x"}).status_code == 401


def test_an_order_without_weight_is_refused(client: TestClient) -> None:
    assert client.post("/waybills", json=ORDER | {"weight_g": 0}).status_code == 422


def test_a_label_shows_names_as_text(client: TestClient) -> None:
    waybill_no = client.post("/waybills", json=ORDER).json()["waybill_no"]
    assert "&lt;b&gt;王芳" in client.get(f"/waybills/{waybill_no}/label").text


def test_calling_off_ends_the_story(client: TestClient) -> None:
    waybill_no = client.post("/waybills", json=ORDER).json()["waybill_no"]
    assert client.post(f"/waybills/{waybill_no}/cancel").json()["events"][-1]["code"] == "CXL"
    assert client.get("/waybills/PC0").status_code == 404
