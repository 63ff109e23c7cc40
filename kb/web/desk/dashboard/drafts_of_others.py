"""Drafts by title on the desk: who works on what. Only drafts that the user may read have a link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from kb.editing.review_queue.titles import DraftTitle, draft_titles
from kb.extensions import db
from kb.history.drafts import get_draft
from kb.history.model import Stage
from kb.publishing.draft_visibility import may_see
from kb.records.bundle import SOURCE
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.rendering import generation, store
from kb.web.labels.authors import authors
from kb.web.parts.draft_list import age_words, stage_words

_SHOWN = 50


@dataclass(frozen=True)
class TitledDraft:
    """A draft by its title: record, part, author and stage in words; `address` is empty if its text is not shown."""

    title: str
    language: str
    name: str
    part: str
    author: str
    stage: str
    age: str
    is_own: bool
    address: str

    @property
    def is_source(self) -> bool:
        """Whether it is a text of a source file."""
        return self.part == SOURCE


@dataclass(frozen=True)
class OthersDrafts:
    """The latest drafts of other people; `number` counts all."""

    drafts: tuple[TitledDraft, ...]
    number: int


def others_drafts(record: str = "") -> OthersDrafts:
    """Return the drafts of other people, of one record or of all, the latest first."""
    found = [
        each
        for each in draft_titles(db.session, generation().catalog)
        if each.author_id != signed_in().id and record in ("", each.place.record)
    ]
    return OthersDrafts(titled_drafts(found[:_SHOWN]), len(found))


def titled_drafts(drafts: Iterable[DraftTitle]) -> tuple[TitledDraft, ...]:
    """Return drafts in the words of a list."""
    drafts = list(drafts)
    names = authors(db.session, [each.author_id for each in drafts])
    return tuple(_titled(each, names[each.author_id]) for each in drafts)


def _titled(draft: DraftTitle, author: str) -> TitledDraft:
    place = draft.place
    entry = generation().catalog.columns.get((place.kind, place.id))
    title, language = entry.title(i18n.current().code) if entry is not None else (draft.title or place.id, "")
    return TitledDraft(
        title=title,
        language=language,
        name=place.record,
        part=place.part,
        author=author,
        stage=stage_words(draft.stage),
        age=age_words(draft.created),
        is_own=draft.author_id == signed_in().id,
        address=_address(draft),
    )


def _address(draft: DraftTitle) -> str:
    place = draft.place
    if draft.stage == Stage.WRITING:
        if draft.author_id != signed_in().id:
            return ""
        return url_for("editor.edit", kind=place.kind, record_id=place.id, part=place.part, draft=draft.id)
    is_seen = may_see(db.session, store(), signed_in(), get_draft(db.session, draft.id))
    return url_for("reviewing.show", draft_id=draft.id) if is_seen else ""
