"""Taking on shipments over HTTP: one, many, a file; again; by another merchant; wrongly."""

from __future__ import annotations

import hashlib
import io
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import openpyxl
import pytest

from logistics.shipments.edge import store
from logistics.shipments.edge.schemas import ShipmentIn
from tests.living import House

CSV = """order_ref,name,phone,address,lat,lon,weight_g,cod
F1,李四,13900139000,somewhere,30.1,120.2,700,12.50
F2,,13900139000,somewhere,30.1,999,x,12.505
"""


def test_a_shipment_is_taken_on_and_shown(house: House) -> None:
    made = house.shipment(cod_due={"amount_minor": 12800, "currency": "CNY"})
    shown = house.get(f"/v1/shipments/{made['id']}", house.merchant)
    assert shown["cod_due"] == {"amount_minor": 12800, "currency": "CNY"}
    assert [parcel["label"] for parcel in shown["parcels"]] == [f"{made['tracking_no']}-1"]
    assert "/t/" in made["tracking_url"]
    assert shown["tracking_url"] is None


def test_the_same_key_gets_the_same_answer_and_makes_one_shipment(house: House) -> None:
    headers = {**house.merchant, "Idempotency-Key": "k-1"}
    order = house.order()
    first = house.client.post("/v1/shipments", json=order, headers=headers)
    again = house.client.post("/v1/shipments", json=order, headers=headers)
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    other = house.client.post("/v1/shipments", json=house.order(), headers=headers)
    assert other.status_code == 422
    assert len(house.get("/v1/shipments", house.merchant)["items"]) == 1


def test_after_24_hours_a_key_is_free_again(house: House) -> None:
    headers = {**house.merchant, "Idempotency-Key": "k-1"}
    first = house.client.post("/v1/shipments", json=house.order(), headers=headers).json()
    house.clock.advance(hours=24, seconds=1)
    second = house.client.post("/v1/shipments", json=house.order(), headers=headers).json()
    assert second["id"] != first["id"]


def test_many_at_once_under_one_key_make_one_shipment(house: House) -> None:
    order = house.order()
    headers = {**house.merchant, "Idempotency-Key": "race"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: house.client.post("/v1/shipments", json=order, headers=headers), range(8)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len(house.get("/v1/shipments", house.merchant)["items"]) == 1


def test_without_a_key_nothing_is_made(house: House) -> None:
    answer = house.client.post("/v1/shipments", json=house.order(), headers=house.merchant)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert house.get("/v1/shipments", house.merchant)["items"] == []


def test_the_same_order_is_the_same_shipment_and_another_content_is_refused(house: House) -> None:
    order = house.order()
    first = house.made("/v1/shipments", order, house.merchant)
    assert house.made("/v1/shipments", order, house.merchant)["id"] == first["id"]
    refused = house.post("/v1/shipments", {**order, "note": "ring twice"}, house.merchant)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:logistics:problem:order_ref_taken")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"parcels": []}, "parcels"),
        ({"parcels": [{"weight_g": "much"}]}, "parcels[0].weight_g"),
        ({"cod_due": {"amount_minor": 1, "currency": "EUR"}}, "cod_due.currency"),
        ({"window": {"start": "2026-11-24T12:00:00+08:00", "end": "2026-11-24T10:00:00+08:00"}}, "window.end"),
        ({"window": {"start": "2026-11-24T12:00:00", "end": "2026-11-24T13:00:00"}}, "window.start"),
        ({"colour": "red"}, "colour"),
        ({"deliver_on": "2020-01-01"}, "deliver_on"),
        ({"mode": "pickup"}, "consents"),
        ({"skills": ["lift;cold"]}, "skills[0]"),
        ({"priority": 10}, "priority"),
        ({"other_windows": [{"start": "2026-11-24T12:00:00+08:00", "end": "2026-11-24T13:00:00+08:00"}]}, "window"),
    ],
)
def test_what_is_wrong_is_named(sqlite_house: House, change: dict[str, Any], field: str) -> None:
    answer = sqlite_house.post("/v1/shipments", sqlite_house.order(**change), sqlite_house.merchant)
    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert sqlite_house.get("/v1/shipments", sqlite_house.merchant)["items"] == []


def test_what_an_order_asks_of_its_vehicle_is_kept(house: House) -> None:
    windows = [{"start": f"2026-11-24T0{hour}:00:00Z", "end": f"2026-11-24T0{hour + 1}:00:00Z"} for hour in (2, 6)]
    made = house.shipment(skills=["Tail Lift", "cold"], priority=3, window=windows[0], other_windows=windows[1:])
    shown = house.get(f"/v1/shipments/{made['id']}", house.merchant)
    assert (shown["skills"], shown["priority"]) == (["tail lift", "cold"], 3)
    assert shown["other_windows"] == windows[1:]


def test_an_order_without_what_was_added_later_is_still_the_same(sqlite_house: House) -> None:
    """It was hashed in the days when a draft ended with its note; sent again today it is known."""
    order = sqlite_house.order()
    first = sqlite_house.made("/v1/shipments", order, sqlite_house.merchant)
    draft = ShipmentIn.model_validate(order).to_draft()
    old = msgspec.to_builtins(draft)
    for name in ("other_windows", "skills", "priority"):
        old.pop(name)
    with sqlite_house.ctx.db.reading() as session:
        kept = store.get_shipment(session, first["id"]).content_hash
    assert kept == hashlib.sha256(msgspec.json.encode(old)).hexdigest()
    assert sqlite_house.post("/v1/shipments", {**order, "priority": 1}, sqlite_house.merchant).status_code == 409


def test_a_body_that_is_no_json_is_a_refusal(sqlite_house: House) -> None:
    headers = {**sqlite_house.merchant, "Idempotency-Key": "x", "Content-Type": "application/json"}
    answer = sqlite_house.client.post("/v1/shipments", content=b"{nope", headers=headers)
    assert answer.status_code == 422


def test_a_batch_takes_what_is_good_and_answers_the_rest(house: House) -> None:
    good, bad = house.order(), house.order(cod_due={"amount_minor": 1, "currency": "EUR"})
    first = house.made("/v1/shipments/batch", {"shipments": [good, bad, good]}, house.merchant)
    assert [row["status"] for row in first["results"]] == ["created", "rejected", "duplicate"]
    assert first["results"][1]["errors"][0]["field"] == "cod_due.currency"
    again = house.made("/v1/shipments/batch", {"shipments": [good]}, house.merchant)
    assert (again["created"], again["duplicates"]) == (0, 1)


def send_file(house: House, content: bytes, **query: str) -> dict[str, Any]:
    files = {"file": ("orders", content)}
    answer = house.client.post("/v1/shipments/import", params=query, files=files, headers=house.merchant)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_a_file_is_taken_row_by_row_and_can_be_sent_again(house: House) -> None:
    dry = send_file(house, CSV.encode(), dry_run="true")
    assert (dry["created"], dry["rejected"]) == (1, 1)
    assert house.get("/v1/shipments", house.merchant)["items"] == []
    first = send_file(house, CSV.encode())
    assert (first["created"], first["rejected"]) == (1, 1)
    assert {error["field"] for error in first["results"][1]["errors"]} == {"name", "lon", "weight_g", "cod"}
    again = send_file(house, ("\ufeff" + CSV).encode("gb18030"))
    assert (again["created"], again["duplicates"]) == (0, 1)


def test_a_spreadsheet_is_read_like_a_table(sqlite_house: House) -> None:
    book = openpyxl.Workbook()
    for row in (["订单号", "收件人", "电话", "地址", "重量"], ["X1", "李四", 13900139000, "文三路", 700]):
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    assert send_file(sqlite_house, content.getvalue())["created"] == 1
    assert sqlite_house.get("/v1/shipments", sqlite_house.merchant)["items"][0]["recipient"]["phone"] == "13900139000"


def test_an_unknown_field_in_a_file_is_answered_with_those_there_are(sqlite_house: House) -> None:
    order = sqlite_house.order()
    order["recipient"]["fax"] = "1"
    (row,) = send_file(sqlite_house, json.dumps([order]).encode())["results"]
    (error,) = row["errors"]
    assert error["field"] == "recipient.fax"
    assert error["expected"].split(", ")[:3] == ["name", "phone", "address"]


def test_a_delivery_file_is_taken_whole(sqlite_house: House) -> None:
    place = {"id": "p", "point": {"lat": -22.9, "lng": -43.2}, "size": 3}
    content = json.dumps({"name": "rio", "origin": {}, "deliveries": [place, place]}).encode()
    assert send_file(sqlite_house, content)["created"] == 2
    assert send_file(sqlite_house, content)["duplicates"] == 2


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00\x01\x81", CSV.encode("utf-16-le"), b"{", b"PK\x03\x04 broken", b'{"a": 1}']
)
def test_a_file_nobody_can_read_is_refused(sqlite_house: House, content: bytes) -> None:
    files = {"file": ("orders", content)}
    answer = sqlite_house.client.post("/v1/shipments/import", files=files, headers=sqlite_house.merchant)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


def test_another_merchant_sees_and_changes_nothing(house: House) -> None:
    mine = house.shipment()
    other = house.key_of(house.made("/v1/merchants", {"name": "Red Shop"})["id"])
    assert house.get("/v1/shipments", other)["items"] == []
    for method, path in (("GET", ""), ("POST", "/cancel"), ("POST", "/consents"), ("POST", "/links")):
        body = {"reason": "x"} if path == "/cancel" else {"kind": "store"}
        answer = house.client.request(
            method, f"/v1/shipments/{mine['id']}{path}", json=body if method == "POST" else None, headers=other
        )
        assert answer.status_code == 404, path
    refused = house.client.get(f"/v1/shipments?merchant_id={house.merchant_id}", headers=other)
    assert refused.json()["items"] == []


def test_a_list_is_paged_without_gap_or_double(house: House) -> None:
    made = [house.shipment()["id"] for _ in range(5)]
    seen, cursor = [], ""
    while True:
        page = house.get(f"/v1/shipments?limit=2{cursor and f'&cursor={cursor}'}", house.merchant)
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == made[::-1]


def test_search_takes_wildcards_literally(house: House) -> None:
    house.shipment(order_ref="50%_off")
    house.shipment(order_ref="500 off")
    found = house.get("/v1/shipments?q=0%25_o", house.merchant)["items"]
    assert [item["order_ref"] for item in found] == ["50%_off"]


def test_cancelling_ends_a_shipment_once(house: House) -> None:
    made = house.shipment()
    done = house.made(f"/v1/shipments/{made['id']}/cancel", {"reason": "sold out"}, house.merchant)
    assert done["state"] == "cancelled"
    again = house.post(f"/v1/shipments/{made['id']}/cancel", {"reason": "sold out"}, house.merchant)
    assert again.status_code == 409


def test_the_newest_word_on_a_consent_counts(house: House) -> None:
    made = house.shipment(consents=[{"kind": "store"}])
    house.made(f"/v1/shipments/{made['id']}/consents", {"kind": "store", "granted": False, "channel": "phone"})
    words = house.get(f"/v1/shipments/{made['id']}/consents", house.merchant)
    assert [word["granted"] for word in words] == [True, False]


def test_every_change_is_in_the_audit(house: House) -> None:
    house.shipment()
    newest = house.get("/v1/audit?limit=1")["items"][0]
    assert (newest["action"], newest["role"], newest["name"]) == ("POST /v1/shipments", "merchant", "test")
