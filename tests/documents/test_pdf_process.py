"""PDFs are made in a process of its own that can be ended, and that never outlives whoever began it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.documents.blocks import Document, Paragraph, Run
from kb.documents.pdf import MOST_LINES
from kb.documents.pdf_process import SECONDS, Printer
from kb.errors import Rejected
from tests.pango import needs_pango

pytestmark = needs_pango

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "kb" / "web" / "static" / "fonts"
SHORT, LONG = (Document("A title", "en", (Paragraph((Run("a"),)),) * lines) for lines in (1, MOST_LINES))
BEGIN = f"""
import os
from tests.documents.test_pdf_process import FONTS, LONG, SHORT, Printer
from threading import Thread
printer = Printer()
printer.pdf(SHORT, FONTS)
Thread(target=printer.pdf, args=(LONG, FONTS), daemon=True).start()
print(printer.process_id, flush=True)
os.kill(os.getpid(), {signal.SIGKILL:d})
"""


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    printer = Printer()
    yield printer
    printer.close()


def is_running(process_id: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process_id}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_one_process_makes_one_pdf_after_the_other(printer: Printer) -> None:
    assert printer.pdf(SHORT, FONTS).startswith(b"%PDF")
    first = printer.process_id
    assert printer.pdf(SHORT, FONTS).startswith(b"%PDF")
    assert printer.process_id == first != os.getpid()


def test_what_takes_too_long_is_ended_and_the_next_pdf_is_made(printer: Printer) -> None:
    printer.pdf(SHORT, FONTS)
    before = printer.process_id
    assert before is not None
    printer.seconds = 0.1
    with pytest.raises(Rejected, match="The PDF file could not be created"):
        printer.pdf(LONG, FONTS)
    assert not is_running(before)
    printer.seconds = SECONDS
    assert printer.pdf(SHORT, FONTS).startswith(b"%PDF")


def test_a_process_that_was_killed_or_stopped_is_replaced(printer: Printer) -> None:
    printer.pdf(SHORT, FONTS)
    before = printer.process_id
    assert before is not None
    os.kill(before, signal.SIGSTOP)
    printer.seconds = 0.1
    with pytest.raises(Rejected):
        printer.pdf(LONG, FONTS)
    printer.seconds = SECONDS
    printer.pdf(SHORT, FONTS)
    assert printer.process_id is not None
    os.kill(printer.process_id, signal.SIGKILL)
    # `/proc` says "Z" while threads of the process still end; this waits for them too, and leaves the status to read.
    os.waitid(os.P_PID, printer.process_id, os.WEXITED | os.WNOWAIT)
    assert printer.pdf(SHORT, FONTS).startswith(b"%PDF")


def test_too_much_is_refused_before_a_process_is_begun() -> None:
    printer = Printer()
    with pytest.raises(Rejected, match="too long"):
        printer.pdf(Document("Long", "en", LONG.blocks * 2), FONTS)
    assert printer.process_id is None


def test_it_ends_with_whoever_began_it_also_while_it_works() -> None:
    began = subprocess.run([sys.executable, "-c", BEGIN], cwd=ROOT, stdout=subprocess.PIPE, check=False)
    process_id = int(began.stdout)
    until = time.monotonic() + 10
    while is_running(process_id) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(process_id)
