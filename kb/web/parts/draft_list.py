"""Drafts in lists: author, record, stage and age."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_timedelta

from kb.accounts.permissions import may
from kb.editing.forms.draft_titles import title_in
from kb.extensions import db
from kb.history import review_notes
from kb.history.model import Draft, DraftOrigin, ReviewAction, ReviewNote, Stage
from kb.i18n import N_
from kb.publishing.authorization import writing
from kb.publishing.review_guards import mark_of
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now
from kb.web.labels.authors import authors

_STAGES: Mapping[str, str] = {
    Stage.WRITING: N_("Being written"),
    Stage.REVIEW: N_("In review"),
    Stage.APPROVED: N_("Approved"),
}
# Actions that return a draft to its author, with a reason.
BACK = (ReviewAction.RETURNED, ReviewAction.HANDED_BACK)


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list: title of its record, language of the text, author, stage, and whether the user may write it.

    `last` is the latest review note on its way to publication, and `said_by` its author. `reviewer` was asked to
    review it.
    """

    draft: Draft
    place: RecordFile
    title: str
    language: str
    author: str
    stage: str
    age: str
    may_write: bool
    last: ReviewNote | None = None
    said_by: str = ""
    reviewer: str = ""

    @property
    def mark(self) -> str:
        """The fingerprint of its text, by which a form says which text the user has seen."""
        return mark_of(self.draft)

    @property
    def is_source(self) -> bool:
        """Whether it is the text of a source file."""
        return self.place.part == SOURCE

    @property
    def is_in_work(self) -> bool:
        """Whether it is being written or reviewed; other texts are only kept."""
        kept = self.draft.origin in (DraftOrigin.CONFLICT, DraftOrigin.FILE)
        return not kept or self.draft.stage != Stage.WRITING

    @property
    def is_back(self) -> bool:
        """Whether it was handed back to its author."""
        return self.draft.stage == Stage.WRITING and self.last is not None and self.last.deed in BACK

    @property
    def reason(self) -> str:
        """Why it was handed back, or the text of the latest note."""
        return reason_words(self.last) if self.last is not None else ""


def draft_lines(drafts: Iterable[Draft]) -> list[DraftLine]:
    """Return drafts as entries of a list.

    A record that was never published has the title of its draft.
    """
    drafts = list(drafts)
    last = review_notes.last_of(db.session, drafts)
    people = [person for each in drafts for person in (each.author_id, each.reviewer_id)]
    names = authors(db.session, [*people, *(note.author_id for note in last.values())])
    return [_line(draft, names, last.get(draft.id)) for draft in drafts]


def _line(draft: Draft, names: Mapping[int, str], last: ReviewNote | None) -> DraftLine:
    place = place_of(draft.record, draft.part)
    entry = generation().catalog.columns.get((place.kind, place.id))
    return DraftLine(
        draft,
        place,
        title=title_of(place, draft.text),
        language=place.part if place.part != SOURCE else entry.language if entry else "",
        author=_author_words(draft, names),
        stage=_stage_words(draft),
        age=age_words(draft.created),
        may_write=may(signed_in(), writing(place)),
        last=last,
        said_by=names.get(last.author_id or 0, "") if last else "",
        reviewer=names.get(draft.reviewer_id or 0, ""),
    )


def title_of(place: RecordFile, text: str) -> str:
    """Return the title of the record of a draft; for a record that was never published, that in its text."""
    entry = generation().catalog.columns.get((place.kind, place.id))
    if entry is not None:
        return entry.title(i18n.current().code)[0]
    return title_in(text, place.part) or place.id


def _author_words(draft: Draft, names: Mapping[int, str]) -> str:
    """Return the author of a draft; readers, deleted users and files have no name."""
    if draft.author_id is None:
        return _("someone without an account") if draft.origin == DraftOrigin.SUGGESTION else _("a file")
    return names.get(draft.author_id, "")


def _stage_words(draft: Draft) -> str:
    """Return the stage of a draft in words."""
    return _("scheduled") if draft.due is not None else stage_words(draft.stage)


def stage_words(stage: str) -> str:
    """Return the name of a stage."""
    return _(_STAGES[Stage(stage)])


def age_words(created: datetime) -> str:
    """Return how long ago a draft was begun, in the reader's language."""
    since = created - now()
    return str(format_timedelta(since, add_direction=True, locale=i18n.locale()))


def reason_words(note: ReviewNote) -> str:
    """Return the text of a note. Messages of the program are translated for the reader; details stay as found."""
    first, _end, rest = note.text.partition("\n")
    return "\n".join(filter(None, (_(first) if first else "", rest)))
