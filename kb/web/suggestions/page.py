"""Data of the form of a correction, and of the page that tracks a suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from kb.editing.model import Suggestion
from kb.editing.suggestions.answer import find_by_token, standing, title_of
from kb.editing.suggestions.submit import Handed
from kb.extensions import db
from kb.kinds.practice.model import SECTION_TITLES
from kb.problems import Problem
from kb.records.record import Passage, Reading
from kb.web.http import i18n
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.suggestions.forms import find_passage
from kb.web.suggestions.labels import STATES


@dataclass(frozen=True)
class SectionLink:
    """A section whose text can be corrected."""

    text: str
    language: str
    address: str


@dataclass(frozen=True)
class CorrectionPage:
    """The form; `passage` is the text of a section, `None` for the whole record, which links its sections."""

    reading: Reading
    passage: Passage | None
    sections: tuple[SectionLink, ...]
    heading: str
    text: str
    reason: str
    contact: str
    problems: tuple[tuple[str, str], ...]
    back: str
    here: str
    days: int


@dataclass(frozen=True)
class TrackingPage:
    """A suggestion; `title` is followed by its language, `address` is empty for a record without a page."""

    suggestion: Suggestion
    words: str
    here: str
    title: tuple[str, str]
    address: str
    days: int


def correction_page(
    reading: Reading, section: str, typed: Handed | None = None, problems: Sequence[Problem] = ()
) -> CorrectionPage:
    """Return the form, with what was `typed` if it comes back. Raises `NotFound` for an unknown section."""
    kind, record_id, passage = reading.kind, reading.id, find_passage(reading, section)
    return CorrectionPage(
        reading=reading,
        passage=passage,
        sections=_sections(reading) if passage is None else (),
        heading=_heading(kind, passage) if passage is not None else "",
        text=typed.text if typed else passage.body if passage else "",
        reason=typed.reason if typed else "",
        contact=typed.contact if typed else "",
        problems=field_problems(problems),
        back=url_for(f"{kind}.show", record_id=record_id, _anchor=section or None),
        here=url_for("suggest.correct_submit", kind=kind, record_id=record_id, section=section or None),
        days=current_app.config["SUGGESTION_DAYS"],
    )


def _sections(reading: Reading) -> tuple[SectionLink, ...]:
    def link(passage: Passage) -> SectionLink:
        address = url_for("suggest.correct", kind=reading.kind, record_id=reading.id, section=passage.name)
        return SectionLink(_heading(reading.kind, passage), passage.language, address)

    return tuple(map(link, reading.sections()))


def _heading(kind: str, passage: Passage) -> str:
    fixed = SECTION_TITLES.get(passage.name) if kind == "practices" else None
    return _(fixed) if fixed is not None else passage.heading or ""


def tracking_page(token: str) -> TrackingPage:
    """Return the state of a suggestion. Raises `NotFound`."""
    suggestion = find_by_token(db.session, token)
    kind, _slash, record_id = suggestion.record.partition("/")
    entry = generation().catalog.find(kind, record_id)
    return TrackingPage(
        suggestion=suggestion,
        words=_(STATES[standing(db.session, suggestion)]),
        here=url_for("suggest.withdraw_submit", token=token),
        title=entry.title(i18n.current().code) if entry is not None else title_of(db.session, suggestion),
        address=url_for(f"{entry.kind}.show", record_id=entry.id) if entry is not None else "",
        days=current_app.config["SUGGESTION_DAYS"],
    )
