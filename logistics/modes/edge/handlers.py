"""Choosing: load, decide, save, announce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from logistics.carriers.edge import store as carriers
from logistics.carriers.edge.handlers import load_of, place_of
from logistics.carriers.rate_card import Load
from logistics.kit.edge.db import Database, Transaction
from logistics.kit.errors import Conflict
from logistics.kit.money import Money
from logistics.kit.windows import Window, zone
from logistics.merchants.edge import store as merchants
from logistics.modes import choose as rules
from logistics.modes import fleet, hauliers
from logistics.modes.choose import Choice
from logistics.modes.edge import learning, store
from logistics.modes.edge.schemas import FleetTermsIn, OfferWire, QuoteIn, TariffWire
from logistics.modes.edge.tables import ChoiceRow, FleetTermsRow, QuoteRow, TariffRow
from logistics.modes.events import ModeChosen
from logistics.modes.offers import Asked, Offer, Reason
from logistics.modes.tariff import contract_price
from logistics.shipments.edge import handlers as shipments
from logistics.shipments.edge import store as shipment_store
from logistics.shipments.edge.tables import ShipmentRow
from logistics.shipments.events import ConsentRecorded, ShipmentAccepted
from logistics.shipments.lifecycle import SHIPMENT, ShipmentState, ShipmentStep
from logistics.shipments.model import ConsentKind, Mode, ParcelDraft
from logistics.sites.edge import store as sites

QUOTE_HOLDS = timedelta(minutes=30)
BY_RULES, BY_PLAN = "rules", "plan"


def on_shipment_accepted(news: ShipmentAccepted, tx: Transaction) -> None:
    """Choose at once; a shipment nothing is feasible for stays accepted, and its choice says why."""
    choose_for(news.shipment_id, tx=tx)


def on_consent_recorded(news: ConsentRecorded, tx: Transaction) -> None:
    """Choose anew when the recipient gives or withdraws a permission, as long as nothing has been planned."""
    shipment = shipment_store.get_shipment(tx.session, news.shipment_id)
    if SHIPMENT.can(ShipmentState(shipment.state), ShipmentStep.CHOOSE):
        choose_for(news.shipment_id, tx=tx)


def choose_for(shipment_id: str, *, tx: Transaction) -> ChoiceRow:
    """Choose a mode for a shipment by the rules; refused (409) once it is planned.

    Where nothing is feasible the shipment stays as it is, and the choice, without a mode, says why.
    """
    shipment = shipment_store.lock_shipment(tx.session, shipment_id)
    before = store.find_choice(tx.session, shipment_id)
    site_wish = before.site_wish if before else shipment.site_id
    choice = _choice(asked_about(shipment, site_wish, tx), shipment.merchant_id, shipment.depot_id, tx.session)
    taken = choice.taken or Offer(Mode.OWN_FLEET, "")
    row = _keep(shipment, taken, choice, site_wish=site_wish, made_by=BY_RULES, tx=tx)
    if choice.taken is None:
        row.mode = ""
        return row
    return _apply(shipment, row, taken.promise, tx)


def override(shipment_id: str, wanted: Offer, made_by: str, *, tx: Transaction) -> ChoiceRow:
    """Take another offer on somebody's word; refused (409) with the reasons where it is not feasible."""
    shipment = shipment_store.lock_shipment(tx.session, shipment_id)
    before = store.find_choice(tx.session, shipment_id)
    site_wish = before.site_wish if before else shipment.site_id
    asked = replace(asked_about(shipment, wanted.site_id, tx), wish=wanted.mode)
    choice = _choice(asked, shipment.merchant_id, shipment.depot_id, tx.session)
    fitting = [one for one in choice.offers if one.mode is wanted.mode and wanted.carrier in {"", one.carrier}]
    offer = next((one for one in fitting if wanted.site_id in {"", one.site_id}), None)
    if offer is None:
        raise Conflict("Nothing of that kind can be offered for this shipment.", code="no_such_offer")
    if offer.reasons:
        _refuse(offer.name, offer.reasons)
    row = _keep(shipment, offer, replace(choice, taken=offer), site_wish=site_wish, made_by=made_by, tx=tx)
    return _apply(shipment, row, offer.promise, tx)


def record_choice(
    shipment_id: str,
    mode: Mode,
    site_id: str,
    carrier: str,
    price: Money | None,
    reasons: Sequence[str],
    *,
    tx: Transaction,
) -> ChoiceRow:
    """Record what a plan decided; refused (409) where consent is missing or a carrier cannot collect the money.

    ``price`` is what the merchant is charged; none: as it was offered, or else by the contract.
    """
    shipment = shipment_store.lock_shipment(tx.session, shipment_id)
    _check_rules(shipment, mode, site_id, carrier, tx)
    before = store.find_choice(tx.session, shipment_id)
    offers = store.offers_of(before) if before else []
    offered = next((one for one in offers if one.key == (mode, site_id, carrier)), None)
    charged = price or (offered.price if offered else None) or _contract_price(shipment, tx)
    taken = replace(offered or Offer(mode, "", site_id, carrier), price=charged)
    kept = [taken if one is offered else one for one in offers] + [taken] * (offered is None)
    choice = Choice(tuple(kept), taken, tuple(reasons))
    site_wish = before.site_wish if before else shipment.site_id
    row = _keep(shipment, taken, choice, site_wish=site_wish, made_by=BY_PLAN, tx=tx)
    return _apply(shipment, row, taken.promise, tx)


def quote(asked: QuoteIn, merchant_id: str, db: Database) -> tuple[QuoteRow, Choice]:
    """Answer a checkout: nothing is reserved, the prices hold for half an hour."""
    with db.reading() as session:
        choice = _choice(_asked_at_checkout(asked, merchant_id, session, db), merchant_id, asked.depot_id, session)
    with db.transaction() as tx:
        row = QuoteRow(
            id=tx.new_id("quo"),
            merchant_id=merchant_id,
            offers=_written(choice),
            made_at=tx.now,
            valid_until=tx.now + QUOTE_HOLDS,
        )
        tx.session.add(row)
    return row, choice


def set_tariff(merchant_id: str, tariff: TariffWire, *, tx: Transaction) -> None:
    """Agree a merchant's tariff; refused where a card makes no sense or is in another currency."""
    currency = merchants.get_contract(tx.session, merchant_id).currency
    if any(card.currency != currency for card in tariff.to_tariff().cards.values()):
        raise Conflict(f"The contract is in {currency}, and so has the tariff to be.", code="other_currency")
    row = TariffRow(merchant_id=merchant_id, cards=tariff.model_dump(mode="json"), changed_at=tx.now)
    tx.session.merge(row)


def set_fleet_terms(depot_id: str, terms: FleetTermsIn, *, tx: Transaction) -> FleetTermsRow:
    """Enter what a depot's fleet (empty: every fleet) does and costs; what plans taught stays, until the next one."""
    if depot_id:
        sites.get_site(tx.session, depot_id)
    terms.to_terms()
    row = tx.session.get(FleetTermsRow, depot_id) or FleetTermsRow(depot_id=depot_id, terms={}, changed_at=tx.now)
    row.terms, row.changed_at = terms.model_dump(mode="json"), tx.now
    tx.session.add(row)
    return row


def asked_about(shipment: ShipmentRow, site_wish: str, tx: Transaction) -> Asked:
    """Return what is asked about a shipment."""
    window = None
    if shipment.window_start and shipment.window_end:
        window = Window(shipment.window_start, shipment.window_end)
    parcels = shipment_store.list_parcels(tx.session, shipment.id)
    return Asked(
        now=tx.now,
        load=load_of(shipment),
        parcel_weight_g_max=max((parcel.weight_g for parcel in parcels), default=0),
        place=place_of(shipment),
        wish_on=shipment.deliver_on,
        window=window,
        wish=Mode(shipment.mode_wish) if shipment.mode_wish else None,
        site_wish=site_wish,
        has_store_consent=shipment_store.has_consent(tx.session, shipment.id, ConsentKind.STORE),
        allowed=frozenset(merchants.get_contract(tx.session, shipment.merchant_id).modes),
    )


def _asked_at_checkout(asked: QuoteIn, merchant_id: str, session: Session, db: Database) -> Asked:
    merchant = merchants.get_merchant(session, merchant_id)
    now = db.clock.now()
    parcels = [ParcelDraft(**parcel.model_dump()) for parcel in asked.parcels]
    newest = {consent.kind: consent.granted for consent in asked.consents}
    return Asked(
        now=now,
        load=Load(
            weight_g=sum(parcel.weight_g for parcel in parcels),
            volume_cm3=sum(parcel.space_cm3 for parcel in parcels),
            parcels_count=len(parcels),
            cod=(asked.cod_due.to_money() or None) if asked.cod_due else None,
        ),
        parcel_weight_g_max=max(parcel.weight_g for parcel in parcels),
        place=asked.recipient.point.to_point() if asked.recipient.point else None,
        wish_on=asked.deliver_on or now.astimezone(zone(merchant.time_zone)).date(),
        window=asked.window.to_window() if asked.window else None,
        wish=asked.mode,
        site_wish=asked.service_point_id,
        has_store_consent=newest.get(ConsentKind.STORE, False),
        allowed=frozenset(merchants.get_contract(session, merchant_id).modes),
    )


def _choice(asked: Asked, merchant_id: str, depot_id: str, session: Session) -> Choice:
    depot = fleet.nearest(store.list_depots(session, depot_id), asked.place)
    if depot is None:
        return Choice((), None, ("There is no depot to send from.",))
    pricing = store.pricing_for(session, merchant_id)
    known = learning.known_about(session, depot.site_id, pricing.terms.contract.currency)
    depot = replace(depot, known=known)
    offers = [fleet.door_offer(asked, depot, pricing)]
    stores = store.list_stores(session, asked.place, depot.terms.reach_m_max, asked.site_wish)
    offers += fleet.store_offers(asked, depot, stores, pricing)
    offers += [hauliers.carrier_offer(asked, one, depot.point, pricing) for one in store.list_hauliers(session)]
    return rules.choose(asked, offers)


def _written(choice: Choice) -> list[dict[str, object]]:
    return [OfferWire.of(offer, choice).model_dump(mode="json") for offer in choice.offers]


def _keep(
    shipment: ShipmentRow, taken: Offer, choice: Choice, *, site_wish: str, made_by: str, tx: Transaction
) -> ChoiceRow:
    row = ChoiceRow(
        id=tx.new_id("cho"),
        shipment_id=shipment.id,
        merchant_id=shipment.merchant_id,
        mode=taken.mode,
        site_id=taken.site_id,
        carrier=taken.carrier,
        site_wish=site_wish,
        price_minor=taken.price.amount_minor if taken.price else 0,
        currency=shipment.currency,
        promise_start=taken.promise.start if taken.promise else None,
        promise_end=taken.promise.end if taken.promise else None,
        reasons=list(choice.reasons),
        offers=_written(choice),
        made_by=made_by,
        made_at=tx.now,
    )
    tx.session.add(row)
    return row


def _apply(shipment: ShipmentRow, row: ChoiceRow, promise: Window | None, tx: Transaction) -> ChoiceRow:
    """Let the shipment go the chosen way; its promise stays, unless it goes another way than was promised."""
    changed = (shipment.mode, shipment.site_id, shipment.carrier) != (row.mode, row.site_id, row.carrier)
    is_first = not shipment.mode
    shipments.record(shipment.id, ShipmentStep.CHOOSE, tx=tx)
    shipment.mode, shipment.site_id, shipment.carrier = row.mode, row.site_id, row.carrier
    if promise and (changed or is_first):
        shipment.promise_start, shipment.promise_end = promise.start, promise.end
    tx.session.add(shipment)
    tx.session.flush()
    if changed or is_first:
        tx.announce(
            ModeChosen(
                merchant_id=shipment.merchant_id,
                shipment_id=shipment.id,
                occurred_at=tx.now,
                mode=row.mode,
                site_id=row.site_id,
                carrier=row.carrier,
                price=Money(row.price_minor, row.currency),
                reasons=tuple(row.reasons),
            )
        )
    return row


def _check_rules(shipment: ShipmentRow, mode: Mode, site_id: str, carrier: str, tx: Transaction) -> None:
    """Hold what no plan may bend."""
    if mode is Mode.PICKUP:
        sites.get_site(tx.session, site_id)
        if not shipment_store.has_consent(tx.session, shipment.id, ConsentKind.STORE):
            raise Conflict("The recipient has not consented to a store.", code="no_consent")
    if mode is Mode.CARRIER and shipment.cod_due_minor and not carriers.get_carrier(tx.session, carrier).collects_cod:
        raise Conflict(f"{carrier} does not collect money.", code="carrier_no_cod")


def _contract_price(shipment: ShipmentRow, tx: Transaction) -> Money:
    return contract_price(merchants.get_contract(tx.session, shipment.merchant_id), load_of(shipment)).amount


def _refuse(name: str, reasons: Sequence[Reason]) -> None:
    text = ", ".join(reason.text for reason in reasons)
    raise Conflict(f"{name} cannot be taken: {text}.", code=reasons[0].code)
