"""A day on the road in a whole house: shipments, a released plan, a driver's phone, a till, the depot's desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from httpx import Response
from sqlmodel import select

from logistics.carriers.edge.tables import CarrierRow
from logistics.kit.edge.tables import OutboxRow
from logistics.kit.news import News
from logistics.routing.edge.tables import PlanRow
from logistics.shipments.edge import handlers as shipments
from tests.builders import NOON
from tests.delivery import plans
from tests.living import House, tag_of

VAN = "veh_1"
CONSENT = [{"kind": "store", "channel": "checkout"}]

RATE_CARD = {"currency": "CNY", "zones": [{"name": "all", "first_weight_g": 1000, "first_price": "8"}]}


class Day:
    """What a driver, a clerk and a depot's hand do, over HTTP."""

    def __init__(self, house: House, van: str = VAN) -> None:
        self.house = house
        self.van = van
        self.driver = house.device(kind="driver", vehicle_id=van, name="Li Lei")
        self.till = house.device(kind="till", site_id=house.store_id, name="till 1")
        self.depot = house.operator
        self.run_id = ""
        self.begin_min = 0  # after noon: when the van is free for another run

    # --- before the day ---

    def shipment(self, cod: int = 0, parcels: int = 1, **more: Any) -> dict[str, Any]:
        """Take on a shipment that is due at noon's day."""
        due = {"cod_due": money(cod)} if cod else {}
        pieces = [{"weight_g": 500, "volume_cm3": 1000}] * parcels
        made: dict[str, Any] = self.house.shipment(parcels=pieces, consents=CONSENT, **due, **more)
        return made

    def plan(self, *routes: dict[str, Any], to_carrier: Sequence[dict[str, Any]] = (), state: str = "done") -> str:
        """Enter a plan as the solver would leave it, and return its id."""
        with self.house.ctx.db.transaction() as tx:
            row = PlanRow(
                id=tx.new_id("pln"),
                on=NOON.date(),
                depot_ids=[self.house.depot_id],
                seconds=1,
                travel="geodesic",
                state=state,
                result=plans.plan(*routes, to_carrier=to_carrier),
                created_at=tx.now,
            )
            tx.session.add(row)
        return row.id

    def enter_carrier(self, code: str, *, collects_cod: bool = True) -> None:
        """Enter a carrier that takes everything for 8 yuan a kilogram."""
        with self.house.ctx.db.transaction() as tx:
            row = CarrierRow(
                code=code,
                name=code,
                base_url="http://127.0.0.1:8100",
                adapter="pretend",
                push_dialect="kuaidi100",
                cutoff="17:00",
                time_zone="Asia/Shanghai",
                secret="pepper",
                callback_hash="",
                rate_card=RATE_CARD,
                collects_cod=collects_cod,
                created_at=tx.now,
            )
            tx.session.add(row)

    def route(self, *stops: dict[str, Any], **more: Any) -> dict[str, Any]:
        return plans.route(*stops, **({"depot_id": self.house.depot_id, "vehicle_id": self.van} | more))

    def release(self, plan_id: str, headers: dict[str, str] | None = None, *, version: int = 1) -> Response:
        """Release a plan as it was entered, or as it was at another version."""
        tag = tag_of({"version": version})
        return self.house.post(f"/v1/plans/{plan_id}/release", None, {**(headers or self.house.operator), **tag})

    def released(self, *stops: Sequence[dict[str, Any]], store: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
        """Release a run with a door for each group of shipments, ten minutes apart, and one stop at the store.

        A second run of the same van begins when the first is planned to end.
        """
        begin = self.begin_min - 5
        planned = [plans.stop(no, begin + no * 15, ids(group)) for no, group in enumerate(stops, start=1)]
        if store:
            no = len(stops) + 1
            planned.append(plans.stop(no, begin + no * 15, ids(store), site_id=self.house.store_id))
        end = self.begin_min + plans.RUN_MIN
        route = self.route(*planned, start=self.begin_min, end=end)
        self.run_id = self.ok(self.release(self.plan(route)))["runs"][0]["id"]
        self.begin_min = end
        return self.run()

    def underway(self, *stops: Sequence[dict[str, Any]], store: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
        """Release, receive, load and leave."""
        self.released(*stops, store=store)
        loaded = labels([one for group in (*stops, store) for one in group])
        self.receive(loaded)
        self.ok(self.load(loaded))
        return self.ok(self.depart())

    # --- the day ---

    def receive(self, scanned: Sequence[str]) -> dict[str, Any]:
        path = f"/v1/depots/{self.house.depot_id}/receipts"
        return self.ok(self.house.post(path, {"labels": scanned}, self.depot))

    def load(self, scanned: Sequence[str]) -> Response:
        return self.on_run("loading-scans", {"labels": scanned})

    def depart(self) -> Response:
        return self.on_run("depart", {})

    def arrive(self, no: int) -> Response:
        return self.on_run(f"stops/{no}/arrive", {})

    def attempt(self, shipment: dict[str, Any], outcome: str = "delivered", **more: Any) -> Response:
        why = {"reason": "recipient_not_home"} if outcome in {"failed", "refused"} else {}
        return self.on_run("attempts", {"shipment_id": shipment["id"], "outcome": outcome, **why, **more})

    def paid(self, shipment: dict[str, Any], amount: int, means: str = "cash") -> Response:
        return self.attempt(shipment, cash={"amount": money(amount), "means": means})

    def finish(self) -> Response:
        return self.on_run("finish", {})

    def bring_back(self, scanned: Sequence[str]) -> dict[str, Any]:
        return self.ok(self.on_run("returns", {"labels": scanned}))

    def give_back(self, scanned: Sequence[str]) -> dict[str, Any]:
        path = f"/v1/depots/{self.house.depot_id}/merchant-returns"
        return self.ok(self.house.post(path, {"labels": scanned}, self.depot))

    def hand_in(self, amount: int) -> Response:
        return self.on_run("hand-in", {"amount": money(amount)})

    def on_run(self, what: str, body: dict[str, Any]) -> Response:
        return self.house.post(f"/v1/runs/{self.run_id}/{what}", body, self.driver)

    # --- at the store ---

    def store(self, what: str, body: dict[str, Any]) -> Response:
        return self.house.post(f"/v1/service-points/{self.house.store_id}/{what}", body, self.till)

    def waiting(self, **more: Any) -> dict[str, Any]:
        """Bring a shipment to the store, so that it is ready there."""
        made = self.shipment(**more)
        self.underway(store=[made])
        self.ok(self.attempt(made, "handed_over"))
        self.ok(self.store("arrivals", {"labels": labels([made]), "shelf": "A1"}))
        return made

    # --- what is seen ---

    def run(self) -> dict[str, Any]:
        seen: dict[str, Any] = self.house.get(f"/v1/runs/{self.run_id}")
        return seen

    def visits(self) -> dict[str, str]:
        """Return the state of each visit, by shipment."""
        return {visit["shipment_id"]: visit["state"] for stop in self.run()["stops"] for visit in stop["visits"]}

    def state(self, shipment: dict[str, Any]) -> str:
        return str(self.seen(shipment)["state"])

    def holders(self, shipment: dict[str, Any]) -> list[str]:
        """Return who has each parcel, in their order, without the id."""
        return [parcel["holder"].partition(":")[0] for parcel in self.seen(shipment)["parcels"]]

    def seen(self, shipment: dict[str, Any]) -> dict[str, Any]:
        seen: dict[str, Any] = self.house.get(f"/v1/shipments/{shipment['id']}")
        return seen

    def news(self, shipment: dict[str, Any] | None = None) -> list[str]:
        """List what delivery and pickup announced of a shipment (or of none), in order, without the expected times."""
        with self.house.ctx.db.reading() as session:
            shipment_id = shipment["id"] if shipment else ""
            rows = session.exec(select(OutboxRow).where(OutboxRow.shipment_id == shipment_id)).all()
        told = sorted((row.announced_at, row.id, row.kind) for row in rows)
        ours = ("logistics.delivery", "logistics.pickup")
        kinds = [kind for _, _, kind in told if News.kinds[kind].__module__.startswith(ours)]
        return [kind for kind in kinds if kind != "ExpectedTimesMoved"]

    def cancel(self, shipment: dict[str, Any]) -> None:
        with self.house.ctx.db.transaction() as tx:
            shipments.cancel(shipment["id"], "changed mind", tx=tx)

    @staticmethod
    def ok(answer: Response) -> dict[str, Any]:
        assert answer.status_code in {200, 201}, answer.text
        body: dict[str, Any] = answer.json()
        return body


def money(amount: int) -> dict[str, Any]:
    return {"amount_minor": amount, "currency": "CNY"}


def ids(shipments_made: Sequence[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in shipments_made]


def labels(shipments_made: Sequence[dict[str, Any]]) -> list[str]:
    return [parcel["label"] for one in shipments_made for parcel in one["parcels"]]


def code_of(answer: Response) -> str:
    """Return the stable code of a refusal."""
    return str(answer.json()["type"].rpartition(":")[2])
