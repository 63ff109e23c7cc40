"""Files that are made on request: who would wait behind too many others is asked at once to come again.

Making a file takes a processor for itself. Each worker writes one Word or OpenDocument file at a time, and has one PDF
made in a process of its own; two more may wait for each of both. A PDF in which nothing stands that a reader typed is
kept under what it is made from or what it says: one of a text that was changed or erased is never found again.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Lock

from flask import Response, current_app, make_response, request, url_for

from kb.documents.blocks import Document
from kb.documents.formats import write
from kb.documents.pdf import fingerprint
from kb.documents.pdf_process import Printer
from kb.documents.slide_blocks import Deck
from kb.errors import Busy, Rejected
from kb.i18n import N_
from kb.web.http.errors import error_page
from kb.web.http.layout import MenuLink
from kb.web.http.page_cache import Store

WAITING = 2  # with the one whose file is made, three of the eight threads of a worker
PATIENCE = 15.0  # seconds: with those of a PDF, less than the minute after which servers in front of us give up
KEPT_BYTES = 32 * 1024 * 1024
_NOT_MADE = (N_("This file could not be made"), N_("This was found:"))
_IN_TURN = ("docx", "odt", "pdf")
_NAMES = {"docx": "Word", "odt": "OpenDocument", "html": "HTML"}


class Queue:
    """Lets in one at a time; `waiting` more may wait."""

    def __init__(self, waiting: int = WAITING) -> None:
        self._places = BoundedSemaphore(1 + waiting)
        self._turn = Lock()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place. Raises `Busy` at once where none is left."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Have one's turn, for who holds a place. Raises `Busy` where it does not come soon."""
        if not self._turn.acquire(timeout=PATIENCE):
            raise Busy
        try:
            yield
        finally:
            self._turn.release()


written, printed = Queue(), Queue()
printer = Printer()
_pdfs: Store[bytes] = Store(KEPT_BYTES)
atexit.register(printer.close)


def made(document: Document, name: str, *, is_kept: bool = True) -> bytes:
    """Return a document as a file. `is_kept` is false where something stands in it that a reader typed.

    Raises `Busy` where too many wait, `Rejected` where no PDF can be made, `Unavailable` where this machine lacks what
    the format needs.
    """
    if name in _IN_TURN:
        return build_and_make(lambda: document, name, fingerprint(document) if is_kept and name == "pdf" else "")
    return write(document, name, fonts())


def build_and_make(build: Callable[[], Document], name: str, key: str = "") -> bytes:
    """Return a document as a Word, OpenDocument or PDF file; it is built once there is a place for who asks.

    A PDF is kept under its key, if there is one, which says all that it is made from. Raises as `made` does.
    """
    if name == "pdf":
        return _pdf(build, key)
    with written.place():
        document = build()
        with written.turn():
            return write(document, name, fonts())


def made_slides(deck: Deck) -> bytes:
    """Return slides as a PDF. Raises as `made` does."""
    return _pdf(lambda: deck, fingerprint(deck))


def _pdf(build: Callable[[], Document | Deck], key: str) -> bytes:
    if key and (found := _pdfs.find(key)) is not None:
        return found
    with printed.place():
        return _print(build(), key)


def print_pdf(what: Document | Deck) -> bytes:
    """Return a PDF, for who holds a place among those who have one `printed`. Raises as `made` does."""
    return _print(what, fingerprint(what))


def _print(what: Document | Deck, key: str) -> bytes:
    with printed.turn():
        found = _pdfs.find(key) if key else None  # made meanwhile for somebody who came before
        if found is None:
            found = printer.pdf(what, fonts())
            if key:
                _pdfs.keep(key, found, len(found))
    return found


def fonts() -> Path:
    """Return the folder of our typeface."""
    return Path(current_app.root_path) / "web" / "static" / "fonts"


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """Return a file to be saved, of which no copy is kept on the way."""
    response = make_response(data)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response


def not_made(*names: str) -> Callable[[Rejected], Response]:
    """Return what answers where no PDF could be made: a page with the ways to the same in formats with these names."""

    def answer(error: Rejected) -> Response:
        given = {**request.args.to_dict(flat=False), **(request.view_args or {})}
        ways = [MenuLink(_NAMES[name], url_for(request.endpoint or "", **{**given, "name": name})) for name in names]
        return error_page(422, problems=error.problems, said=_NOT_MADE, ways=ways)

    return answer
