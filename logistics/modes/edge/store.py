"""All queries of choosing, and the world it looks at: depots, stores with their room, carriers with their cards."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time

from sqlmodel import Session, col, func, select

from logistics.carriers.edge import store as carriers
from logistics.kit.geo import Point, great_circle_m
from logistics.kit.money import Money
from logistics.merchants.edge import store as merchants
from logistics.modes.edge.schemas import FleetTermsIn, OfferWire, TariffWire
from logistics.modes.edge.tables import ChoiceRow, FiguresRow, FleetTermsRow, LessonRow, QuoteRow, TariffRow
from logistics.modes.fleet import Depot, FleetTerms, Store
from logistics.modes.hauliers import Haulier
from logistics.modes.offers import Offer
from logistics.modes.pricing import Pricing
from logistics.modes.tariff import Tariff, Terms
from logistics.pickup.edge import store as pickup
from logistics.shipments.model import Mode
from logistics.sites.edge import store as sites
from logistics.sites.edge.tables import SiteRow
from logistics.sites.model import SiteKind


def find_choice(session: Session, shipment_id: str) -> ChoiceRow | None:
    """Return the newest choice for a shipment, if there is one."""
    wanted = select(ChoiceRow).where(ChoiceRow.shipment_id == shipment_id)
    return session.exec(wanted.order_by(col(ChoiceRow.id).desc()).limit(1)).first()


def list_choices(session: Session, shipment_ids: Collection[str]) -> dict[str, ChoiceRow]:
    """Return the newest choice for each of these shipments that has one."""
    newest = (
        select(func.max(col(ChoiceRow.id)))
        .where(col(ChoiceRow.shipment_id).in_(shipment_ids))
        .group_by(col(ChoiceRow.shipment_id))
    )
    rows = session.exec(select(ChoiceRow).where(col(ChoiceRow.id).in_(newest)))
    return {row.shipment_id: row for row in rows}


def offers_of(row: ChoiceRow) -> list[Offer]:
    """Return the offers a choice was made from, best first."""
    return [OfferWire.model_validate(one).to_offer() for one in row.offers]


def carrier_offer_of(row: ChoiceRow) -> Offer | None:
    """Return the feasible carrier that costs us least: the price at which a plan may leave the shipment to it."""
    feasible = [offer for offer in offers_of(row) if offer.mode is Mode.CARRIER and offer.is_feasible and offer.cost]
    return min(feasible, key=_cost, default=None)


def service_points_of(row: ChoiceRow) -> list[Offer]:
    """Return the stores a plan may bring the shipment to: in reach, with room then, with the recipient's consent."""
    return [offer for offer in offers_of(row) if offer.mode is Mode.PICKUP and offer.is_feasible]


def find_quote(session: Session, quote_id: str) -> QuoteRow | None:
    """Return a quote, if it is kept."""
    return session.get(QuoteRow, quote_id)


def pricing_for(session: Session, merchant_id: str) -> Pricing:
    """Return what was agreed with a merchant about prices, and how we weigh risk."""
    return Pricing(Terms(merchants.get_contract(session, merchant_id), tariff_of(session, merchant_id)))


def tariff_of(session: Session, merchant_id: str) -> Tariff:
    """Return a merchant's tariff; one without cards if none was agreed."""
    row = session.get(TariffRow, merchant_id)
    return TariffWire.model_validate(row.cards).to_tariff() if row else Tariff({})


def find_fleet_terms(session: Session, depot_id: str) -> FleetTermsRow | None:
    """Return what was entered for a depot, or else for all of them."""
    return session.get(FleetTermsRow, depot_id) or session.get(FleetTermsRow, "")


def find_figures(session: Session, depot_id: str, currency: str) -> FiguresRow | None:
    """Return what was learned about a depot's stops (empty: about those of all depots), if anything was."""
    return session.get(FiguresRow, (depot_id, currency))


def list_figures(session: Session) -> Sequence[FiguresRow]:
    """Return what was learned, all depots together first."""
    return session.exec(select(FiguresRow).order_by(col(FiguresRow.depot_id), col(FiguresRow.currency))).all()


def list_lessons(session: Session, depot_id: str, currency: str, limit: int) -> list[LessonRow]:
    """Return the last lessons of a depot (empty: of all depots), oldest first."""
    query = select(LessonRow).where(LessonRow.currency == currency)
    if depot_id:
        query = query.where(LessonRow.depot_id == depot_id)
    newest = query.order_by(col(LessonRow.plan_on).desc(), col(LessonRow.plan_id).desc()).limit(limit)
    return list(session.exec(newest))[::-1]


def list_learned(session: Session, since: datetime) -> set[str]:
    """Return the ids of the plans that were asked since then what they teach."""
    return set(session.exec(select(LessonRow.plan_id).where(col(LessonRow.learned_at) >= since)))


def list_depots(session: Session, depot_id: str = "") -> list[Depot]:
    """Return all depots, or the one named, with what their fleets do; starting values where nothing was entered."""
    entered = {row.depot_id: row for row in session.exec(select(FleetTermsRow))}
    rows = [sites.get_site(session, depot_id)] if depot_id else sites.list_sites(session, SiteKind.DEPOT)
    return [
        Depot(row.id, sites.point_of(row), row.time_zone, _terms(entered.get(row.id) or entered.get("")))
        for row in rows
    ]


def list_stores(session: Session, near: Point | None, reach_m: float, site_wish: str) -> list[Store]:
    """Return the service points within so many metres of a place, and the wished one, with their room."""

    def wanted(row: SiteRow) -> bool:
        return row.id == site_wish or (near is not None and great_circle_m(near, sites.point_of(row)) <= reach_m)

    return [
        Store(row.id, row.name, place.point, place.hours, place.room, row.keep_days)
        for row, place in pickup.list_service_points(session, wanted)
    ]


def list_hauliers(session: Session) -> list[Haulier]:
    """Return all carriers with their rate cards."""
    return [
        Haulier(
            code=row.code,
            name=row.name,
            card=carriers.rate_card_of(row),
            collects_cod=row.collects_cod,
            cutoff=time.fromisoformat(row.cutoff),
            time_zone=row.time_zone,
            takes_orders=row.is_active and bool(row.adapter),
        )
        for row in carriers.list_carriers(session)
    ]


def _terms(row: FleetTermsRow | None) -> FleetTerms:
    return FleetTermsIn.model_validate(row.terms).to_terms() if row else FleetTerms()


def _cost(offer: Offer) -> Money:
    assert offer.cost is not None, "a feasible offer has a cost"
    return offer.cost
