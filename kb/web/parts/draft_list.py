"""A draft in a list: whose it is, of which record, how far it has come, and how old it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel.dates import format_timedelta

from kb.accounts.permissions import may
from kb.editing.forms.draft_titles import title_in
from kb.extensions import db
from kb.history import review_notes
from kb.history.model import Draft, DraftOrigin, ReviewDeed, ReviewNote, Stage
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
    Stage.WRITING: N_("being written"),
    Stage.REVIEW: N_("in review"),
    Stage.APPROVED: N_("approved"),
}
# Deeds after which a draft lies with its author again, for a reason.
BACK = (ReviewDeed.RETURNED, ReviewDeed.HANDED_BACK)


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list: the title of its record, the language of the text, how it came to be, and who may write at it.

    `last` is what was done to it last on its way to publication, and `said_by` who did that.
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

    @property
    def mark(self) -> str:
        """The fingerprint of its text, by which a form says what somebody has seen."""
        return mark_of(self.draft)

    @property
    def is_source(self) -> bool:
        """Whether it is a text of a source file."""
        return self.place.part == SOURCE

    @property
    def is_in_work(self) -> bool:
        """Whether somebody writes or reviews it; other texts are only kept."""
        kept = self.draft.origin in (DraftOrigin.CONFLICT, DraftOrigin.FILE)
        return not kept or self.draft.stage != Stage.WRITING

    @property
    def is_back(self) -> bool:
        """Whether it was handed back to its author."""
        return self.draft.stage == Stage.WRITING and self.last is not None and self.last.deed in BACK

    @property
    def reason(self) -> str:
        """Why it was handed back, or what else was said last."""
        return reason_words(self.last) if self.last is not None else ""


def draft_lines(drafts: Iterable[Draft], *, with_texts: bool = True) -> list[DraftLine]:
    """Return drafts as a list shows them.

    A record that was never published is called by the title in its draft; without texts, by its id.
    """
    drafts = list(drafts)
    last = review_notes.last_of(db.session, drafts)
    names = authors(db.session, [*(each.author_id for each in drafts), *(note.author_id for note in last.values())])
    return [_line(draft, names, last.get(draft.id), with_text=with_texts) for draft in drafts]


def _line(draft: Draft, names: Mapping[int, str], last: ReviewNote | None, *, with_text: bool) -> DraftLine:
    place = place_of(draft.record, draft.part)
    entry = generation().catalog.columns.get((place.kind, place.id))
    return DraftLine(
        draft,
        place,
        title=title_of(place, draft.text if with_text else ""),
        language=place.part if place.part != SOURCE else entry.language if entry else "",
        author=author_words(draft, names),
        stage=stage_words(draft),
        age=age_words(draft),
        may_write=may(signed_in(), writing(place)),
        last=last,
        said_by=names.get(last.author_id or 0, "") if last else "",
    )


def title_of(place: RecordFile, text: str) -> str:
    """Return the title of the record that a draft belongs to; of one that was never published, that in its text."""
    entry = generation().catalog.columns.get((place.kind, place.id))
    if entry is not None:
        return entry.title(i18n.current().code)[0]
    return title_in(text, place.part) or place.id


def author_words(draft: Draft, names: Mapping[int, str]) -> str:
    """Return who wrote a draft; a reader, somebody who left for good, and a file have no name."""
    if draft.author_id is None:
        return _("somebody without an account") if draft.origin == DraftOrigin.SUGGESTION else _("a file")
    return names.get(draft.author_id, "")


def stage_words(draft: Draft) -> str:
    """Return how far a draft has come."""
    return _("scheduled") if draft.due is not None else _(_STAGES[Stage(draft.stage)])


def age_words(draft: Draft) -> str:
    """Return how long ago a draft was begun, in the reader's language."""
    since = draft.created - now()
    return str(format_timedelta(since, add_direction=True, locale=i18n.locale()))


def reason_words(note: ReviewNote) -> str:
    """Return what was said; what the program says is said in the reader's language, with details as they were found."""
    first, _end, rest = note.text.partition("\n")
    return "\n".join(filter(None, (_(first) if first else "", rest)))
