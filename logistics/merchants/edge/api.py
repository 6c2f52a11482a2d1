"""Routes of merchants."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from logistics.access.edge.guard import allow
from logistics.access.edge.handlers import own_merchant
from logistics.access.model import Principal
from logistics.kit.edge.etags import Seen
from logistics.kit.edge.http import Reading, Tx, problems
from logistics.merchants.edge import handlers, store
from logistics.merchants.edge.schemas import ContractWire, MerchantIn, MerchantOut
from logistics.merchants.edge.tables import MerchantRow

router = APIRouter(prefix="/v1/merchants", tags=["merchants"])
Reader = Annotated[Principal, Depends(allow("merchants.read"))]


@router.post("", status_code=201, responses=problems(409), dependencies=[Depends(allow("merchants.write"))])
def create_merchant(body: MerchantIn, response: Response, tx: Tx) -> MerchantOut:
    """Take on a merchant."""
    return _out(handlers.create_merchant(body, tx=tx), response)


@router.get("", responses=problems())
def list_merchants(session: Reading, who: Reader) -> list[MerchantOut]:
    """List the merchants; a merchant sees itself."""
    return [_out(row) for row in store.list_merchants(session) if who.may_see_merchant(row.id)]


@router.get("/{merchant_id}", responses=problems(404))
def get_merchant(merchant_id: str, response: Response, session: Reading, who: Reader) -> MerchantOut:
    """Show a merchant and its terms."""
    return _out(store.get_merchant(session, own_merchant(who, merchant_id)), response)


@router.put("/{merchant_id}/contract", responses=problems(404, 412), dependencies=[Depends(allow("merchants.write"))])
def change_contract(merchant_id: str, body: ContractWire, response: Response, tx: Tx, version: Seen) -> MerchantOut:
    """Agree new terms; `If-Match` carries the ETag that was read."""
    return _out(handlers.change_contract(merchant_id, body, version, tx=tx), response)


def _out(row: MerchantRow, response: Response | None = None) -> MerchantOut:
    if response is not None:
        response.headers["ETag"] = f'"{row.version}"'
    return MerchantOut.model_validate(row.model_dump())
