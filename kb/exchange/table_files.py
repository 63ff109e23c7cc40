"""Tables as files: writes CSV or XLSX, and reads files by their content, independent of their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from kb.documents.csv_text import to_csv
from kb.exchange.csv_files import read_csv
from kb.exchange.table import MAX_BYTES, SheetTable, refused
from kb.i18n import N_

_ZIP, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"


class TableFormat(StrEnum):
    """The file format of a table."""

    CSV = "csv"
    XLSX = "xlsx"


def write(table_format: TableFormat, name: str, lines: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a file; `name` is that of its sheet. Raises `Rejected` if a text does not fit."""
    if table_format is TableFormat.CSV:
        return to_csv(lines).encode()
    from kb.exchange.xlsx_files import to_xlsx  # takes 30 MB, which workers that only serve readers do not need

    return to_xlsx(name, lines)


def read(data: bytes) -> SheetTable:
    """Read a table from a file. Raises only `Rejected`, for a file that is not a table or is too large."""
    if not data:
        raise refused("no-file", N_("Select the table file that you edited."))
    if len(data) > MAX_BYTES:
        message = N_("The file is larger than %(limit)s MB. Split the table and upload it in parts.")
        raise refused("too-large", message, limit=MAX_BYTES // 1024 // 1024)
    if data.startswith(_OLD_EXCEL):
        raise refused(
            "old-excel",
            N_("This workbook is password-protected or in the old XLS format. Save it as XLSX without a password."),
        )
    if not data.startswith(_ZIP):
        return read_csv(data)
    from kb.exchange.xlsx_files import read_xlsx

    return read_xlsx(data)
