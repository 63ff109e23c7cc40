"""Fetching a URL: found, gone, and URLs that must never be requested."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kb.editing.quality.link_fetcher import Address, ask, is_public

AGENT = "Praxis link check (+http://localhost)"


class Server(BaseHTTPRequestHandler):
    """A server whose response depends on the path; it records requests."""

    asked: list[tuple[str, str, str]]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        path = self.path.partition("?")[0]
        if path == "/drip":
            with suppress(OSError):
                for _ in range(1000):
                    self.wfile.write(b"H")
                    time.sleep(0.02)
            return
        if path == "/get-only" and self.command == "HEAD":
            self.send_response(405)
        elif path.startswith("/to"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
        else:
            self.send_response(int(path[1:]) if path[1:].isdigit() else 200)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Print nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Server.asked = []
    made = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


def anywhere(_address: Address) -> bool:
    return True


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/404", 404), ("/410", 410), ("/503", 503), ("/get-only", 200), ("/ž?q=č#x", 200)]
)
def test_the_status_at_the_address_is_told(server: str, path: str, status: int) -> None:
    answer = ask(server + path, agent=AGENT, may_reach=anywhere)
    assert answer.status == status
    assert answer.is_there is (status == 200)
    assert answer.is_gone is (status in (404, 410))
    assert {agent for _method, _path, agent in Server.asked} == {AGENT}


def test_redirects_are_followed_but_not_for_ever(server: str) -> None:
    assert ask(f"{server}/to?/to?/404", agent=AGENT, may_reach=anywhere).status == 404
    assert ask(f"{server}/to?{server}/", agent=AGENT, may_reach=anywhere).is_there
    round_and_round = ask(f"{server}/to?/to?/to?/to?/to?/to?/to?/", agent=AGENT, may_reach=anywhere)
    assert round_and_round.status == 0
    assert "again" in round_and_round.detail


def test_a_server_that_drags_out_the_handshake_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            line, _address = server.accept()
            with line, suppress(OSError):
                line.sendall(b"\x16\x03\x03\x40\x00")  # starts a message of 16 kB, sent byte by byte
                for _ in range(1000):
                    line.sendall(b"x")
                    time.sleep(0.02)

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        address = f"https://127.0.0.1:{server.getsockname()[1]}/"
        assert ask(address, agent=AGENT, timeout=0.2, may_reach=anywhere).status == 0
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/"])
def test_a_redirect_to_something_else_than_the_web_is_not_followed(server: str, target: str) -> None:
    assert ask(f"{server}/to?{target}", agent=AGENT, may_reach=anywhere).status == 0


def test_our_own_network_is_never_asked(server: str) -> None:
    port = server.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0.0.0.0"):  # noqa: S104
        answer = ask(f"http://{host}:{port}/", agent=AGENT)
        assert answer.status == 0, host
    assert Server.asked == []


def test_nor_by_a_redirect(server: str) -> None:
    first = ipaddress.ip_address("127.0.0.1")
    reached: list[Address] = []

    def only_once(address: Address) -> bool:
        reached.append(address)
        return len(reached) == 1

    answer = ask(f"{server}/to?{server}/secret", agent=AGENT, may_reach=only_once)
    assert answer.status == 0
    assert "not public" in answer.detail
    assert reached == [first, first]
    assert [path for _method, path, _agent in Server.asked] == [f"/to?{server}/secret"]


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.1", "172.16.3.4", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
        *("224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "ff0e::1"),
        *("64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "fec0::1", "::10.0.0.1", "::ffff:0:10.0.0.1"),
        *("192.0.0.8", "192.88.99.1"),
        *("3fff::1", "5f00::1"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


def test_addresses_that_are_public() -> None:
    assert is_public(ipaddress.ip_address("93.184.216.34"))
    assert is_public(ipaddress.ip_address("2606:2800:220:1::1"))
    assert is_public(ipaddress.ip_address("64:ff9b::93.184.216.34"))


@pytest.mark.parametrize("address", ["http://", "http://[", "http://example.org:99999/", "http://host.invalid/", "x"])
def test_what_cannot_be_asked_is_an_answer_and_no_error(address: str) -> None:
    answer = ask(address, agent=AGENT, may_reach=anywhere)
    assert answer.status == 0
    assert answer.detail


def test_who_does_not_answer_in_time_is_given_up(server: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answer = ask(f"http://127.0.0.1:{silent.getsockname()[1]}/", agent=AGENT, timeout=0.2, may_reach=anywhere)
    assert answer.status == 0
    assert "imed out" in answer.detail or "imeout" in answer.detail


def test_who_answers_letter_by_letter_is_given_up_too(server: str) -> None:
    begun = time.monotonic()
    answer = ask(f"{server}/drip", agent=AGENT, timeout=0.2, may_reach=anywhere)
    assert answer.status == 0
    assert answer.detail
    assert time.monotonic() - begun < 10  # without the limit it takes twenty
