"""Asks a machine for a translation of one text: a program or a web service that the operator has chosen.

Both get JSON with `text`, `source` and `target` (codes of languages), and answer with JSON that has `text`, or with the
plain text. Nothing else is sent: no name, no draft, no address of the site.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import time
import urllib.error
import urllib.request
from threading import BoundedSemaphore

from kb.editing.forms.form_values import plain
from kb.errors import PraxisError
from kb.i18n import N_

SECONDS = 20
_MOST_BYTES = 400_000
_AT_ONCE = 2  # requests of a process that wait for the machine; the other threads answer readers
_free = BoundedSemaphore(_AT_ONCE)

_SLOW = N_("The AI did not answer within %(seconds)s seconds.")
_BUSY = N_("The AI is busy. Try again in a moment.")
_FAILED = N_("The AI could not propose a translation.")
_EMPTY = N_("The AI answered without a text.")


class ProposalFailed(PraxisError):
    """The machine made no proposal; `message` is English, marked for translation, with `params`."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.params = {"seconds": SECONDS}


def propose(machine: str, text: str, source: str, target: str, *, seconds: float = SECONDS) -> str:
    """Return the proposed translation of a text. `machine` is an address (http…) or a command line, without a shell.

    Raises `ProposalFailed` after `seconds`, and for every error of the machine.
    """
    if not _free.acquire(blocking=False):
        raise ProposalFailed(_BUSY)
    try:
        asked = json.dumps({"text": text, "source": source, "target": target}).encode()
        is_address = machine.startswith(("http://", "https://"))
        answer = _post(machine, asked, seconds) if is_address else _run(machine, asked, seconds)
    finally:
        _free.release()
    found = _text_of(answer)
    if not found:
        raise ProposalFailed(_EMPTY)
    return found


def _run(command: str, asked: bytes, seconds: float) -> bytes:
    try:
        done = subprocess.run(shlex.split(command), input=asked, capture_output=True, timeout=seconds, check=True)  # noqa: S603 - the operator's command
    except subprocess.TimeoutExpired as error:
        raise ProposalFailed(_SLOW) from error
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise ProposalFailed(_FAILED) from error
    return done.stdout[:_MOST_BYTES]


def _post(address: str, asked: bytes, seconds: float) -> bytes:
    end = time.monotonic() + seconds
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/plain"}
    request = urllib.request.Request(address, asked, headers, method="POST")  # noqa: S310 - the operator's address
    found = b""
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
            while (piece := answer.read1(65_536)) and len(found) < _MOST_BYTES:
                found += piece
                if time.monotonic() > end:
                    raise ProposalFailed(_SLOW)
    except TimeoutError as error:
        raise ProposalFailed(_SLOW) from error
    except urllib.error.URLError as error:
        raise ProposalFailed(_SLOW if isinstance(error.reason, TimeoutError) else _FAILED) from error
    except (OSError, ValueError) as error:
        raise ProposalFailed(_FAILED) from error
    return found


def _text_of(answer: bytes) -> str:
    said = answer.decode("utf-8", "replace").strip()
    try:
        given = json.loads(said)
    except ValueError:
        return plain(said)
    text = given.get("text", "") if isinstance(given, dict) else given
    return plain(text).strip() if isinstance(text, str) else ""
