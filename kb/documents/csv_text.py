"""Writes CSV for spreadsheets: with a byte order mark, and with protection against CSV injection (formulas in cells).

Without the mark, Excel misreads letters such as ė and ș. Programs that read `utf-8-sig`, and most that read UTF-8, skip
it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_BOM = "\ufeff"

# Some programs run a cell as a formula if it begins with one of these signs. They also run text after a semicolon, a
# tab or a line break inside a cell. Where the decimal separator is a comma, as in most of Europe, each of them ends a
# cell.
_SIGNS = "=+\\-@＝＋－＠"
_FORMULA = re.compile(f"^'*[{_SIGNS}\t\r\n]|(?<=[;\t\r\n])'*[{_SIGNS}]")
_GUARDED = re.compile(f"^'('*[{_SIGNS}\t\r\n])|(?<=[;\t\r\n])'('*[{_SIGNS}])")


def to_csv(rows: Iterable[Sequence[str | int]]) -> str:
    """Return a table as CSV text: a byte order mark, commas between cells, lines that end in CR LF (RFC 4180).

    Texts are guarded against formulas; numbers are written unchanged.
    """
    out = io.StringIO(newline="")
    out.write(_BOM)
    csv.writer(out).writerows([guard_formulas(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def guard_formulas(cell: str) -> str:
    """Escape a cell against CSV injection: put an apostrophe before each sign that begins a formula."""
    return _FORMULA.sub(r"'\g<0>", cell)


def unguard_formulas(cell: str) -> str:
    """Undo `guard_formulas`: return the original cell."""
    return _GUARDED.sub(lambda match: match[1] or match[2], cell)
