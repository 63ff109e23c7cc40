"""Measure how much processor time texts cost that an attacker makes to overload us, at n, 2n and 4n letters.

`python benchmarks/text_cost.py [--data DATA] [--only KIND …] [--most 0.5]` prints a line for each shape: the processor
seconds and their growth from one column to the next (2 is linear, 4 is quadratic). It exits with status 1 if a text
takes more than `--most` seconds. The longest text has as many letters as a request may have; a workbook, as many
elements. DATA is the data folder of a site that has been served (`KB_DATA`). Without it, searches are left out.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.loading import settings_of  # noqa: E402
from kb.accounts.model import Role  # noqa: E402
from kb.app import create_app  # noqa: E402
from kb.conversion.answers import TEXT_LETTERS  # noqa: E402
from kb.errors import Rejected  # noqa: E402
from kb.exchange.table import MAX_BYTES  # noqa: E402
from kb.exchange.table_files import read  # noqa: E402
from kb.exchange.xlsx_files import MAX_ELEMENTS, to_xlsx  # noqa: E402
from kb.kinds.practice.model import PRACTICE  # noqa: E402
from kb.records.bundle import MAX_CHARACTERS, read_source  # noqa: E402
from kb.records.markdown import to_html  # noqa: E402
from kb.workshops.transfer.import_file import LARGEST, import_file  # noqa: E402
from tests.house import NOW, a_curator, a_house  # noqa: E402

STEPS = (1, 2, 4)
MOST_ADDRESS = 60_000  # letters of a search; servers accept no longer address
# Each is repeated until it has the wanted number of letters.
MARKDOWN = {
    "setext headings": "a\n=\n",
    "rules": "* * *\n",
    "rules of dashes": "---\n",
    "headings": "# a\n",
    "lists": "- a\n",
    "numbered lists": "1. a\n",
    "lists in lists": "- a\n  - b\n    - c\n",
    "quotations": "> a\n",
    "quotations in quotations": "> > > > > a\n",
    "code": "    a\n",
    "fences": "```\na\n",
    "tables": "|a|b|\n|-|-|\n",
    "tables of backticks": "`| ",
    "cells": "|a",
    "backticks": "`",
    "backticks apart": "a ` ",
    "backticks in pairs": "`` ` ",
    "stars": "*",
    "stars apart": "*a ",
    "stars that nest": "**a *b ",
    "underscores": "_a _",
    "brackets": "[",
    "brackets closed": "[a](b ",
    "pictures": "![a](",
    "source marks": "[^a",
    "source marks whole": "[^a] ",
    "addresses": "<http://a",
    "entities": "&amp;",
    "escapes": "\\*",
    "line ends": "a  \n",
    "empty lines": "\n",
    "spaces": " ",
    "tabs": "\t",
    "one word": "a",
    "angle brackets": "<a ",
    "comments": "<!-- ",
}
SEARCHES = {
    "one word": "a",
    "one letter each": "a b ",
    "one word again and again": "police ",
    "known words": "police victim court shelter child risk assessment letter ",
    "unknown words": "polce vctim cuort shelterr chlid rsik assesment lettter ",
    "compounds": "opferschutzgewaltpolizei ",
    "joined words": "policevictimcourtshelter ",
    "capitals": "POLICE Victim ",
    "stars": "* ",
    "words with stars": "po* vi* ",
    "quotes": '"',
    "phrases": '"police victim" ',
    "phrases never closed": '"police ',
    "words taken out": "-police ",
    "fields": "title:police ",
    "brackets": "(",
    "ors": "police OR ",
    "articles": "article 8 ",
    "articles of a directive": "article 8 of directive 2012/29/EU, ",
    "numbers": "1 2 3, ",
    "words with numbers": "a%d ",
    "words of numbers": "opfer%dschutz police%d ",
    "NUL": "\0",
    "NUL apart": "a\0 ",
    "accents": "é̄́",
    "other letters": "我們 ",
    "ligatures": "ﬃ",
    "hyphens": "a-",
    "dots": "a.",
    "apostrophes": "a'",
    "line ends": "a\n",
}
CSV = {
    "commas": ",",
    "semicolons": ";",
    "line ends": "\n",
    "short rows": "a,b\n",
    "rows with one more": "a,b,c\n",
    "quotes": '"',
    "quotes in pairs": '"",',
    "a quote never closed": '\n"a,b',
    "guarded cells": "'=a,'=b\n",
    "apostrophes": "'",
    "spaces": " ",
    "many columns": "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,a1,b1,c1,d1,e1,f1,g1\n",
    "NUL": "\0",
}
SHEETS = {
    "empty cells": "<c/>",
    "rows": "<row/>",
    "rows of a cell": "<row><c/></row>",
    "numbers": "<c><v>1</v></c>",
    "texts": '<c t="inlineStr"><is><t>a</t></is></c>',
    "formulas": "<c><f>1</f></c>",
    "shared texts": '<c t="s"><v>0</v></c>',
    "cells far away": '<c r="XFD1"/>',
    "rows far away": '<row r="1048576"/>',
    "dates": '<c t="d"><v>2026-11-30</v></c>',
    "elements that are unknown": "<a/>",
}
FACTS = {
    "lists": "- a\n",
    "lists in lists": "- - a\n",
    "keys": "a%d: b\n",
    "keys twice": "a: b\n",
    "keys in keys": "a:\n ",
    "keys in braces": "a%d: b, ",
    "keys twice in braces": "a: b, ",
    "brackets": "[",
    "brackets closed": "[], ",
    "braces": "{a: ",
    "rows in braces": "{a: b}, ",
    "quotes": '"',
    "quotes in pairs": "'' ",
    "questions": "? ",
    "anchors": "&a ",
    "aliases": "*a ",
    "tags": "!!str ",
    "blocks": "|\n a\n",
    "colons": ": ",
    "hashes": "# a\n",
    "ends": "---\n",
    "one word": "a",
    "spaces": " ",
    "line ends": "\n",
    "escapes": "\\n",
}
_ITEM = '{"kind":"note","title":{"en":"a"}}'
_SLOT = '{"day":1,"starts":"09:00","minutes":1,"method":"talk","title":{"en":"a"},"items":[%s]}'
# Entries of the list of slots, joined by commas.
SLOTS = {
    "numbers": "1",
    "groups": "{}",
    "lists": "[]",
    "slots": _SLOT % "",
    "slots with items": _SLOT % f"{_ITEM},{_ITEM}",
    "slots with wrong items": _SLOT % "1,2,3",
    "texts": '"a"',
}
TORN = {"lists never closed": "[", "groups never closed": '{"a":'}
_PACKED = zipfile.ZIP_DEFLATED


def repeated(shape: str, letters: int) -> str:
    """Return the given number of letters of a shape; each `%d` in it is a number that grows."""
    if "%d" in shape:
        return "".join(shape.replace("%d", str(number)) for number in range(letters // len(shape)))[:letters]
    return (shape * (letters // len(shape) + 1))[:letters]


def of_elements(shape: str, elements: int) -> str:
    """Return at most the given number of XML elements; the last shape is complete."""
    return shape * (elements // (shape.count("<") - shape.count("</")))


@dataclass(frozen=True)
class Kind:
    """One kind of texts: maximum length, shapes, the function under test, and the function that makes a text."""

    most: int
    shapes: Mapping[str, str]
    work: Callable[[str], object]
    text: Callable[[str, int], str] = repeated


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the processor seconds that a text takes."""
    begun = time.process_time()
    with suppress(Rejected):  # the best possible outcome
        work(text)
    return time.process_time() - begun


def read_facts(facts: str) -> object:
    """Read a record with these facts."""
    return read_source(PRACTICE, "a", f"---\nid: a\n{facts}\n---\n")


def workbook(cells: str) -> bytes:
    """Return a workbook with these cells in its sheet."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(to_xlsx("a", [["id"]]))) as old, zipfile.ZipFile(new, "w", _PACKED) as book:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                rows = cells if cells.startswith("<row") else f"<row>{cells}</row>"
                part = part.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
            book.writestr(name, part)
    return new.getvalue()


def workshop(slot: str, letters: int) -> str:
    """Return the file of a workshop whose list of slots, or of other entries, has the given number of letters."""
    head = '{"format":"praxis-workshop","version":1,"made":"2026-11-30T00:00:00Z","workshop":{"title":{"en":"a"},'
    slots = repeated(slot, letters) if slot in TORN.values() else ",".join([slot] * (letters // (len(slot) + 1)))
    return f'{head}"language":"en"}},"slots":[{slots}]}}'


@contextmanager
def kinds(data: Path | None) -> Iterator[dict[str, Kind]]:
    """Yield all kinds; searches use the given site, if there is one."""
    with TemporaryDirectory() as folder:
        house = a_house(Path(folder))
        with house.session() as session:
            trainer = a_curator(session, "trainer@example.org", Role.TRAINER)
            found = {
                "Markdown": Kind(TEXT_LETTERS, MARKDOWN, to_html),
                "facts": Kind(MAX_CHARACTERS - 100, FACTS, read_facts),
                "facts in a list": Kind(MAX_CHARACTERS - 100, FACTS, lambda text: read_facts(f"a: [{text}")),
                "facts in a list that ends": Kind(MAX_CHARACTERS - 100, FACTS, lambda text: read_facts(f"a: [{text}]")),
                "facts in braces": Kind(MAX_CHARACTERS - 100, FACTS, lambda text: read_facts(f"a: {{{text}}}")),
                "CSV": Kind(MAX_BYTES - 100, CSV, lambda text: read(f"id,title\n{text}".encode())),
                "first rows of CSV": Kind(MAX_BYTES, CSV, lambda text: read(text.encode())),
                "XLSX": Kind(MAX_ELEMENTS - 1000, SHEETS, lambda text: read(workbook(text)), of_elements),
                "files of workshops": Kind(
                    LARGEST - 1000,
                    {**SLOTS, **TORN},
                    lambda text: import_file(session, trainer, text.encode(), now=NOW),
                    workshop,
                ),
            }
            if data is not None:
                client = create_app(settings_of(ROOT / "content", data), follow=False).test_client()
                for name, path in (("searches", "/en/search"), ("suggestions", "/en/search/suggest")):
                    ask = partial(client.get, path)
                    found[name] = Kind(MOST_ADDRESS, SEARCHES, lambda text, ask=ask: ask(query_string={"q": text}))  # type: ignore[misc]
            yield found
        house.close()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path)
    options.add_argument("--only", nargs="+")
    options.add_argument("--most", type=float, default=0.5)
    chosen = options.parse_args()
    slow = []
    with kinds(chosen.data) as found:
        for kind in chosen.only or found:
            each = found[kind]
            seconds(each.work, each.text(next(iter(each.shapes.values())), 100))  # loads what is read only once
            for name, shape in each.shapes.items():
                took = [seconds(each.work, each.text(shape, each.most * step // STEPS[-1])) for step in STEPS]
                growth = ", ".join(f"{after / before:.1f}" for before, after in pairwise(took) if before)
                print(f"{kind}, {name}: {' / '.join(f'{one:.3f}' for one in took)} s, growth {growth}", flush=True)
                if max(took) > chosen.most:
                    slow.append(f"{kind}, {name}: {max(took):.2f} s")
    if slow:
        sys.exit("too slow: " + "; ".join(slow))


if __name__ == "__main__":
    main()
