"""Measure how long documents take: every tool for countries and in every format, and a document of fifty pages.

`python benchmarks/documents_speed.py [--countries IT LT PT RO] [--language en] [--clock cpu]`; `--countries all` takes
all Member States. Tools are converted without any answers, as for a user who has just begun. The document of fifty
pages consists of the parts of our longest tools. Its target is five seconds.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.timing import CLOCKS, Timing, timed, use_clock  # noqa: E402
from kb.conversion.render import render  # noqa: E402
from kb.documents.blocks import Document  # noqa: E402
from kb.documents.formats import FORMATS, write  # noqa: E402
from kb.documents.pdf import is_available  # noqa: E402
from kb.kinds.country.membership import MEMBERS  # noqa: E402
from tests.documents.pdf_file import PdfFile  # noqa: E402
from tests.documents.real_tools import FONTS, SHELF, converted  # noqa: E402

LONGEST = ("referral-manual", "partnership-agreement")
PAGES = 50


def main() -> None:
    """Parse the options and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--countries", nargs="+", default=["IT", "LT", "PT", "RO"])
    options.add_argument("--language", default="en")
    options.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="cpu where others use the machine")
    chosen = options.parse_args()
    use_clock(chosen.clock)
    countries = sorted(MEMBERS) if chosen.countries == ["all"] else chosen.countries
    formats = [name for name in FORMATS if name != "pdf" or is_available()]
    asked = [(tool, code) for tool in SHELF.ids("tools") for code in countries]
    print(f"{len(asked)} conversions: {len(SHELF.ids('tools'))} tools, {len(countries)} countries, {chosen.language}")
    print("| seconds | median | 95 % | most |\n|---|---|---|---|")
    found = [rendered(tool, code, chosen.language) for tool, code in asked]  # loads the data that is read only once
    calls = [partial(rendered, tool, code, chosen.language) for tool, code in asked]
    tell("to blocks", timed(calls, rounds=1))
    for name in formats:
        write(found[0], name, FONTS)  # loads the writer
        tell(name, timed([partial(write, document, name, FONTS) for document in found], rounds=1))
    long, pages = of_pages(PAGES) if is_available() else (joined(1 << 30), 0)
    print(f"\nA document of {pages} pages\n\n| seconds | median | 95 % | most |\n|---|---|---|---|")
    for name in formats:
        tell(name, timed([partial(write, long, name, FONTS)], rounds=3))


def rendered(tool: str, country: str, language: str) -> Document:
    """Return the document of a tool without any answers."""
    return render(converted(tool, country, language))


def tell(name: str, timing: Timing) -> None:
    """Print a line of the table."""
    figures = (timing.median, timing.most, max(timing.later))
    print(f"| {name} | {' | '.join(f'{each / 1000:.3f}' for each in figures)} |", flush=True)


def joined(count: int) -> Document:
    """Return one document of the first `count` blocks of our longest tools."""
    parts = [rendered(tool, "RO", "en") for tool in LONGEST]
    blocks = tuple(block for part in parts for block in part.blocks)
    return replace(parts[0], blocks=blocks[:count], is_form=True)


def of_pages(wanted: int) -> tuple[Document, int]:
    """Return a document of about `wanted` pages, and its exact number of pages."""
    low, high = 1, sum(len(rendered(tool, "RO", "en").blocks) for tool in LONGEST)
    while high - low > 8:
        middle = (low + high) // 2
        if len(PdfFile(write(joined(middle), "pdf", FONTS)).pages) < wanted:
            low = middle
        else:
            high = middle
    return joined(high), len(PdfFile(write(joined(high), "pdf", FONTS)).pages)


if __name__ == "__main__":
    main()
