from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_network

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from logistics.kit.edge.egress import Egress, is_public
from logistics.kit.errors import Failure, Invalid

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.0.1",
    "172.32.0.1",
    "2606:4700::1111",
    "2a00::1",
]
DENIED = [
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("0.0.0.1", "this network"),
    ("10.0.0.1", "private"),
    ("172.16.0.1", "private"),
    ("192.168.1.1", "private"),
    ("169.254.169.254", "metadata"),
    ("168.63.129.16", "metadata of another cloud"),
    ("100.64.0.1", "CGNAT"),
    ("100.100.100.200", "metadata of a third cloud, in CGNAT space"),
    ("192.0.0.8", "protocol assignments: Python says global"),
    ("198.18.0.1", "benchmarks"),
    ("224.0.0.1", "multicast"),
    ("255.255.255.255", "broadcast"),
    ("::1", "loopback"),
    ("::", "unspecified"),
    ("::ffff:127.0.0.1", "mapped loopback"),
    ("::ffff:8.8.8.8", "mapped: say it in four numbers"),
    ("::127.0.0.1", "compatible"),
    ("64:ff9b::7f00:1", "NAT64: Python says global"),
    ("64:ff9b:1::a00:1", "local NAT64"),
    ("2002:7f00:1::", "6to4 of loopback: Python says global"),
    ("2001:0:7f00:1::", "Teredo"),
    ("2001:db8::1", "documentation"),
    ("fc00::1", "private"),
    ("fd00:ec2::254", "metadata"),
    ("fe80::1%eth0", "link-local"),
    ("fec0::1", "site-local"),
    ("ff02::1", "multicast"),
    ("localhost", "no address"),
    ("", "no address"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_called(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(("address", "why"), DENIED)
def test_all_others_are_not(address: str, why: str) -> None:
    assert not is_public(address), why


@given(st.ip_addresses())
def test_what_python_calls_not_global_is_never_public(ip: IPv4Address | IPv6Address) -> None:
    if not ip.is_global or ip.is_multicast:
        assert not is_public(str(ip))


@given(st.sampled_from(["::ffff:0:0/96", "64:ff9b::/96", "::/96"]), st.ip_addresses(v=4))
def test_no_address_hides_within_another(net: str, inside: IPv4Address) -> None:
    wrapped = IPv6Address(int(ip_network(net).network_address) + int(inside))
    assert not is_public(str(wrapped))


@given(st.ip_addresses(v=4), st.integers(0, 2**80 - 1))
def test_no_address_hides_in_6to4(inside: IPv4Address, rest: int) -> None:
    assert not is_public(str(IPv6Address((0x2002 << 112) | (int(inside) << 80) | rest)))


REFUSED = [
    ("http://example.com/hook", "not https"),
    ("ftp://example.com/", "not https"),
    ("example.com/hook", "no scheme"),
    ("https:///hook", "no host"),
    ("https://user:word@example.com/", "carries a password"),
    ("https://127.0.0.1/", "loopback"),
    ("https://localhost/", "loopback by name"),
    ("https://127.1/", "old spelling"),
    ("https://2130706433/", "one number"),
    ("https://0x7f000001/", "hexadecimal"),
    ("https://0177.0.0.1/", "octal"),
    ("https://[::1]/", "loopback"),
    ("https://169.254.169.254/latest/meta-data", "metadata"),
    ("https://example.com:99999/", "no port"),
    ("https://exa mple.com/", "a space"),
    ("https://example.com\\@127.0.0.1/", "two readings"),
    ("https://example.com/\r\nHost: x", "a line break"),
    ("https://" + "a" * 2050, "too long"),
]


@pytest.mark.parametrize(("url", "why"), REFUSED)
def test_a_url_is_refused_when_it_is_entered(url: str, why: str) -> None:
    with pytest.raises(Invalid) as refusal:
        Egress().check_url(url, "endpoint.url")
    assert refusal.value.errors[0].field == "endpoint.url", why


@pytest.mark.parametrize("url", ["https://example.com/hook", "https://example.com:8443/?a=b", "https://1.1.1.1/"])
def test_a_public_https_url_is_taken(url: str) -> None:
    assert Egress().check_url(url) == url


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/hook", "http://localhost:9000/", "http://[::1]/"])
def test_loopback_is_open_only_where_the_settings_open_it(url: str) -> None:
    assert Egress(loopback=True).check_url(url) == url
    with pytest.raises(Invalid):
        Egress().check_url(url)


def test_open_loopback_opens_nothing_else() -> None:
    open_here = Egress(loopback=True)
    assert not open_here.allows("10.0.0.1")
    with pytest.raises(Invalid):
        open_here.check_url("http://example.com/")


def name_leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def fake(_host: str, port: int, *_args: object, **_more: object) -> list[tuple[object, ...]]:
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", fake)


def test_a_name_is_resolved_to_a_checked_address(monkeypatch: pytest.MonkeyPatch) -> None:
    name_leads_to(monkeypatch, "1.1.1.1", "1.0.0.1")
    assert Egress().resolve("https://hooks.example.com/x") == "1.1.1.1"


@pytest.mark.parametrize("addresses", [("10.0.0.1",), ("1.1.1.1", "10.0.0.1"), ("::ffff:10.0.0.1",)])
def test_a_name_that_leads_inside_is_not_called(monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]) -> None:
    name_leads_to(monkeypatch, *addresses)
    with pytest.raises(Failure) as failure:
        Egress().resolve("https://hooks.example.com/x")
    assert not failure.value.retry


def test_a_name_nobody_knows_may_be_tried_again() -> None:
    with pytest.raises(Failure) as failure:
        Egress().resolve("https://nobody.invalid/")
    assert failure.value.retry


class Receiver:
    """A server on this machine that counts who got through, and one path that leads elsewhere."""

    def __init__(self) -> None:
        self.count = 0
        self.port = 0

    async def hook(self, _request: web.Request) -> web.Response:
        self.count += 1
        return web.Response(text="taken")


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


async def _post(receiver: Receiver, egress: Egress, host: str) -> str:
    app = web.Application()
    app.router.add_post("/hook", receiver.hook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert runner.addresses
    port = runner.addresses[0][1]
    try:
        async with (
            aiohttp.ClientSession(connector=egress.connector()) as session,
            session.post(f"http://{host}:{port}/hook") as answer,
        ):
            return await answer.text()
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_connector_checks_each_socket(receiver: Receiver, host: str) -> None:
    with pytest.raises(aiohttp.ClientConnectionError):
        asyncio.run(_post(receiver, Egress(), host))
    assert receiver.count == 0
    assert asyncio.run(_post(receiver, Egress(loopback=True), host)) == "taken"
    assert receiver.count == 1
