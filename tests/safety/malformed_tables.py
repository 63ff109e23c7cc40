"""Sends malformed tables through the bulk editing pages: CSV, XLSX, and the form that carries the preview.

A preview saves nothing. The previewed values are published exactly as shown or not at all, and undoing a publication
restores every byte.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.documents.csv_text import unguard_formulas
from kb.exchange.columns import FIXED
from kb.exchange.table_files import TableFormat, read, write
from kb.history.change_contents import touched
from kb.history.model import Change, Revision
from tests.page import Page
from tests.safety.found_again import encoded, essence, facts_of, lost_of, shown_on
from tests.safety.inputs import Input, spoiled
from tests.safety.walking import TOKEN_FIELD
from tests.web.forms import find_form, page_of, values_of

CELLS, TEXT, BYTES = "cells", "text", "bytes"
MODES = (CELLS, TEXT, CELLS, BYTES)
FREE = ("title", "summary", "aliases", "origin", "keeper", "names", "distribution_rule", "needs.staff", "needs.money")
Lines = list[list[str]]


@dataclass
class TableDoor:
    """A publisher who uploads tables. `count` counts what happened, `is_name` recognises names that become ids."""

    client: FlaskClient
    token: str
    kinds: Sequence[str]
    count: Callable[[str], None]
    is_name: Callable[[str], bool]

    def tell(self, given: Input, session: Session) -> Iterator[str]:
        """Download a table, spoil it and upload it; publish what is still valid; yield violations."""
        number, table_format = given.fields[0][0], TableFormat(given.door)
        address = f"/en/desk/tables/{self.kinds[number % len(self.kinds)]}"
        mode = MODES[number // len(self.kinds) % len(MODES)]
        taken = self.client.get(f"{address}/{table_format}").data
        data, typed = _spoiled(given, mode, table_format, taken)
        newest = _newest(session)
        name = (given.fields[-1][1][:80] or "table").encode(errors="replace").decode()
        fields: dict[str, Any] = {TOKEN_FIELD: self.token, "file": (io.BytesIO(data), name)}
        response = self.client.post(address, data=fields, content_type="multipart/form-data")
        yield from self._answer(f"{table_format} {mode} look", response)
        if _newest(session) != newest:
            yield f"a look at {data[:300]!r} published something"
        if response.status_code >= 400 and response.status_code != 422:
            yield f"a look was answered with {response.status_code}"
        page = page_of(response)
        carried = _carried(page)
        for record_id, column, text in typed:
            cell = carried.get(record_id, {}).get(column)
            if cell is not None and essence(cell) != essence(unguard_formulas(text)):
                yield f"{record_id} {column} carries {cell!r} instead of {text!r}"
        if carried:
            yield from self._publish(given, address, page, session)

    def _publish(self, given: Input, address: str, page: Page, session: Session) -> Iterator[str]:
        form = find_form(page, address)
        values = values_of(form)
        note, rows = given.fields[-1][1], values["rows"]
        carried, newest = _carried(page), _newest(session)
        is_spoiled = given.whole and len(given.fields) % 2 == 1
        values.setlist(TOKEN_FIELD, [self.token])
        values.setlist("rows", [spoiled(rows, given.spoils) if is_spoiled else rows])
        values.setlist("note", [note])
        values.setlist("do", ["publish"])
        before = _texts(session)
        response = self.client.post(address, data=encoded(values), content_type="multipart/form-data")
        yield from self._answer("publish", response)
        session.rollback()
        notes = session.scalars(select(Change.note).where(Change.number > newest))
        kept = [*notes, *(shown_on(page_of(response)) if response.status_code != 303 else ())]
        if lost := lost_of(note, essence("\n".join(kept))):
            yield f"the note lost {lost!r} of {note[:300]!r} ({response.status_code})"
        if response.status_code != 303:
            if _newest(session) != newest:
                yield f"published, and answered with {response.status_code}"
            return
        yield from self._is_there(carried if not is_spoiled else {}, session)
        yield from self._undo(response, before, session)

    def _is_there(self, carried: dict[str, dict[str, str]], session: Session) -> Iterator[str]:
        texts = list(_texts(session).values())
        everything = essence("\n".join([*texts, *(fact for text in texts for fact in facts_of(text))]))
        for record_id, cells in carried.items():
            for column, text in cells.items():
                if column not in FIXED and not self.is_name(text) and (lost := lost_of(text, everything)):
                    yield f"{record_id} {column} lost {lost!r} of {text[:300]!r}"

    def _undo(self, response: TestResponse, before: dict[str, str], session: Session) -> Iterator[str]:
        """Undo everything, so that the next table starts with the same records."""
        there = response.headers["Location"]
        records = {each.place.record for each in touched(session, int(there.rpartition("/")[2]))}
        after = _texts(session)
        if {record for record in after if after[record] != before.get(record)} != records:
            yield f"the change {there} is not what became of the records"
        answer = self.client.post(there, data={TOKEN_FIELD: self.token})
        yield from self._answer("undo", answer)
        if _texts(session) != before:
            yield f"{there} was not undone to the byte"

    def _answer(self, what: str, response: TestResponse) -> Iterator[str]:
        self.count(f"table {what} {response.status_code}")
        if response.status_code >= 500:
            yield f"{what}: status {response.status_code}"


def _spoiled(
    given: Input, mode: str, table_format: TableFormat, taken: bytes
) -> tuple[bytes, list[tuple[str, str, str]]]:
    """Return a spoiled table, and the cells typed into a table that is still whole: record, column and text."""
    if mode == CELLS:
        lines = _lines(taken)
        typed = _typed(given, lines)
        data = write(TableFormat.XLSX, "x", lines) if table_format is TableFormat.XLSX else _csv(lines)
        return data, typed
    if mode == TEXT and table_format is TableFormat.CSV:
        return spoiled(taken.decode(), given.spoils).encode("utf-8", "surrogatepass"), []
    if mode == TEXT:
        return _repacked(taken, given), []
    middle = int(given.spoils[0][0] * len(taken))
    end = len(taken) if given.whole else middle + len(taken) // 3
    return taken[:middle] + given.data + taken[middle:end], []


def _lines(taken: bytes) -> Lines:
    table = read(taken)
    return [list(table.columns), *([row.cell(name) for name in table.columns] for row in table.rows)]


def _typed(given: Input, lines: Lines) -> list[tuple[str, str, str]]:
    """Type into some cells, including those that are not editable, and sometimes into the column names."""
    typed = dict[tuple[int, int], str]()
    # Into any cell, or only into free text columns, so that something remains to be published.
    free = [column for column, name in enumerate(lines[0]) if name in FREE]
    for number, text in given.fields:
        row = number % len(lines) if given.whole or len(lines) == 1 else 1 + number % (len(lines) - 1)
        columns = range(len(lines[0])) if given.whole else free
        typed[row, columns[number // len(lines) % len(columns)]] = text[:30_000]
    for (row, column), text in typed.items():
        lines[row][column] = text
    header = lines[0]
    twice = {name for name in header if header.count(name) > 1}
    return [
        (lines[row][header.index("id")], header[column], text)
        for (row, column), text in typed.items()
        if row and "id" in header and header[column] not in twice
    ]


def _csv(lines: Lines) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def _repacked(taken: bytes, given: Input) -> bytes:
    """Return a workbook with one spoiled part: its cells, its list of sheets, or the list of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(taken)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(source.namelist())
        chosen = names[given.fields[-1][0] % len(names)]
        for name in names:
            content = source.read(name)
            if name == chosen:
                content = spoiled(content.decode(), given.spoils).encode("utf-8", "surrogatepass")
            target.writestr(name, content)
    return out.getvalue()


def _carried(page: Page) -> dict[str, dict[str, str]]:
    """Return the cells by record that the form on a page carries."""
    rows = [each.get("value", "") for each in page.elements("input") if each.get("name") == "rows"]
    return {cells["id"].strip(): cells for text in rows if text for _number, cells in json.loads(text)}


def _newest(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.max(Change.number))) or 0


def _texts(session: Session) -> dict[str, str]:
    """Return the current source files of all records."""
    session.rollback()
    query = select(Revision.record, Revision.text).where(Revision.part == "source").order_by(Revision.number)
    return {record: text or "" for record, text in session.execute(query)}
