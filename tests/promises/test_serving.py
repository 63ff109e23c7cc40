"""The server that `kb serve` starts logs nothing that readers type, and clients cannot take it down."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from kb.content_store.reference_data import FOLDERS

ROOT = Path(__file__).parents[2]
TYPED = "zuvėdros-quetzal"
IN_ADDRESS = "zuv%C4%97dros-quetzal"
# The real application, with an added page that crashes with the typed text and a module that logs it.
WSGI = """
import logging
import os

from flask import request

from kb.app import create_app

app = create_app()


@app.after_request
def _tell(response):
    response.headers["X-Worker"] = str(os.getpid())
    return response


@app.before_request
def _break():
    values = {**request.args, **request.form}
    typed = next((value for name, value in values.items() if name not in ("crash", "ids")), "")
    logging.getLogger("kb.elsewhere").warning("looked for %s at %s", typed, request.url)
    if "crash" in request.args:
        try:
            {}[typed]
        except KeyError as error:
            raise ValueError(f"broken by {typed} at {request.full_path}") from error
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The server that `kb serve` starts, with the application above; its URL, and the file of all its output."""
    tmp_path = tmp_path_factory.mktemp("served")
    shutil.copytree(ROOT / "tests" / "sample", tmp_path / "content")
    for name in FOLDERS:
        (tmp_path / "content" / name).symlink_to(ROOT / "content" / name)
    (tmp_path / "wsgi.py").write_text(WSGI, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KB_")},
        "KB_CONTENT": str(tmp_path / "content"),
        "KB_DATA": str(tmp_path / "var"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "kb", "serve", "--port", str(port), "--workers", "1"]
    output = tmp_path / "output"
    with output.open("w") as log:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://localhost:{port}/en/", process, output)
            yield f"http://localhost:{port}", output
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen[bytes], output: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        assert process.poll() is None, output.read_text(encoding="utf-8")
        try:
            status(address)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(output.read_text(encoding="utf-8"))


def status(address: str, data: bytes | None = None) -> int:
    asked = urllib.request.Request(address, data, {"Sec-Fetch-Site": "same-origin"})  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 - our own address
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.slow
def test_what_a_reader_types_is_in_no_log(server: tuple[str, Path]) -> None:
    site, output = server
    for path in ("search?q=", "search/suggest?q=", "search.atom?q=", "search/values?find=", "nowhere?q="):
        assert status(f"{site}/en/{path}{IN_ADDRESS}") in (200, 404), path
    for path in ("search?q=", "search/values?find=", "search/suggest?q="):
        assert status(f"{site}/en/{path}{IN_ADDRESS}&crash=1") == 500, path
    # The content of a list in its link, and in the form that changes the list.
    for name in ("note.night-bus", "title", "add"):
        query = f"ids=night-bus&{name}={IN_ADDRESS}"
        for path in ("list", "list/edit", "list.md", "list.csv", "compare"):
            assert status(f"{site}/en/{path}?{query}") == 200, path
        assert status(f"{site}/en/list?{query}&crash=1") == 500
        assert status(f"{site}/en/list/edit?crash=1", query.encode()) == 500
        assert status(f"{site}/en/list/edit", query.encode()) in (200, 303)
    # Tokens of one-time links, and text typed on the pages for signing in and choosing a password.
    for path in ("welcome?token=", "forgotten?email="):
        assert status(f"{site}/en/{path}{IN_ADDRESS}") in (200, 410), path
        assert status(f"{site}/en/{path}{IN_ADDRESS}&crash=1") == 500, path
    for path, name in (("welcome", "token"), ("welcome", "password"), ("forgotten", "email"), ("sign-in", "email")):
        sent = f"{name}={IN_ADDRESS}".encode()
        assert status(f"{site}/en/{path}", sent) == 422, path
        assert status(f"{site}/en/{path}?crash=1", sent) == 500, path
    # Text that readers submit, and the URL that shows the state of their submission.
    for name in ("text", "reason", "contact"):
        sent = f"{name}={IN_ADDRESS}".encode()
        assert status(f"{site}/en/suggest/practices/stone-terraces/what", sent) == 422, name
        assert status(f"{site}/en/suggest/practices/stone-terraces/what?crash=1", sent) == 503, name
    for name in ("title", "problem", "source-address", "contact"):
        sent = f"{name}={IN_ADDRESS}".encode()
        assert status(f"{site}/en/suggest/practice", sent) == 422, name
        assert status(f"{site}/en/suggest/practice?crash=1", sent) == 503, name
    assert status(f"{site}/en/suggest/track/{IN_ADDRESS}") == 404
    assert status(f"{site}/en/suggest/track/{IN_ADDRESS}?crash=1") == 500
    # The links of workshops, and the answers of participants.
    for path in (f"en/workshops/{IN_ADDRESS}", f"en/workshops/{IN_ADDRESS}/feedback", f"w/{IN_ADDRESS}"):
        assert status(f"{site}/{path}") == 404, path
        assert status(f"{site}/{path}?crash=1") == 500, path
    sent = f"keep={IN_ADDRESS}".encode()
    assert status(f"{site}/en/workshops/{IN_ADDRESS}/feedback?crash=1", sent) == 503
    said = output.read_text(encoding="utf-8")
    # The log contains the place of the failure and the type of the exception.
    assert "Exception on /en/search [GET]" in said
    assert "KeyError\nwhich led to\n" in said
    assert "\nValueError\n" in said
    assert "looked for …" in said
    for word in (TYPED, IN_ADDRESS, "quetzal", "zuv"):
        assert word not in said.casefold(), word


IDLE = 300
HALF = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n"
WITHOUT_BODY = (
    b"POST /en/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)


@pytest.mark.slow
def test_idle_and_slow_connections_keep_nobody_from_reading(server: tuple[str, Path]) -> None:
    site, _output = server
    port = int(site.rpartition(":")[2])
    with ExitStack() as held:
        for sent in (*[HALF] * IDLE, *[WITHOUT_BODY] * 40):
            held.enter_context(socket.create_connection(("localhost", port))).sendall(sent)
        assert status(f"{site}/en/") == 200
        assert status(f"{site}/en/sign-in", b"email=ada") == 503  # the response asks the user to try again
        assert status(f"{site}/en/") == 200
    assert status(f"{site}/en/sign-in", b"email=ada") in (422, 503)


@pytest.mark.slow
def test_a_worker_that_dies_twice_does_not_end_the_server(server: tuple[str, Path]) -> None:
    site, _output = server
    for _time in range(2):
        os.kill(worker_of(site), signal.SIGKILL)
        until_answered(f"{site}/en/")


def worker_of(site: str) -> int:
    """Return the process id of the worker that answers, as the page reports it."""
    with urllib.request.urlopen(f"{site}/en/", timeout=10) as answer:  # noqa: S310 - our own address
        return int(answer.headers["X-Worker"])


def until_answered(address: str) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        with suppress(OSError):
            if status(address) == 200:
                return
        time.sleep(0.1)
    pytest.fail("nobody answers any more")
