"""Routes of choosing: quotes, choices, tariffs, what the fleets do and cost."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from logistics.access.edge.guard import allow
from logistics.access.edge.handlers import own_merchant
from logistics.access.model import Principal
from logistics.kit.edge.http import Ctx, Reading, Tx, problems
from logistics.kit.edge.wire import MoneyWire, WindowWire
from logistics.kit.errors import NotFound
from logistics.merchants.edge import store as merchants
from logistics.modes.edge import calibration_wire, handlers, store
from logistics.modes.edge.schemas import (
    CalibrationsOut,
    ChoiceIn,
    ChoiceOut,
    FleetTermsIn,
    FleetTermsOut,
    OfferWire,
    QuoteIn,
    QuoteOut,
    TariffWire,
)
from logistics.modes.edge.tables import ChoiceRow, FleetTermsRow, TariffRow
from logistics.modes.offers import Offer
from logistics.shipments.edge import store as shipment_store

router = APIRouter(prefix="/v1", tags=["modes"])
ForMerchant = Annotated[str, Query(max_length=64, description="for staff: who would send it")]
ForDepot = Annotated[str, Query(max_length=64, description="empty: for every depot that has no terms of its own")]


@router.post("/quotes", responses=problems(404))
def quote(
    body: QuoteIn, ctx: Ctx, who: Annotated[Principal, Depends(allow("quotes.write"))], merchant_id: ForMerchant = ""
) -> QuoteOut:
    """Offer all ways with price and promise, best first. Nothing is reserved, so asking twice does no harm."""
    row, choice = handlers.quote(body, own_merchant(who, merchant_id), ctx.db)
    offers = [OfferWire.of(offer, choice) for offer in choice.offers]
    return QuoteOut(quote_id=row.id, valid_until=row.valid_until, offers=offers, reasons=list(choice.reasons))


@router.get("/quotes/calibration", responses=problems(), dependencies=[Depends(allow("fleet.read"))])
def get_calibration(session: Reading) -> CalibrationsOut:
    """Show what plans taught about the cost of a stop, and how far off quotes were on plans they had not seen."""
    return CalibrationsOut(items=calibration_wire.written(store.list_figures(session)))


@router.get("/shipments/{shipment_id}/choice", responses=problems(404))
def get_choice(
    shipment_id: str, session: Reading, who: Annotated[Principal, Depends(allow("choices.read"))]
) -> ChoiceOut:
    """Show what was chosen for a shipment, and why nothing else."""
    shipment_store.get_shipment(session, shipment_id, merchant_id=who.merchant_id)
    row = store.find_choice(session, shipment_id)
    if row is None:
        raise NotFound("Nothing has been chosen for this shipment.")
    return _choice(row)


@router.post("/shipments/{shipment_id}/choice", responses=problems(404, 409))
def override_choice(
    shipment_id: str, body: ChoiceIn, tx: Tx, who: Annotated[Principal, Depends(allow("choices.write"))]
) -> ChoiceOut:
    """Take another offer; refused with its reasons where it is not feasible."""
    wanted = Offer(body.mode, "", body.site_id, body.carrier)
    return _choice(handlers.override(shipment_id, wanted, who.id, tx=tx))


@router.put(
    "/merchants/{merchant_id}/tariff", responses=problems(404, 409), dependencies=[Depends(allow("tariffs.write"))]
)
def set_tariff(merchant_id: str, body: TariffWire, tx: Tx) -> TariffWire:
    """Agree what a merchant is charged, mode by mode."""
    handlers.set_tariff(merchant_id, body, tx=tx)
    return body


@router.get("/merchants/{merchant_id}/tariff", responses=problems(404))
def get_tariff(
    merchant_id: str, session: Reading, who: Annotated[Principal, Depends(allow("tariffs.read"))]
) -> TariffWire:
    """Show what a merchant is charged, mode by mode; a mode without a card goes by the contract's rates."""
    merchants.get_merchant(session, own_merchant(who, merchant_id))
    row = session.get(TariffRow, merchant_id)
    return TariffWire.model_validate(row.cards) if row else TariffWire()


@router.put("/fleet-terms", responses=problems(404), dependencies=[Depends(allow("tariffs.write"))])
def set_fleet_terms(body: FleetTermsIn, tx: Tx, depot_id: ForDepot = "") -> FleetTermsOut:
    """Enter what a depot's fleet does and costs."""
    return _terms(handlers.set_fleet_terms(depot_id, body, tx=tx), depot_id)


@router.get("/fleet-terms", responses=problems(), dependencies=[Depends(allow("fleet.read"))])
def get_fleet_terms(session: Reading, depot_id: ForDepot = "") -> FleetTermsOut:
    """Show what a depot's fleet does and costs, as entered."""
    return _terms(store.find_fleet_terms(session, depot_id), depot_id)


def _terms(row: FleetTermsRow | None, depot_id: str) -> FleetTermsOut:
    if row is None:
        return FleetTermsOut(depot_id=depot_id)
    return FleetTermsOut(**row.terms, depot_id=row.depot_id)


def _choice(row: ChoiceRow) -> ChoiceOut:
    return ChoiceOut(
        shipment_id=row.shipment_id,
        mode=row.mode,
        site_id=row.site_id,
        carrier=row.carrier,
        price=MoneyWire(amount_minor=row.price_minor, currency=row.currency),
        promise=WindowWire.maybe(row.promise_start, row.promise_end),
        reasons=row.reasons,
        offers=[OfferWire.model_validate(one) for one in row.offers],
        made_by=row.made_by,
        made_at=row.made_at,
    )
