"""A shipment's stay at a store, over HTTP."""

from __future__ import annotations

from typing import Any

from logistics.pickup.edge import handlers, store
from logistics.pickup.edge.tables import StayRow
from tests.delivery.stage import Day, code_of, labels, money


def stay(day: Day, shipment: dict[str, Any]) -> StayRow:
    with day.house.ctx.db.reading() as session:
        row = store.find_stay(session, shipment["id"])
    assert row is not None
    return row


def cash(amount: int, means: str = "cash") -> dict[str, Any]:
    return {"cash": {"amount": money(amount), "means": means}}


def room(day: Day) -> int:
    (place,) = day.house.get("/v1/service-points?lat=30.27&lon=120.15")
    return int(place["room"])


def test_a_shipment_is_ready_with_its_last_parcel(day: Day) -> None:
    made = day.shipment(parcels=2)
    day.underway(store=[made])
    day.ok(day.attempt(made, "handed_over"))
    one, two = labels([made])
    first = day.ok(day.store("arrivals", {"labels": [one, one], "shelf": "A1"}))
    assert (first["stored"], first["ready"]) == ([one], [])
    assert (stay(day, made).state, stay(day, made).code) == ("arriving", "")
    second = day.ok(day.store("arrivals", {"labels": [one, two], "shelf": "B2"}))
    assert second["ready"] == [made["id"]]
    row = stay(day, made)
    assert len(row.code) == 6
    # three days on which the store is open, until it closes: 2026-11-27 22:00 in Shanghai
    assert row.keep_until is not None
    assert row.keep_until.isoformat() == "2026-11-27T14:00:00+00:00"
    assert day.state(made) == "waiting"
    assert day.news(made)[-2:] == ["ArrivedAtServicePoint", "ReadyForPickup"]
    (seen,) = day.house.get(f"/v1/service-points/{day.house.store_id}/parcels", day.till)["items"]
    assert [parcel["shelf"] for parcel in seen["parcels"]] == ["A1", "B2"]
    assert row.code not in str(seen)


def test_who_brings_the_code_gets_the_parcel_for_the_money(day: Day) -> None:
    made = day.waiting(cod=500)
    code = stay(day, made).code
    assert code_of(day.store("handovers", {"code": code})) == "cod_not_taken"
    assert code_of(day.store("handovers", {"code": code, **cash(499)})) == "cod_wrong_amount"
    assert day.state(made) == "waiting"
    done = day.ok(day.store("handovers", {"code": code, "to_whom": "sister", **cash(500, "qr")}))
    assert (done["state"], done["to_whom"]) == ("collected", "sister")
    assert day.state(made) == "delivered"
    assert day.holders(made) == ["recipient"]
    assert day.news(made)[-2:] == ["TillCashTaken", "PickedUp"]
    assert stay(day, made).code == ""
    assert room(day) == 50


def test_the_last_four_digits_of_the_phone_do_too(day: Day) -> None:
    made = day.waiting()
    wrong = {"shipment_id": made["id"], "phone_last4": "1234"}
    assert code_of(day.store("handovers", wrong)) == "wrong_phone"
    day.ok(day.store("handovers", {"shipment_id": made["id"], "phone_last4": "8000"}))
    assert day.state(made) == "delivered"


def test_the_same_handover_told_twice_is_one(day: Day) -> None:
    made = day.waiting(cod=500)
    body = {"code": stay(day, made).code, **cash(500)}
    path = f"/v1/service-points/{day.house.store_id}/handovers"
    headers = {**day.till, "Idempotency-Key": "once"}
    first = day.house.client.post(path, json=body, headers=headers)
    again = day.house.client.post(path, json=body, headers=headers)
    assert (first.status_code, again.json()) == (201, first.json())
    assert day.news(made).count("TillCashTaken") == 1


def test_nobody_guesses_a_code(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.waiting()
    wrong = f"{(int(stay(day, made).code) + 1) % 10**6:06d}"
    answers = [day.store("handovers", {"code": wrong}) for _ in range(21)]
    assert {code_of(answer) for answer in answers[:20]} == {"wrong_code"}
    assert answers[20].status_code == 429
    assert int(answers[20].headers["retry-after"]) > 0


def test_refused_at_the_counter_it_goes_back_to_the_merchant(day: Day) -> None:
    made = day.waiting(cod=500)
    body = {"shipment_id": made["id"], "reason": "recipient_refused"}
    day.ok(day.store("refusals", body))
    assert day.ok(day.store("refusals", body))["state"] == "refused"
    assert day.state(made) == "returning"
    assert room(day) == 49
    left = day.ok(day.store("returns", {"labels": labels([made])}))
    assert left["left"] == labels([made])
    assert day.ok(day.store("returns", {"labels": labels([made])}))["left"] == labels([made])
    assert room(day) == 50
    day.give_back(labels([made]))
    assert day.state(made) == "returned"
    assert day.news(made)[-3:] == ["PickupRefused", "LeftServicePoint", "ReturnedToMerchant"]


def test_what_does_not_belong_here_is_said(day: Day) -> None:
    stranger, not_yet = day.shipment(), day.shipment()
    day.released(store=[not_yet])
    done = day.ok(day.store("arrivals", {"labels": [*labels([stranger, not_yet]), "nonsense"]}))
    assert done["stored"] == []
    assert [finding["code"] for finding in done["findings"]] == ["not_expected", "not_on_its_way", "unknown_label"]


def test_a_cancelled_shipment_frees_its_room(day: Day) -> None:
    made = day.shipment()
    day.released(store=[made])
    assert room(day) == 49
    day.cancel(made)
    assert room(day) == 50


def test_room_is_kept_once(sqlite_day: Day) -> None:
    day = sqlite_day
    made = day.shipment(parcels=2)
    day.released(store=[made])
    with day.house.ctx.db.transaction() as tx:
        handlers.expect(made["id"], day.house.store_id, tx=tx)
    assert room(day) == 48


def test_a_clerk_sees_its_own_store(sqlite_day: Day) -> None:
    day = sqlite_day
    other = day.house.site("Other Store", ["store"], capacity_parcels_max=5)["id"]
    assert day.house.client.get(f"/v1/service-points/{other}/parcels", headers=day.till).status_code == 403
    assert day.house.post(f"/v1/service-points/{other}/arrivals", {"labels": []}, day.till).status_code == 403


def test_a_depot_is_no_service_point(sqlite_day: Day) -> None:
    day = sqlite_day
    answer = day.house.post(f"/v1/service-points/{day.house.depot_id}/arrivals", {"labels": []})
    assert (answer.status_code, code_of(answer)) == (409, "no_service_point")
