"""Which network addresses may be reached: public ones, and those a policy names."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable

from newsextract.errors import BlockedAddress, ConnectFailed

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Whether ``address`` is a global unicast one, IPv4 dressed as IPv6 looked through."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None:
            return False
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local:  # RFC 3879; ipaddress has it as global
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def is_allowed(host: str, address: Address, allowed: Iterable[str]) -> bool:
    """Whether ``allowed`` names this host, this address, or a network that holds it."""
    for entry in allowed:
        if entry == host.lower():
            return True
        try:
            network = ipaddress.ip_network(entry, strict=False)
        except ValueError:  # a host name, and not this one
            continue
        if address.version == network.version and address in network:
            return True
    return False


async def reachable(host: str, port: int, allowed: Iterable[str]) -> list[str]:
    """The addresses of ``host`` that may be connected to, in the resolver's order.

    Raises ``BlockedAddress`` if there is none, ``ConnectFailed`` if the name is unknown. Connect
    to what is returned and not to the name: a second look-up may answer otherwise.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )
    except (OSError, UnicodeError) as error:
        raise ConnectFailed(f"the name {host} is not known ({error})") from error
    addresses = list(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found))
    allowed = tuple(allowed)
    good = [
        a
        for a in addresses
        if is_public(ip := ipaddress.ip_address(a)) or is_allowed(host, ip, allowed)
    ]
    if not good:
        where = "" if addresses == [host] else f" is at {', '.join(addresses)}, which"
        raise BlockedAddress(f"{host}{where} is not public")
    return good
