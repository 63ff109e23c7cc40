"""CSV as spreadsheets open it: a byte order mark, and no cell that a program would run as a formula.

Without the mark, Excel takes ė and ș for other letters; programs that read `utf-8-sig`, and most that read UTF-8, skip
it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

BOM = "\ufeff"

# Some programs run a cell that begins with one of these signs. They also run what follows a semicolon, a tab or a line
# break inside a cell: where a comma stands before decimals, as in most of Europe, each of them ends a cell.
_SIGNS = "=+\\-@＝＋－＠"
_FORMULA = re.compile(f"^'*[{_SIGNS}\t\r\n]|(?<=[;\t\r\n])'*[{_SIGNS}]")
_GUARDED = re.compile(f"^'('*[{_SIGNS}\t\r\n])|(?<=[;\t\r\n])'('*[{_SIGNS}])")


def to_csv(rows: Iterable[Sequence[str | int]]) -> str:
    """Return a table as text: a byte order mark, commas between cells, lines that end in CR LF (RFC 4180).

    Texts are guarded against formulas; numbers are written as they are.
    """
    out = io.StringIO(newline="")
    out.write(BOM)
    csv.writer(out).writerows([guard_formulas(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def guard_formulas(cell: str) -> str:
    """Return a cell that no program runs: an apostrophe goes before each sign that begins a formula."""
    return _FORMULA.sub(r"'\g<0>", cell)


def unguard_formulas(cell: str) -> str:
    """Return the cell from which `guard_formulas` made this one."""
    return _GUARDED.sub(lambda match: match[1] or match[2], cell)
