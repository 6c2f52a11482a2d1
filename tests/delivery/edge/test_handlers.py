"""On the road, over HTTP."""

from __future__ import annotations

import base64
from datetime import timedelta

from tests.builders import NOON
from tests.delivery.stage import Day, code_of, labels, money

PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n and so on").decode()


def test_a_delivery_with_money_and_proof(day: Day) -> None:
    made = day.shipment(cod=12800)
    day.underway([made])
    stop = day.ok(day.arrive(1))
    assert stop["state"] == "arrived"
    cash = {"amount": money(12800), "means": "cash"}
    proof = {"kind": "signature", "data": PIXEL}
    done = day.ok(day.attempt(made, cash=cash, proof=proof, to_whom="王小明"))
    assert day.state(made) == "delivered"
    assert day.holders(made) == ["recipient"]
    assert day.news(made)[-3:] == ["StopArrived", "CashTaken", "ShipmentDelivered"]
    assert day.run()["cash"] == {"taken": money(12800), "handed_in": money(0)}
    picture = day.house.client.get(f"/v1/runs/{day.run_id}/attempts/{done['id']}/proof", headers=day.driver)
    assert picture.headers["content-type"] == "image/png"


def test_money_that_does_not_fit_delivers_nothing(day: Day) -> None:
    made = day.shipment(cod=12800)
    day.underway([made])
    assert code_of(day.attempt(made)) == "cod_not_taken"
    assert code_of(day.paid(made, 12700)) == "cod_wrong_amount"
    assert day.state(made) == "underway"
    assert day.visits()[made["id"]] == "open"
    assert "CashTaken" not in day.news(made)


def test_card_and_qr_money_is_not_in_the_drivers_purse(day: Day) -> None:
    by_card, by_cash = day.shipment(cod=500), day.shipment(cod=700)
    day.underway([by_card, by_cash])
    day.ok(day.paid(by_card, 500, "card"))
    day.ok(day.paid(by_cash, 700))
    assert day.run()["cash"]["taken"] == money(700)


def test_an_offline_phone_may_tell_everything_again(day: Day) -> None:
    made = day.shipment(cod=500)
    day.underway([made])
    first = day.ok(day.paid(made, 500))
    again = day.ok(day.paid(made, 500))  # another Idempotency-Key: the app was restarted
    assert again == first
    assert day.news(made).count("CashTaken") == 1
    assert day.run()["cash"]["taken"] == money(500)
    other = day.attempt(made, "failed")
    assert (other.status_code, code_of(other)) == (409, "attempt_made")


def test_a_phone_may_say_when_it_happened_but_not_before_it_left(day: Day) -> None:
    early, late = day.shipment(), day.shipment()
    day.house.clock.advance(hours=1)
    day.underway([early], [late])
    day.house.clock.advance(hours=2)
    at = (NOON + timedelta(hours=2)).isoformat()
    assert day.ok(day.attempt(late, at=at))["at"] == "2026-11-24T14:00:00Z"
    before = NOON.isoformat()
    assert day.ok(day.attempt(early, at=before))["at"] == "2026-11-24T13:00:00Z"
    in_future = (NOON + timedelta(days=1)).isoformat()
    assert day.attempt(early, at=in_future).status_code == 422


def test_a_refusal_stays_on_board_and_goes_back_to_the_merchant(day: Day) -> None:
    made = day.shipment(cod=500)
    day.underway([made])
    day.ok(day.attempt(made, "refused", reason="recipient_refused"))
    assert day.state(made) == "returning"
    assert day.holders(made) == ["vehicle"]
    day.ok(day.finish())
    assert day.run()["state"] == "back"
    day.bring_back(labels([made]))
    assert day.run()["state"] == "closed"
    day.give_back(labels([made]))
    assert day.state(made) == "returned"
    assert day.news(made)[-3:] == ["DeliveryRefused", "ReturnedToDepot", "ReturnedToMerchant"]
    assert day.give_back(labels([made]))["accepted"] == labels([made])
    assert day.news(made).count("ReturnedToMerchant") == 1


def test_what_failed_goes_back_to_the_pool_and_out_again(day: Day) -> None:
    made = day.shipment()
    day.underway([made])
    day.ok(day.attempt(made, "failed"))
    assert day.state(made) == "chosen"
    day.ok(day.finish())
    day.bring_back(labels([made]))
    assert day.news(made)[-2:] == ["DeliveryFailed", "ReturnedToDepot"]
    assert day.give_back(labels([made]))["findings"][0]["code"] == "still_to_deliver"
    day.underway([made])
    day.ok(day.attempt(made))
    assert day.state(made) == "delivered"


def test_a_part_is_paid_by_its_share_and_the_rest_comes_back(day: Day) -> None:
    made = day.shipment(cod=1000, parcels=3)
    day.underway([made])
    second = made["parcels"][1]["id"]
    # 1000 over three parcels: 334, 333, 333
    day.ok(day.attempt(made, "part", parcel_ids=[second], cash={"amount": money(333), "means": "cash"}))
    assert day.state(made) == "delivered"
    assert day.holders(made) == ["vehicle", "recipient", "vehicle"]
    day.ok(day.finish())
    rest = [parcel["label"] for parcel in made["parcels"] if parcel["id"] != second]
    day.bring_back(rest)
    day.give_back(rest)
    assert day.holders(made) == ["merchant", "recipient", "merchant"]
    assert day.news(made)[-2:] == ["PartDelivered", "RestGivenBack"]


def test_a_neighbour_needs_the_recipients_word(day: Day) -> None:
    made = day.shipment()
    day.underway([made])
    assert code_of(day.attempt(made, to_whom="neighbour")) == "no_consent"
    day.house.made(
        f"/v1/shipments/{made['id']}/consents", {"kind": "neighbour", "channel": "phone"}, day.house.merchant
    )
    day.ok(day.attempt(made, to_whom="neighbour"))


def test_a_handover_at_the_store_waits_for_the_stores_scan(day: Day) -> None:
    made = day.shipment(cod=500)
    day.underway(store=[made])
    day.ok(day.attempt(made, "handed_over"))
    assert day.holders(made) == ["site"]
    assert day.state(made) == "underway"
    day.ok(day.store("arrivals", {"labels": labels([made])}))
    assert day.state(made) == "waiting"


def test_the_stores_scan_may_be_quicker_than_the_drivers_phone(day: Day) -> None:
    made = day.shipment()
    day.underway(store=[made])
    day.ok(day.store("arrivals", {"labels": labels([made])}))
    assert day.state(made) == "waiting"
    day.ok(day.attempt(made, "handed_over"))
    assert day.visits()[made["id"]] == "handed_over"
    assert day.state(made) == "waiting"


def test_a_store_that_was_closed_is_tried_again_and_keeps_no_room(day: Day) -> None:
    made = day.shipment()
    day.underway(store=[made])
    day.ok(day.attempt(made, "failed", reason="own_store_closed"))
    assert day.state(made) == "chosen"
    (place,) = day.house.get("/v1/service-points?lat=30.27&lon=120.15")
    assert place["room"] == 50


def test_a_run_is_finished_when_every_visit_has_its_attempt(day: Day) -> None:
    made, missed = day.shipment(), day.shipment()
    day.underway([made], [missed])
    day.ok(day.attempt(made))
    answer = day.finish()
    assert (answer.status_code, code_of(answer)) == (409, "visits_open")
    assert [error["field"] for error in answer.json()["errors"]] == [missed["id"]]
    day.ok(day.attempt(missed))
    assert day.ok(day.finish())["state"] == "closed"
    assert day.ok(day.finish())["state"] == "closed"


def test_an_attempt_needs_a_run_that_is_underway(day: Day) -> None:
    made = day.shipment()
    day.released([made])
    assert code_of(day.attempt(made)) == "run_released"
    assert day.attempt({"id": "shp_of_nobody"}).status_code == 404
