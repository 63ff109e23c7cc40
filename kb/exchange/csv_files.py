"""Reads tables from CSV in UTF-8 or UTF-16, separated by commas, semicolons or tabs.

Apart because each format has a reader of its own, as `xlsx_files` is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from kb.exchange.columns import ID
from kb.exchange.table import MAX_COLUMNS, MAX_ROWS, SheetTable, refused, table_of
from kb.i18n import N_

MAX_CELLS = MAX_ROWS * MAX_COLUMNS
_BETWEEN = (",", ";", "\t")
# A first line that names the separator; Excel understands it, and some programs write it.
_SAID = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


def read_csv(data: bytes) -> SheetTable:
    """Read a table. Raises `Rejected` if the encoding is wrong or the table is broken."""
    text = _decoded(data)
    said = _SAID.match(text)
    between = said[1] if said and said[1] in _BETWEEN else _between(text)
    if text.count(between) > MAX_CELLS:
        raise refused(
            "too-many-columns",
            N_("A table can have at most %(limit)s columns. Remove the columns that you do not need."),
            limit=MAX_COLUMNS,
        )
    return table_of(_lines(text[said.end() :] if said else text, between))


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        message = N_("The file is not in UTF-8, so characters like ė and ș would be lost. Save the table as CSV UTF-8.")
        raise refused("not-utf-8", message) from error
    if "\0" in text.partition("\n")[0]:
        raise refused("no-table", N_("This is not a CSV or XLSX file. Save the table in one of these formats."))
    return text


def _between(text: str) -> str:
    """Detect the separator: it must yield a header with an `id`, and the most cells."""
    head = text[:20_000]

    def rank(between: str) -> tuple[bool, int]:
        names = next(_lines(head, between, is_strict=False), [])
        return any(name.strip() == ID for name in names), len(names)

    return max(_BETWEEN, key=rank)


def _lines(text: str, between: str, *, is_strict: bool = True) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=is_strict)
    try:
        yield from reader
    except csv.Error as error:
        message = N_("The table cannot be read after line %(line)s (%(reason)s). Correct the file and upload it again.")
        raise refused("torn-table", message, line=reader.line_num, reason=str(error)) from error
