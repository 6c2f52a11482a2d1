"""Asks the engine for the rest of a running day, and says what would change, for whom, and at what price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from logistics.delivery.edge.replan.cars import LOST
from logistics.delivery.edge.replan.delays import not_before_in
from logistics.delivery.edge.replan.running import RunningDay
from logistics.delivery.edge.replan.schemas import (
    BrokenPromiseOut,
    ChangeOut,
    InsertedOut,
    ProposalOut,
    ReplanCarrierOut,
    ReplanLeftOutOut,
    ReplanViolationOut,
    SpotOut,
    WhyOut,
)
from logistics.delivery.edge.replan.tails import spots_in, tails_of
from logistics.delivery.promise import promise_of
from logistics.delivery.release import CarrierDraft
from logistics.delivery.replanning import (
    Decision,
    Hours,
    LeftOut,
    Moved,
    Spot,
    Tail,
    list_moves,
    same_work,
    spots_of,
)
from logistics.kit.edge.clock import monotonic_s
from logistics.kit.edge.wire import MoneyWire, WindowWire
from logistics.kit.money import Money
from logistics.kit.windows import Window
from logistics.routing import cost_units
from logistics.routing.cost import plan_cost
from logistics.routing.edge.engine import Outcome
from logistics.routing.edge.plan_wire import noticed_out
from logistics.routing.edge.replan import Asked, replan
from logistics.routing.edge.schemas import Unit
from logistics.routing.edge.wording import WHY, rule_words
from logistics.routing.explain import explain_task
from logistics.routing.marginal import marginal_cost
from logistics.routing.repair import known
from logistics.routing.schedule import schedule_plan
from logistics.routing.violations import Violation
from logistics.shipments.edge.store import find_window

MS_A_SECOND = 1000
SECONDS_A_MINUTE = 60
METRES_A_KM = 1000
STRANDED = WhyOut(code="vehicle_lost", text="Its goods are in the vehicle that is lost; they have to come back first.")
NO_TIME = WhyOut(code="no_place", text="No vehicle that may bring it can still do so today.")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is shown of a proposal, and what accepting it does."""

    shown: ProposalOut
    decision: Decision


def propose(day: RunningDay, *, seconds: float, change_price: Money, began_s: float) -> Proposed:
    """Replan the rest of a day for so many seconds (0: only a place for who is new)."""
    price = cost_units.of_minor(change_price.amount_minor)
    running = tuple((vehicle, trips) for vehicle, trips in day.current if day.now.vehicles[vehicle].shift != LOST)
    done = replan(day.now, running, Asked(seconds=seconds, change_price=price, promises=day.askable))
    return _Writer(day, done.outcome).write(began_s)


class _Writer:
    """Writes one replanned day."""

    def __init__(self, day: RunningDay, outcome: Outcome) -> None:
        self._day, self._plan, self._outcome = day, outcome.plan, outcome
        plan = outcome.plan
        self._tails = tails_of(day, plan)
        self._before = spots_of(day.ground.runs.values())
        self._after = spots_in(day, self._tails)
        self._touched = self._all_touched()
        self._left = [task for task in (*plan.left_out, *sorted(day.stranded)) if self._id(task) in day.where]
        self._carried = [task for task in plan.to_carrier if task not in day.gone]

    def write(self, began_s: float) -> Proposed:
        day = self._day
        before = plan_cost(day.before, schedule_plan(day.before, known(day.before, day.current))).total
        after = plan_cost(day.now, self._plan).total
        shown = ProposalOut(
            changes=[self._change(one) for one in self._moves()],
            inserted=list(self._inserted()),
            broken_promises=list(self._broken()),
            violations=[self._violation(one) for one in self._outcome.violations],
            to_carrier=[self._to_carrier(task) for task in self._carried],
            left_out=[self._left_out(task) for task in (*self._plan.left_out, *sorted(day.stranded))],
            cost_before=self._money(before),
            cost_after=self._money(after),
            difference=self._money(after - before),
            findings=[noticed_out(day.stores, one) for one in (*day.findings, *self._outcome.findings)],
            took_ms=round((monotonic_s() - began_s) * MS_A_SECOND),
        )
        return Proposed(shown, self._decision())

    # -- what is done when it is accepted ----------------------------------------------------------

    def _decision(self) -> Decision:
        ground, where = self._day.ground, self._day.where
        runs = ground.runs
        touched = {tail.run_id for tail in self._touched if tail.run_id} | ground.lost_runs
        touched |= {where[one.shipment_id][0] for one in ground.happened if one.shipment_id in where}
        touched |= {run.id for tail in self._touched if not tail.run_id for run in ground.runs_of[tail.vehicle_id]}
        return Decision(
            happened=ground.happened,
            marks={run_id: runs[run_id].mark for run_id in sorted(touched)},
            tails=tuple(self._touched),
            to_carrier=tuple(
                CarrierDraft(self._id(task), self._day.ways[self._id(task)].carrier, "replanned")
                for task in self._carried
            ),
            left_out=tuple(
                LeftOut(self._id(task), self._day.where[self._id(task)][0], self._why(task).code) for task in self._left
            ),
            beside=self._beside(),
            not_before=not_before_in(self._day, self._tails),
        )

    def _beside(self) -> dict[str, Hours]:
        """Return the hours of what its vehicles have to do besides."""
        ground = self._day.ground
        runs = {run.id for tail in self._touched for run in ground.runs_of[tail.vehicle_id]}
        return {run_id: self._hours(run_id) for run_id in sorted(runs - {tail.run_id for tail in self._touched})}

    def _hours(self, run_id: str) -> Hours:
        row = self._day.ground.rows[run_id]
        return row.planned_start_at, row.planned_end_at

    def _all_touched(self) -> list[Tail]:
        """List the runs that change, and those of the same vehicle whose hours as they are do not go with that."""
        touched = [tail for tail in self._tails if self._is_touched(tail)]
        rest = [tail for tail in self._tails if tail not in touched]
        while pushed := [tail for tail in rest if any(self._pushes(one, tail) for one in touched)]:
            touched += pushed
            rest = [tail for tail in rest if tail not in pushed]
        return touched

    def _pushes(self, one: Tail, tail: Tail) -> bool:
        """Tell whether a run is not back before another leaves as it is planned now, or the other way round."""
        run = self._day.ground.runs.get(tail.run_id)
        if run is None or run.is_underway or one.vehicle_id != tail.vehicle_id or not one.is_out:
            return False
        leaves_at, back_at = self._hours(run.id)
        return one.end_at > leaves_at if one.start_at <= tail.start_at else one.start_at < back_at

    def _is_touched(self, tail: Tail) -> bool:
        """Tell whether a run's order changes, or what happened happened to it."""
        run = self._day.ground.runs.get(tail.run_id)
        if run is None:
            return True
        named = {one.run_id for one in self._day.ground.happened}
        return run.id in named or not same_work(run, tail)

    # -- what is shown -----------------------------------------------------------------------------

    def _moves(self) -> list[Moved]:
        """List changes; runs that go on as they were have none, however late they are."""
        touched = {tail.run_id for tail in self._touched}
        gone = {self._id(task) for task in self._day.gone - self._day.stranded}
        inserted = set(self._day.ground.inserted)
        both = list_moves(self._before, self._after)
        return [
            one
            for one in both
            if one.shipment_id not in gone | inserted
            and (one.is_moved or (one.after is not None and one.after.run_id in touched))
        ]

    def _change(self, one: Moved) -> ChangeOut:
        row = self._day.ground.shipments[one.shipment_id]
        return ChangeOut(
            shipment_id=row.id,
            tracking_no=row.tracking_no,
            recipient_name=row.recipient_name,
            before=self._spot(one.before),
            after=self._spot(one.after, row.id),
            moved=one.is_moved,
            shift_min=one.shift_min,
        )

    def _spot(self, spot: Spot | None, shipment_id: str = "") -> SpotOut | None:
        if spot is None:
            return None
        run = self._day.ground.runs.get(spot.run_id)
        return SpotOut(
            run_id=spot.run_id,
            vehicle_id=run.vehicle_id if run else self._vehicle_of(shipment_id),
            vehicle_name=spot.vehicle_name,
            position=spot.no,
            start_at=spot.start_at,
        )

    def _vehicle_of(self, shipment_id: str) -> str:
        return next(tail.vehicle_id for tail in self._tails for stop in tail.stops if shipment_id in stop.shipment_ids)

    def _inserted(self) -> Iterator[InsertedOut]:
        visits = {visit.pick.task: visit for route in self._plan.routes for visit in route.visits}
        for task in range(len(self._day.where), len(self._day.shipments)):
            if task not in visits:
                continue
            row = self._day.shipments[task]
            spot = self._after[row.id]
            yield InsertedOut(
                shipment_id=row.id,
                tracking_no=row.tracking_no,
                run_id=spot.run_id,
                vehicle_id=self._vehicle_of(row.id),
                vehicle_name=spot.vehicle_name,
                position=spot.no,
                price=self._money(marginal_cost(self._day.now, self._plan, [task])),
                start_at=self._day.moment(visits[task].start_s),
                end_at=self._day.moment(visits[task].end_s),
                promise=WindowWire.of(promise_of(spot.start_at, find_window(row, spot.start_at))),
            )

    def _broken(self) -> Iterator[BrokenPromiseOut]:
        day = self._day
        for task, span in sorted(day.promises.items()):
            row = day.shipments[task]
            promise = Window(day.moment(span.start_s), day.moment(span.end_s))
            after = self._after.get(row.id)
            if task in day.gone - day.stranded or (after is not None and promise.contains(after.start_at)):
                continue
            yield BrokenPromiseOut(
                shipment_id=row.id,
                tracking_no=row.tracking_no,
                recipient_name=row.recipient_name,
                promise=WindowWire.of(promise),
                start_at=after.start_at if after else None,
                already=not promise.contains(self._before[row.id].start_at),
            )

    def _violation(self, one: Violation) -> ReplanViolationOut:
        car = None if one.vehicle is None else self._day.ground.vehicles[one.vehicle]
        row = None if one.task is None else self._day.shipments[one.task]
        site = self._day.stores.get(one.name)
        name = site.name if site else one.name
        words = rule_words(one).format(
            amount=one.amount,
            name=name,
            money=Money(one.amount, self._day.currency),
            minutes=-(-one.amount // SECONDS_A_MINUTE),
            km=f"{one.amount / METRES_A_KM:.1f}",
        )
        return ReplanViolationOut(
            code=one.rule,
            text=words,
            amount=one.amount,
            unit=cast("Unit", one.unit),
            name=name,
            vehicle_id=car.id if car else None,
            vehicle_name=car.name if car else "",
            shipment_id=row.id if row else None,
            tracking_no=row.tracking_no if row else "",
            recipient_name=row.recipient_name if row else "",
        )

    def _to_carrier(self, task: int) -> ReplanCarrierOut:
        row = self._day.shipments[task]
        return ReplanCarrierOut(
            shipment_id=row.id,
            tracking_no=row.tracking_no,
            carrier=self._day.ways[row.id].carrier,
            price=self._money(self._day.now.tasks[task].leave_cost or 0),
        )

    def _left_out(self, task: int) -> ReplanLeftOutOut:
        row = self._day.shipments[task]
        return ReplanLeftOutOut(
            shipment_id=row.id,
            tracking_no=row.tracking_no,
            recipient_name=row.recipient_name,
            reason=self._why(task),
        )

    def _why(self, task: int) -> WhyOut:
        """Say why somebody finds no place: for who is new the rule in the way, found by relaxing one at a time."""
        if task in self._day.stranded:
            return STRANDED
        if self._id(task) in self._day.where or not self._day.now.tasks[task].options:
            return NO_TIME
        reason = explain_task(self._day.now, self._plan, task).reason
        return WhyOut(code=reason, text=WHY.get(reason, "Several things stand against it at once."))

    def _id(self, task: int) -> str:
        return self._day.shipments[task].id

    def _money(self, cost: int) -> MoneyWire:
        return MoneyWire.of(cost_units.to_money(cost, self._day.currency))
