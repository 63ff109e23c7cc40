"""What the translation memory shows: translations of similar texts, and lines with a phrase, each with its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app, url_for

from kb.editing.open_text import source_text
from kb.editing.translation.memory import MemoryUnit, PairIndex, TranslationMemory
from kb.editing.translation.source_changes import MarkedRun, marked, runs_between
from kb.errors import NotFound
from kb.extensions import db
from kb.i18n import LANGUAGES
from kb.records.bundle import read_source
from kb.records.files.paths import RecordFile
from kb.records.record import Bundle, State
from kb.records.segments import words
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation, store

_MEMORY = "translation memory"
LONGEST_PHRASE = 100


def init_app(app: Flask) -> None:
    """Add the memory, which holds nothing until it is first asked."""
    app.extensions[_MEMORY] = TranslationMemory()


@dataclass(frozen=True)
class PairView:
    """A text in two languages, with its record. `pieces` mark how the first differs from the asked one."""

    pieces: tuple[MarkedRun, ...]
    target: str
    title: str
    title_language: str
    address: str
    state: str
    likeness: str = ""
    others: str = ""
    is_same: bool = False


@dataclass(frozen=True)
class MemoryPage:
    """The page of the memory: for a text its matches, for a phrase its lines; either may be missing."""

    place: RecordFile
    title: str
    title_language: str
    source_language: str
    text: str
    matches: tuple[PairView, ...]
    phrase: str
    lines: tuple[PairView, ...]

    @property
    def address(self) -> str:
        """The URL of this page, without what is asked."""
        return memory_address(self.place)

    @property
    def editor_address(self) -> str:
        """The URL of the translation editor."""
        return url_for("editor.edit", kind=self.place.kind, record_id=self.place.id, part=self.place.part)


def memory_address(place: RecordFile, text: str | None = None) -> str:
    """Return the URL of the memory for a translation, with the matches of a text."""
    return url_for("translating.memory", kind=place.kind, record_id=place.id, part=place.part, text=text)


def comment_address(place: RecordFile, text: str) -> str:
    """Return the URL of the form for a comment on the original of a text."""
    return url_for("translating.comment", kind=place.kind, record_id=place.id, part=place.part, text=text)


def memory_page(place: RecordFile, asked: Mapping[str, str]) -> MemoryPage:
    """Return the page for a translation: `text` names a segment, `q` is a phrase. Raises `NotFound`."""
    bundle = source_bundle(place)
    own, phrase = bundle.record.language, asked.get("q", "").strip()[:LONGEST_PHRASE]
    text = source_texts(bundle).get(asked.get("text", ""), "")
    found = index_of(own, place.part) if text or phrase else PairIndex(())
    matches = found.find(text, (bundle.key, asked.get("text", ""))) if text else ()
    entry = generation().catalog.columns.get(bundle.key)
    title, language = entry.title(i18n.current().code) if entry else (str(bundle.record.title), own)
    return MemoryPage(
        place,
        title,
        language,
        own,
        text,
        tuple(_pair_view(each.unit, text, each.likeness, each.others) for each in matches),
        phrase,
        tuple(_pair_view(each) for each in found.lines_with(phrase)),
    )


def source_bundle(place: RecordFile) -> Bundle:
    """Return the source of a translation as the log has it. Raises `NotFound`."""
    if place.kind not in store().kinds or place.part not in LANGUAGES:
        raise NotFound(place.record)
    text = source_text(db.session, place)
    bundle = read_source(store().kinds[place.kind].shape, place.id, text)[0] if text is not None else None
    if bundle is None or bundle.record.language == place.part:
        raise NotFound(place.record)
    return bundle


def source_texts(bundle: Bundle) -> dict[str, str]:
    """Return the texts of a source by segment, without headings."""
    return dict(words(bundle.record)) | {each.id: each.text for each in bundle.sections}


def index_of(source: str, target: str) -> PairIndex:
    """Return the index of two languages for the current records."""
    memory: TranslationMemory = current_app.extensions[_MEMORY]
    return memory.index(generation().catalog, source, target)


def _pair_view(unit: MemoryUnit, asked: str | None = None, likeness: float = 0, others: int = 0) -> PairView:
    entry = generation().catalog.columns[unit.key]
    title, language = entry.title(i18n.current().code)
    return PairView(
        marked(runs_between(unit.source, asked or unit.source), ()),
        unit.target,
        title,
        language,
        url_for("desk.record", kind=entry.kind, record_id=entry.id),
        _state_words(unit.state),
        _likeness_words(likeness),
        ngettext("Also in %(count)s other text", "Also in %(count)s other texts", others, count=i18n.number(others))
        if others
        else "",
        is_same=likeness == 1,
    )


def _likeness_words(likeness: float) -> str:
    if not likeness:
        return ""
    return _("Same text") if likeness == 1 else _("%(count)s %% alike", count=i18n.number(round(likeness * 100)))


def _state_words(state: State) -> str:
    match state:
        case State.ORIGINAL:
            return _("Original text")
        case State.MACHINE:
            return _("Translated by AI")
    return _("Translated by a person")
