"""Which client speaks to which carrier, and over what."""

from __future__ import annotations

from collections.abc import Callable

from logistics.carriers.adapters.pretend.client import PretendClient
from logistics.carriers.edge.tables import CarrierRow
from logistics.carriers.port import Account, Ask, CarrierPort, Send
from logistics.kit.edge.context import Context
from logistics.kit.edge.egress import Egress
from logistics.kit.edge.http_client import HttpClient, Request
from logistics.kit.errors import Failure

ADAPTERS: dict[str, Callable[[Account, Send], CarrierPort]] = {"pretend": PretendClient}

Ports = Callable[[CarrierRow], CarrierPort]


def over(client: HttpClient) -> Send:
    """Send by a client of the house; each request of a carrier's client may be repeated."""

    def send(ask: Ask) -> tuple[int, bytes]:
        request = Request(ask.method, ask.url, headers=ask.headers, json=ask.json, repeatable=True)
        answer = client.send(request)
        return answer.status, answer.body

    return send


def ports_of(client: HttpClient) -> Ports:
    """Return what finds the port to a carrier; Failure where no client speaks to it."""
    send = over(client)

    def port(row: CarrierRow) -> CarrierPort:
        make = ADAPTERS.get(row.adapter)
        if make is None:
            raise Failure(f"Nothing here speaks to {row.name}.", retry=False)
        return make(Account(row.base_url, row.secret), send)

    return port


def http_client(context: Context) -> HttpClient:
    """Open a client for carriers, behind the house's guard."""
    return HttpClient(Egress(loopback=context.settings.egress_loopback))
