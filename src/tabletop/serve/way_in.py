"""The way in: under which address browsers reach the server, with TLS or through a proxy."""

import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import NoReturn, Self
from urllib.parse import urlsplit

from tabletop.errors import TabletopError, in_words
from tabletop.serve.networks import Network, networks

USUAL = {"http": 80, "https": 443}
"""Ports that a browser leaves out of an address."""
IPV6 = 6
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?")
_READ_IN_TWO_WAYS = frozenset("ßς\u200c\u200d")
"""Letters that browsers put into ASCII otherwise than the standard of 2003, which Python has."""


@dataclass(frozen=True)
class Way:
    """An address under which phones may be led to a class, and the network that it is in."""

    address: str
    """As browsers write it."""
    network: Network


@dataclass(frozen=True)
class WayIn:
    """How a class is reached."""

    address: str
    """As browsers write it, without a path: `http://192.168.0.7:8000`."""
    certificate: tuple[Path, Path] | None = None
    """The files of a certificate chain and of its key, where the server itself speaks TLS."""
    is_behind_proxy: bool = False
    """Whether a proxy on this machine says from where requests come."""
    others: Callable[[], tuple[Way, ...]] = tuple
    """Where phones could be led instead by now; nothing where the address is the only one."""

    @classmethod
    def through_proxy(cls, origin: str) -> Self:
        """The way through a proxy that is reached under an origin; raises TabletopError for anything else."""
        try:
            parts = urlsplit(origin)
            port = parts.port
        except ValueError:
            _wrong(origin)
        if parts.scheme not in USUAL or not parts.hostname or parts.username or parts.query or parts.fragment:
            _wrong(origin)
        if parts.path not in ("", "/"):
            raise TabletopError(
                f"--behind-proxy: {origin}: has the path {parts.path}; a class needs a host name of its "
                "own, as https://class.example"
            )
        return cls(origin_of(parts.scheme, parts.hostname, port or USUAL[parts.scheme]), is_behind_proxy=True)

    @classmethod
    def over_tls(cls, certificate: tuple[Path, Path], name: str, port: int) -> Self:
        """The way over TLS; raises TabletopError for files that are no certificate and key."""
        check_certificate(certificate)
        return cls(origin_of("https", name, port), certificate)


def ways_at(port: int) -> tuple[Way, ...]:
    """The ways to a port of this machine, one for each private network that it is in now."""
    return tuple(Way(origin_of("http", one.address, port), one) for one in networks() or ())


def origin_of(scheme: str, host: str, port: int) -> str:
    """An origin as browsers write it; raises TabletopError for what is no host."""
    written = _host(host)
    return f"{scheme}://{written}" if port == USUAL[scheme] else f"{scheme}://{written}:{port}"


def _host(host: str) -> str:
    """A host as browsers write it: in small ASCII letters, an address of IPv6 in brackets."""
    with suppress(ValueError):
        address = ip_address(host)
        return f"[{address}]" if address.version == IPV6 else str(address)
    with suppress(UnicodeError):
        written = host.encode("idna").decode().lower()
        if _NAME.fullmatch(written) and not _READ_IN_TWO_WAYS & {*host}:
            return written
    raise TabletopError(
        f"{host or 'nothing'}: is no host name; write one as browsers do, as class.example or "
        "xn--bcher-kva.example"
    )


def check_certificate(certificate: tuple[Path, Path]) -> None:
    """Raise TabletopError for files that are no certificate chain, or not its key."""
    chain, key = certificate
    for path in certificate:
        try:
            path.read_bytes()
        except OSError as error:
            raise TabletopError(f"--tls: {path}: cannot be read: {in_words(error)}") from None

    def ask() -> NoReturn:
        raise TabletopError(f"--tls: {key}: needs a password; write a key without one, readable by you alone")

    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(chain, key, password=ask)
    except ssl.SSLError as error:
        raise TabletopError(
            f"--tls: {chain} and {key} are no certificate chain and its key, both as PEM: "
            f"{error.reason or error}"
        ) from None


def _wrong(origin: str) -> NoReturn:
    raise TabletopError(
        f"--behind-proxy: {origin}: is no origin; write how browsers reach the proxy, as https://class.example"
    )
