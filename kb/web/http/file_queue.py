"""Queue for files that are made on request: if too many requests wait, the next is refused at once.

Making a file takes a whole processor. Each worker writes one Word or OpenDocument file at a time, and one PDF in a
separate process. Two more requests may wait for each of the two. A PDF without text typed by a reader is cached under
its inputs or its content. So a PDF of a changed or erased text is never found again.
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

WAITING = 2  # with the request being served, three of the eight threads of a worker
PATIENCE = 15.0  # seconds: with those of a PDF, less than the minute after which proxies give up
KEPT_BYTES = 32 * 1024 * 1024
_NOT_MADE = (N_("The file could not be created"), "")
_IN_TURN = ("docx", "odt", "pdf")
_NAMES = {"docx": "Word", "odt": "OpenDocument", "html": "HTML"}


class Queue:
    """Lets in one request at a time; `waiting` more may wait."""

    def __init__(self, waiting: int = WAITING) -> None:
        self._places = BoundedSemaphore(1 + waiting)
        self._turn = Lock()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place in the queue. Raises `Busy` at once where none is left."""
        if not self._places.acquire(blocking=False):
            raise Busy
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the turn; the caller must hold a place. Raises `Busy` if the wait takes too long."""
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


def make_file(document: Document, name: str, *, is_kept: bool = True) -> bytes:
    """Return a document as a file. `is_kept` is false if it contains text typed by a reader.

    Raises `Busy` where too many wait, `Rejected` where no PDF can be made, `Unavailable` where this machine lacks what
    the format needs.
    """
    if name in _IN_TURN:
        return build_and_make(lambda: document, name, fingerprint(document) if is_kept and name == "pdf" else "")
    return write(document, name, fonts())


def build_and_make(build: Callable[[], Document], name: str, key: str = "") -> bytes:
    """Return a document as a Word, OpenDocument or PDF file; it is built only once the request has a place.

    A PDF is cached under `key`, if given; the key must name everything that the PDF is made from. Raises as `make_file`
    does.
    """
    if name == "pdf":
        return _pdf(build, key)
    with written.place():
        document = build()
        with written.turn():
            return write(document, name, fonts())


def made_slides(deck: Deck) -> bytes:
    """Return slides as a PDF. Raises as `make_file` does."""
    return _pdf(lambda: deck, fingerprint(deck))


def _pdf(build: Callable[[], Document | Deck], key: str) -> bytes:
    if key and (found := _pdfs.find(key)) is not None:
        return found
    with printed.place():
        return _print(build(), key)


def print_pdf(what: Document | Deck) -> bytes:
    """Return a PDF; the caller must hold a place in the queue of PDFs. Raises as `make_file` does."""
    return _print(what, fingerprint(what))


def _print(what: Document | Deck, key: str) -> bytes:
    with printed.turn():
        found = _pdfs.find(key) if key else None  # made meanwhile for an earlier request
        if found is None:
            found = printer.pdf(what, fonts())
            if key:
                _pdfs.keep(key, found, len(found))
    return found


def fonts() -> Path:
    """Return the folder of the site's typeface."""
    return Path(current_app.root_path) / "web" / "static" / "fonts"


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """Return a response with a file to save, which no cache may keep."""
    response = make_response(data)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response


def not_made(*names: str) -> Callable[[Rejected], Response]:
    """Return a handler for PDFs that cannot be made: a page with links to the same content in these formats."""

    def answer(error: Rejected) -> Response:
        given = {**request.args.to_dict(flat=False), **(request.view_args or {})}
        ways = [MenuLink(_NAMES[name], url_for(request.endpoint or "", **{**given, "name": name})) for name in names]
        return error_page(422, problems=error.problems, said=_NOT_MADE, ways=ways)

    return answer
