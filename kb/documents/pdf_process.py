"""Makes PDFs in a child process, which is killed if one takes too long; the next PDF starts a new process.

The process is kept between PDFs, because loading its libraries takes a second. It ends with its parent process.
"""

from __future__ import annotations

import logging
import os
import resource
import select
import signal
import subprocess
import sys
import traceback
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread, Timer

from kb.documents.blocks import Document
from kb.documents.pdf import NO_PANGO, is_available, refuse_long, slides_to_pdf, to_pdf
from kb.documents.slide_blocks import Deck
from kb.errors import Rejected, Unavailable
from kb.i18n import N_
from kb.problems import Problem

logger = logging.getLogger(__name__)

SECONDS = 40.0  # for one PDF; the longest allowed document takes ten seconds of processor time
MOST_MEMORY = 2 * 1024**3  # bytes
_NO_PDF = N_("The PDF file could not be created. Download the document as a Word or OpenDocument file.")
_NO_SLIDES = N_("The PDF file could not be created. Download the slides as an HTML file.")


class Printer:
    """Makes PDFs one at a time. Not thread-safe: callers must not call it concurrently."""

    def __init__(self, seconds: float = SECONDS) -> None:
        """Set the time limit for one PDF, in seconds."""
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

    def pdf(self, what: Document | Deck, fonts: Path) -> bytes:
        """Return the bytes of a PDF. `fonts` is the folder of our typeface.

        Raises `Rejected` for a document that is too long, takes too long or cannot be made. Raises `Unavailable` if the
        system has no Pango library.
        """
        if not is_available():
            raise Unavailable(NO_PANGO)
        refuse_long(what)
        process, line = self._running()
        timer = Timer(self.seconds, process.kill)
        timer.start()
        try:
            line.send((what, fonts))
            data = line.recv_bytes()
        except (OSError, EOFError):  # the process has ended, or was killed
            data = b""
        finally:
            timer.cancel()
        if not data:
            self.close()
            is_document = isinstance(what, Document)
            logger.warning("no PDF was made of %s", "a document" if is_document else "slides")
            raise Rejected([Problem("no-pdf", _NO_PDF if is_document else _NO_SLIDES)])
        return data

    def close(self) -> None:
        """Kill the process, even while it works."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._line = None

    @property
    def process_id(self) -> int | None:
        """The id of the process that makes PDFs, if there is one."""
        return self._process.pid if self._process is not None else None

    def _running(self) -> tuple[subprocess.Popen[bytes], Connection]:
        if self._process is None or self._line is None or self._process.poll() is not None:
            self.close()
            self._line, end = Pipe()
            with end:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    [sys.executable, "-m", __name__, str(end.fileno())],
                    cwd=Path(__file__).parents[2],
                    stdin=subprocess.DEVNULL,
                    pass_fds=(end.fileno(),),
                )
        return self._process, self._line


def main() -> None:
    """Make PDFs in a loop until the parent process ends."""
    line = Connection(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent process
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    Thread(target=_end_with, args=(line,), daemon=True).start()
    while True:
        what, fonts = line.recv()
        try:
            data = to_pdf(what, fonts) if isinstance(what, Document) else slides_to_pdf(what, fonts)
        except Exception as error:
            # Without the message of the error, which may contain text that a user typed.
            logger.error("".join((*traceback.format_tb(error.__traceback__), type(error).__name__)))
            data = b""
        line.send_bytes(data)


def _end_with(line: Connection) -> None:
    """End this process when the other end of the connection is closed, also while it makes a PDF."""
    waiting = select.poll()
    waiting.register(line.fileno(), 0)
    waiting.poll()
    os._exit(0)


if __name__ == "__main__":
    main()
