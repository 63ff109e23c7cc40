"""Checks whether a URL still works: politely, and never inside our own network (SSRF protection).

A host name is resolved once, and the connection goes to exactly the address that was checked. So a name that resolves
differently the second time has no effect. Redirects are followed manually, and each one is checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
MayReach = Callable[[Address], bool]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Servers without HEAD, or with a wrong error for it, get a second request with GET.
_ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 501})
_PORTS = {"http": 80, "https": 443}
_MOST_REDIRECTS = 5
_MOST_BYTES = 500_000
_TEXTS = frozenset({"text/html", "application/xhtml+xml", "application/json"})
# Without IPv4, this prefix leads to IPv4 addresses (RFC 6052), including those of our own network.
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
# Global according to Python, but not for public sites: translation within a network, former site-local addresses,
# obsolete IPv4-in-IPv6 forms, protocols and relays.
_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        (
            *("64:ff9b:1::/48", "fec0::/10", "::/96", "::ffff:0:0:0/96", "192.0.0.0/24", "192.88.99.0/24"),
            # Reserved after Python 3.11: examples (RFC 9637) and segment routing (RFC 9602).
            *("3fff::/20", "5f00::/16"),
        ),
    )
)


@dataclass(frozen=True)
class FetchResult:
    """The result for a URL: the status after all redirects, or 0 without an answer, and the reason."""

    status: int
    detail: str = ""

    @property
    def is_there(self) -> bool:
        """Whether a page can be read there."""
        return 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the server itself says that the page is gone."""
        return self.status in (404, 410)


def is_public(address: Address) -> bool:
    """Return whether an address is on the public internet; IPv4 addresses embedded in IPv6 are checked too."""
    if not address.is_global or address.is_multicast or any(address in network for network in _CLOSED):
        return False
    wrapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if address in _TRANSLATED:
        wrapped = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return wrapped is None or is_public(wrapped)


def ask(address: str, *, agent: str, timeout: float = 10.0, may_reach: MayReach = is_public) -> FetchResult:
    """Request a URL and return the result; reads only the response headers.

    `timeout`, in seconds, limits each wait; three times as much limits the total for one server.
    """
    try:
        return _follow(address, agent, timeout, may_reach)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return FetchResult(0, f"{type(error).__name__}: {error}"[:300])


@dataclass(frozen=True)
class FetchedText:
    """A text from a URL; status 0 without an answer. It is empty unless the answer is HTML or JSON."""

    status: int
    text: str = ""


def fetch_text(address: str, *, agent: str, timeout: float = 5.0, may_reach: MayReach = is_public) -> FetchedText:
    """Request a URL and return its text, at most `_MOST_BYTES`; never raises. `timeout` is as for `ask`."""
    try:
        for _step in range(_MOST_REDIRECTS + 1):
            parts = urlsplit(address)
            if parts.scheme not in _PORTS or not parts.hostname:
                return FetchedText(0)
            place = _reachable(parts, may_reach)
            if place is None:
                return FetchedText(0)
            status, location, text = _asked("GET", parts, place, agent, timeout, is_read=True)
            if status not in _REDIRECTS or location is None:
                return FetchedText(status, text)
            address = urljoin(address, location)
    except (OSError, http.client.HTTPException, ValueError, LookupError):
        pass
    return FetchedText(0)


def _follow(address: str, agent: str, timeout: float, may_reach: MayReach) -> FetchResult:
    for _step in range(_MOST_REDIRECTS + 1):
        parts = urlsplit(address)
        if parts.scheme not in _PORTS or not parts.hostname:
            return FetchResult(0, "it leads to something that is no web address")
        place = _reachable(parts, may_reach)
        if place is None:
            return FetchResult(0, "it leads into a network that is not public")
        status, location, _text = _asked("HEAD", parts, place, agent, timeout)
        if status in _ASK_AGAIN:
            status, location, _text = _asked("GET", parts, place, agent, timeout)
        if status not in _REDIRECTS or location is None:
            return FetchResult(status)
        address = urljoin(address, location)
    return FetchResult(0, "it is sent on again and again")


def _reachable(parts: SplitResult, may_reach: MayReach) -> str | None:
    """Return the address to connect to, or `None` if any address of the name is not allowed."""
    found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    places = [str(each[4][0]).partition("%")[0] for each in found]
    return places[0] if places and all(may_reach(ipaddress.ip_address(place)) for place in places) else None


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS[parts.scheme]


def _asked(
    method: str, parts: SplitResult, place: str, agent: str, timeout: float, *, is_read: bool = False
) -> tuple[int, str | None, str]:
    connection = http.client.HTTPConnection(parts.hostname or "", _port(parts), timeout=timeout)
    try:
        line = connection.sock = socket.create_connection((place, _port(parts)), timeout)
        target = _quoted(parts.path or "/") + (f"?{_quoted(parts.query)}" if parts.query else "")
        host = parts.netloc.rpartition("@")[2]
        with _given_up_after(3 * timeout, line):
            if parts.scheme == "https":
                context = ssl.create_default_context()
                connection.sock = context.wrap_socket(line, server_hostname=parts.hostname)
            connection.request(method, target, headers={"Host": host, "User-Agent": agent, "Accept": "*/*"})
            response = connection.getresponse()
            text = _text(response) if is_read and 200 <= response.status < 300 else ""
        return response.status, response.getheader("Location"), text
    finally:
        connection.close()


def _text(response: http.client.HTTPResponse) -> str:
    kind = response.headers.get_content_type()
    if kind not in _TEXTS:
        return ""
    data = response.read(_MOST_BYTES)
    return data.decode(response.headers.get_content_charset() or "utf-8", errors="replace")


@contextmanager
def _given_up_after(seconds: float, line: socket.socket) -> Iterator[None]:
    """Disconnect after so many seconds: a server that sends a byte now and then never triggers a timeout."""
    own = line.dup()  # encryption takes over the socket

    def hang_up() -> None:
        with suppress(OSError):
            own.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        own.close()


def _quoted(text: str) -> str:
    """Quote characters that are invalid in a URL; quoted ones stay unchanged."""
    return quote(text, safe="/%:@!$&'()*+,;=?~-._")
