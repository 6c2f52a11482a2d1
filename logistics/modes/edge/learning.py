"""What plans taught about the cost of a stop: kept lesson by lesson, made into figures, looked up for a quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import chain
from typing import Any

import numpy as np
from sqlmodel import Session

from logistics.kit.edge.db import Transaction
from logistics.kit.geo import Point
from logistics.modes.calibration import LESSONS_KEPT, Basis, Figures, Halt, Knowledge, Lesson, Observed, Teaching
from logistics.modes.calibration import learned as learned_from
from logistics.modes.calibration import measured as measured_on
from logistics.modes.edge import store
from logistics.modes.edge.schemas import FleetTermsIn
from logistics.modes.edge.tables import FiguresRow, LessonRow
from logistics.modes.insertion import InsertionModel, Stop
from logistics.modes.surroundings import Seen, Surroundings

DAYS_SEEN = 5  # of so many plans the stops are what is usual around a place
SEEN_DIGITS = 3  # decimals of a degree, about 100 m: enough for a density, too little to find a door
SEEN_MAX = 400  # places kept of one plan; of more, a part stands for all
ALL_DEPOTS = ""


def learn(told: Teaching, *, tx: Transaction) -> None:
    """Keep what a plan taught and reckon the figures of its depot, and of all depots, anew.

    The same plan twice teaches once. One that has nothing to tell is kept too, so that it is known to have been asked.
    """
    currency = told.cost.currency
    earlier = [
        row
        for row in store.list_lessons(tx.session, told.depot_id, currency, LESSONS_KEPT)
        if row.plan_id != told.plan_id
    ]
    observed = [_observed(halt, told.stops, earlier) for halt in told.halts]
    row = LessonRow(
        plan_id=told.plan_id,
        depot_id=told.depot_id,
        currency=currency,
        plan_on=told.on,
        observed=observed,
        seen=_thinned(told.stops),
        mean_cost=float(told.cost.exact()) / max(1, len(told.stops)),
        learned_at=tx.now,
    )
    tx.session.merge(row)
    tx.session.flush()
    for depot_id in (told.depot_id, ALL_DEPOTS) if observed else ():
        _reckon(tx.session, depot_id, currency, tx.now)


def known_about(session: Session, depot_id: str, currency: str) -> Knowledge:
    """Return what a quote goes by: the depot's own figures, or else those of all depots, or else none."""
    own = store.find_figures(session, depot_id, currency)
    around = _surroundings(own.seen, own.days) if own and own.days else None
    for basis, row in ((Basis.OWN, own), (Basis.POOLED, store.find_figures(session, ALL_DEPOTS, currency))):
        if row and row.prices:
            return Knowledge(basis, _figures(row, row.prices), around)
    return Knowledge(surroundings=around)


def _reckon(session: Session, depot_id: str, currency: str, now: datetime) -> None:
    rows = [row for row in store.list_lessons(session, depot_id, currency, LESSONS_KEPT) if row.observed]
    lessons = [Lesson(row.plan_on, tuple(_read(one) for one in row.observed), row.mean_cost) for row in rows]
    model = _model(session, depot_id)
    found = learned_from(lessons, model.prices, model.usual_between_km)
    error = measured_on(lessons, model.prices, model.usual_between_km)
    last = [row for row in rows if row.seen][-DAYS_SEEN:] if depot_id else []
    figures = FiguresRow(
        depot_id=depot_id,
        currency=currency,
        prices=found.prices.tolist() if found else None,
        starting=model.prices.tolist(),
        low=found.low if found else 1.0,
        high=found.high if found else 1.0,
        plans_count=len(lessons),
        stops_count=sum(len(lesson.observed) for lesson in lessons),
        mean_cost=sum(lesson.mean_cost for lesson in lessons) / max(1, len(lessons)),
        error=asdict(error) if error else None,
        seen=list(chain.from_iterable(row.seen for row in last)),
        days=len(last),
        learned_at=now,
    )
    session.merge(figures)


def _model(session: Session, depot_id: str) -> InsertionModel:
    row = store.find_fleet_terms(session, depot_id)
    return (FleetTermsIn.model_validate(row.terms) if row else FleetTermsIn()).to_terms().insertion


def _observed(halt: Halt, stops: Sequence[Point], earlier: Sequence[LessonRow]) -> dict[str, Any]:
    """Write a halt without its place: only how near other stops were, on the days before as a quote would know it."""
    last = [row for row in earlier if row.seen][-DAYS_SEEN:]
    if last:
        around = _surroundings(list(chain.from_iterable(row.seen for row in last)), len(last))
    else:  # the first plan there is: the other stops of the same day must do
        around = _surroundings(_thinned([stop for stop in stops if stop != halt.place]), 1)
    stop = halt.stop
    return {
        "depot_m": round(stop.depot_m),
        "between_km": around.between_km(halt.place),
        "parcels_count": stop.parcels_count,
        "takes_cash": stop.takes_cash,
        "is_store": stop.is_store,
        "window_s": stop.window_s,
        "cost": float(halt.cost.exact()),
    }


def _read(kept: dict[str, Any]) -> Observed:
    return Observed(Stop(**{name: value for name, value in kept.items() if name != "cost"}), kept["cost"])


def _thinned(stops: Sequence[Point]) -> list[list[float]]:
    """Return where stops are, roughly; every n-th where there are many, each then standing for several."""
    step = max(1, -(-len(stops) // SEEN_MAX))
    part = stops[::step]
    return [
        [round(stop.lat, SEEN_DIGITS), round(stop.lon, SEEN_DIGITS), round(len(stops) / len(part), 3)] for stop in part
    ]


def _surroundings(seen: Sequence[Sequence[float]], days: int) -> Surroundings:
    spots: list[Seen] = [(lat, lon, count) for lat, lon, count in seen]
    return Surroundings(spots, days)


def _figures(row: FiguresRow, prices: Sequence[float]) -> Figures:
    return Figures(np.array(prices), row.low, row.high, row.plans_count, row.stops_count)
