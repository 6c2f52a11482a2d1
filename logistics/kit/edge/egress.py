"""Which addresses the house calls on a stranger's word: public ones, over HTTPS, and no others.

A merchant names the address of a webhook; without this guard it could name our database, or the cloud's
metadata service. The address is checked where the connection is made, so a name that resolves to one
address for the check and to another for the call gains nothing.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import aiohttp

from logistics.kit.errors import Failure, Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable
    from ipaddress import IPv4Network

URL_CHARS_MAX = 2048
PORTS = {"https": 443, "http": 80}

# IANA's special-purpose registries, written out: Python's `is_global` says yes to some of them.
DENIED_V4 = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers (CGNAT)
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, with the clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, with broadcast
        "168.63.129.16/32",  # one cloud's own services, at a public address
    )
)
ALLOWED_V6 = IPv6Network("2000::/3")  # what is handed out as global unicast; all else is denied
DENIED_V6 = tuple(
    ip_network(net)
    for net in (
        "2001::/23",  # protocol assignments, with Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries any IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
        "3ffe::/16",  # the old test network
    )
)
# Outside of 2000::/3 and therefore denied: ::/96 (compatible), ::ffff:0:0/96 (mapped), 64:ff9b::/96 and
# 64:ff9b:1::/48 (NAT64), 100::/64 (discard), 5f00::/16 (SRv6), fc00::/7, fe80::/10, fec0::/10, ff00::/8.


def is_public(address: str) -> bool:
    """Tell whether an address lies on the public internet; what is no address does not."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not _in_any(ip, DENIED_V4)
    return ip in ALLOWED_V6 and not _in_any(ip, DENIED_V6)


def is_loopback(address: str) -> bool:
    """Tell whether an address is this machine (127.0.0.0/8 or ::1)."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


class EgressRefused(OSError):  # noqa: N818 - a refusal is an answer, not an accident
    """A connection to an address that is not to be called; an OSError, as those who connect expect."""


@dataclass(frozen=True, slots=True)
class Egress:
    """The guard. ``loopback`` lets addresses of this machine be called too, over HTTP: tests and demos only."""

    loopback: bool = False

    def allows(self, address: str) -> bool:
        """Tell whether a connection to this address may be made."""
        return is_public(address) or (self.loopback and is_loopback(address))

    def check_url(self, url: str, field: str = "url") -> str:
        """Return the URL, or refuse it when somebody enters it: a first look, without asking DNS."""
        parts = _parts(url, field)
        host = parts.hostname or ""
        local = self.loopback and (host == "localhost" or is_loopback(host))
        if parts.scheme != "https" and not (local and parts.scheme == "http"):
            raise Invalid(field, "is not https", "an https:// address")
        if parts.username or parts.password:
            raise Invalid(field, "carries a user name or a password", "an address without them; use the secret")
        if not local and (_looks_numeric(host) or host == "localhost") and not is_public(host):
            raise Invalid(field, f"{host} is not on the public internet", "a public host")
        return url

    def resolve(self, url: str) -> str:
        """Return the one address to connect to for a URL, checked; raises Failure if there is none."""
        parts = urlsplit(self.check_url(url))
        host = parts.hostname or ""
        try:
            found = socket.getaddrinfo(host, parts.port or PORTS[parts.scheme], type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as fault:
            raise Failure(f"{host} cannot be found: {fault}", retry=True) from fault
        addresses = [str(info[4][0]) for info in found]
        refused = [address for address in addresses if not self.allows(address)]
        if refused:  # one bad address is enough: nobody public has a private one beside
            raise Failure(f"{host} leads to {refused[0]}, which is not to be called.", retry=False)
        return addresses[0]

    def connector(self, *, connections_max: int = 100) -> aiohttp.TCPConnector:
        """Make the connector of an aiohttp session: every socket it opens is checked, redirects' too."""
        return aiohttp.TCPConnector(limit=connections_max, socket_factory=self._socket)

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, proto, _name, sockaddr = info
        if not self.allows(str(sockaddr[0])):
            raise EgressRefused(f"{sockaddr[0]} is not to be called")
        made = socket.socket(family, kind, proto)
        made.setblocking(False)  # noqa: FBT003 - the library takes it by position
        return made


def _parts(url: str, field: str) -> SplitResult:
    if len(url) > URL_CHARS_MAX or any(c.isspace() or not c.isprintable() for c in url) or "\\" in url:
        raise Invalid(field, "is no address", f"an https:// address of at most {URL_CHARS_MAX} characters")
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is no port
    except ValueError:
        raise Invalid(field, "is no address", "an https:// address") from None
    if not parts.hostname:
        raise Invalid(field, "has no host", "an https:// address")
    return parts


def _looks_numeric(host: str) -> bool:
    """Tell an address from a name, also in the old spellings that C libraries still read (127.1, 0x7f.1)."""
    return ":" in host or host.rstrip(".").rsplit(".", 1)[-1][:1].isdigit()


def _in_any(ip: IPv4Address | IPv6Address, nets: Iterable[IPv4Network | IPv6Network]) -> bool:
    return any(ip in net for net in nets)
