"""A machine proposes a translation: a program or a web service, with a time limit, and errors in words."""

from __future__ import annotations

import json
import shlex
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kb.editing.translation.machine_proposal import ProposalFailed, propose

PIRATE = (
    "import json, sys; given = json.load(sys.stdin); print(json.dumps({'text': given['target'] + ' ' + given['text']}))"
)


def command(code: str) -> str:
    return shlex.join([sys.executable, "-c", code])


class Service(BaseHTTPRequestHandler):
    """Answers as a service of machine translation does; `/broken` fails."""

    asked: dict[str, str]

    def do_POST(self) -> None:
        """Answer with the text in capitals."""
        Service.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(500 if self.path == "/broken" else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"text": Service.asked["text"].upper()}).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the library
        """Write nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_command_gets_the_text_and_the_languages_and_nothing_else() -> None:
    assert propose(command(PIRATE), "Walls.", "en", "it") == "it Walls."
    keys = "import json, sys; print(' '.join(sorted(json.load(sys.stdin))))"
    assert propose(command(keys), "Walls.", "en", "it") == "source target text"


def test_a_service_is_asked_by_post(service: str) -> None:
    assert propose(service, "Walls.", "en", "it") == "WALLS."
    assert Service.asked == {"text": "Walls.", "source": "en", "target": "it"}


def test_no_shell_reads_the_text() -> None:
    assert propose("echo '$(id)' ; true", "x", "en", "it") == "$(id) ; true"


@pytest.mark.parametrize(
    ("machine", "words"),
    [
        (command("import time; time.sleep(5)"), "did not answer within"),
        (command("raise SystemExit(1)"), "could not propose"),
        ("no-such-program-here", "could not propose"),
        ("'unclosed", "could not propose"),
        (command("print()"), "without a text"),
        (command("print('{}')"), "without a text"),
        ("http://127.0.0.1:9", "could not propose"),
    ],
)
def test_every_failure_is_said_in_words(machine: str, words: str) -> None:
    with pytest.raises(ProposalFailed) as failed:
        propose(machine, "x", "en", "it", seconds=1)
    assert words in failed.value.message


def test_an_error_of_the_service_is_a_failure(service: str) -> None:
    with pytest.raises(ProposalFailed, match="could not propose"):
        propose(f"{service}/broken", "x", "en", "it")
