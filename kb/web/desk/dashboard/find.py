"""The search of the desk: records and drafts of any status, by words of their titles and ids."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from kb.content_store.catalog import CatalogEntry
from kb.editing.review_queue.titles import draft_titles, find_drafts, find_records
from kb.extensions import db
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.desk.dashboard.drafts_of_others import TitledDraft, titled_drafts
from kb.web.http import i18n
from kb.web.http.rendering import generation
from kb.web.labels.kinds import kind_name
from kb.web.parts.allowed_actions import may_here
from kb.web.parts.record_filter import status_name

_SHOWN = 30
_LONGEST = 200


@dataclass(frozen=True)
class FoundRecord:
    """A record that was found: title, kind and status in words, and its addresses; that of the editor may be empty."""

    title: str
    language: str
    name: str
    kind: str
    status: str
    address: str
    edit: str


@dataclass(frozen=True)
class FoundWork:
    """What a search found; the numbers count what is not shown as well."""

    text: str
    records: tuple[FoundRecord, ...]
    record_number: int
    drafts: tuple[TitledDraft, ...]
    draft_number: int

    @property
    def number(self) -> int:
        """How many records and drafts were found."""
        return self.record_number + self.draft_number

    @property
    def is_cut(self) -> bool:
        """Whether something that was found is not shown."""
        return self.number > len(self.records) + len(self.drafts)


def found_work() -> FoundWork:
    """Return what the words in the URL find."""
    text, catalog = request.args.get("q", "").strip()[:_LONGEST], generation().catalog
    records = find_records(catalog, text)
    drafts = find_drafts(catalog, draft_titles(db.session, catalog), text)
    return FoundWork(
        text=text,
        records=tuple(map(_record, records[:_SHOWN])),
        record_number=len(records),
        drafts=titled_drafts(drafts[:_SHOWN]),
        draft_number=len(drafts),
    )


def _record(entry: CatalogEntry) -> FoundRecord:
    title, language = entry.title(i18n.current().code)
    place = RecordFile(entry.kind, entry.id, SOURCE)
    may_edit = may_here(writing(place), place)
    return FoundRecord(
        title=title,
        language=language,
        name=place.record,
        kind=kind_name(entry.kind),
        status=status_name(entry.status),
        address=url_for("desk.record", kind=entry.kind, record_id=entry.id),
        edit=url_for("editor.edit", kind=entry.kind, record_id=entry.id, part=SOURCE) if may_edit else "",
    )
