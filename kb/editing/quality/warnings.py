"""Warnings during editing: they point out what to check again, and block nothing.

Only new or changed texts are checked, so fixing one sentence raises no warnings about old texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.forms.schema_form import FormControl, SchemaField
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.editing.open_text import source_text
from kb.editing.quality.named_keepers import is_unnamed, keeper_of
from kb.editing.quality.personal_data_checks import Datum, personal_data
from kb.editing.quality.text_statistics import count_words, sentences, without_code
from kb.editing.quality.unsourced_figures import unsourced_figures
from kb.editing.translation.translation_form import read_translation_file
from kb.history import log
from kb.i18n import N_
from kb.kinds.kind import Kind
from kb.problems import Problem, Severity, Where
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.front_matter import Value
from kb.records.markdown import cited
from kb.vocabulary.find_terms import folded

LONGEST_SENTENCE = 35
# Maximum shown per kind and text; after these are fixed, the next ones appear.
_MOST = 3
_SHOWN_WORDS = 6

_DATA: Mapping[Datum, str] = {
    Datum.TELEPHONE: N_(
        "“%(found)s” looks like a phone number. Remove it if it could belong to a person. Enter a service’s number in "
        "the phone number field or on the service’s page."
    ),
    Datum.EMAIL: N_(
        "“%(found)s” is an email address. Remove it if it could belong to a person. For a service, link to its page "
        "instead."
    ),
    Datum.BIRTH: N_("“%(found)s” looks like a date of birth. Remove it: readers do not need it."),
}
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*)$", re.M)
_NAMELESS = re.compile(r"!\[\s*\]\(")
_LINK = re.compile(r"(?<!!)\[([^\]\[^][^\]\[]*)\]\(")
# Link texts that are meaningless when a screen reader lists links, in the languages of the site.
_BARE = frozenset(
    {
        *("here", "click here", "this", "this link", "this page", "link", "read more", "more", "see here"),
        *("qui", "clicca qui", "questo link", "leggi", "leggi tutto", "vedi qui", "maggiori informazioni"),
        *("cia", "spauskite cia", "nuoroda", "si nuoroda", "placiau", "skaityti daugiau", "ziureti cia"),
        *("aqui", "clique aqui", "este link", "ligacao", "saiba mais", "ler mais", "ver aqui"),
        *("aici", "click aici", "acest link", "mai mult", "mai multe", "citeste mai mult", "vezi aici"),
    }
)
# Contacts of services belong there.
_OPEN = ("helplines.", "facts.")


@dataclass(frozen=True)
class WatchedText:
    """One text to check: its position in the record, and its path without row numbers."""

    where: Where
    path: str
    text: str

    @property
    def is_section(self) -> bool:
        """Whether it is a Markdown text."""
        return self.where[0] == "body"


def draft_warnings(
    session: Session, store: ContentStore, place: RecordFile, text: str, base_number: int
) -> tuple[Problem, ...]:
    """Return the warnings of a text based on a revision; none if it is unreadable."""
    kind = store.kinds.get(place.kind)
    base = log.find_revision(session, place, base_number) if base_number else None
    before = base.text or "" if base is not None else ""
    if kind is None or text == before:
        return ()
    if place.part == SOURCE:
        return (
            *wrong_dates(kind, text),
            *source_warnings(kind, text, before),
            *_keeper_warnings(session, text, before),
        )
    source = source_text(session, place)
    return translation_warnings(kind, place, source, text, before) if source is not None else ()


def wrong_dates(kind: Kind, text: str) -> tuple[Problem, ...]:
    """Return a warning for each date of a source file that is not a day of the calendar."""
    file = read_source_file(kind, text)
    return tuple(_wrong_dates(file.fields, file.values, ())) if file is not None else ()


def is_day(text: str) -> bool:
    """Return whether a text is a date as the files have it: year, month and day."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong_dates(fields: Iterable[SchemaField], values: Mapping[str, Value], where: Where) -> Iterator[Problem]:
    for field in fields:
        value, here = values.get(field.name), (*where, field.name)
        if field.is_date and isinstance(value, str) and value and not is_day(value):
            message = N_("“%(text)s” is not a date. Enter year, month and day, for example 2026-11-25.")
            yield _warning("wrong-date", message, here, text=value)
        elif isinstance(value, dict):
            yield from _wrong_dates(field.fields, value, here)
        elif field.fields and isinstance(value, list):
            for index, row in enumerate(value):
                yield from _wrong_dates(field.fields, row if isinstance(row, dict) else {}, (*here, index))


def _keeper_warnings(session: Session, text: str, before: str) -> Iterator[Problem]:
    keeper = keeper_of(text)
    if keeper and keeper != keeper_of(before) and is_unnamed(session, keeper):
        message = N_(
            "%(name)s has an account on this site but has not agreed to show their name to readers. Ask them first."
        )
        yield _warning("unnamed-keeper", message, ("keeper",), name=keeper)


def source_warnings(kind: Kind, text: str, before: str = "") -> tuple[Problem, ...]:
    """Return the warnings of a source file, limited to what differs from `before`."""
    file, was = read_source_file(kind, text), read_source_file(kind, before) if before else None
    if file is None or text == before:
        return ()
    known = {(piece.path, piece.text) for piece in _source_pieces(was)} if was is not None else set()
    new = [piece for piece in _source_pieces(file) if (piece.path, piece.text) not in known]
    has_sources = any(field.name == "sources" for field in file.fields)
    found = [*_text_warnings(new, file.language)]
    if has_sources and kind.has_claims:
        found += _figure_warnings(new)
    if has_sources:
        found += _uncited(file)
    return tuple(found)


def translation_warnings(
    kind: Kind, place: RecordFile, source: str, text: str, before: str = ""
) -> tuple[Problem, ...]:
    """Return the warnings about a translation's words; figures and sources follow the original."""

    def pieces(of: str) -> list[WatchedText]:
        file = read_translation_file(kind, place.id, source, place.part, of)
        return [
            WatchedText(("body" if each.is_section else "words", each.name), each.name, each.text)
            for each in (file.segments() if file is not None else ())
            if each.text
        ]

    known = {(piece.path, piece.text) for piece in pieces(before)} if before else set()
    new = [piece for piece in pieces(text) if (piece.path, piece.text) not in known]
    return tuple(_text_warnings(new, place.part))


def _source_pieces(file: SourceFile) -> Iterator[WatchedText]:
    for field in file.fields:
        yield from _pieces(field, file.values.get(field.name), (field.name,))
    for section in file.sections:
        yield WatchedText(("body", section.id), section.id, section.text)


def _pieces(field: SchemaField, value: Value | None, where: Where) -> Iterator[WatchedText]:
    """Yield the written texts among the facts, without names and ids."""
    if field.control is FormControl.TEXT and isinstance(value, str):
        yield WatchedText(where, field.path, value)
    elif field.control is FormControl.GROUP and isinstance(value, dict):
        for each in field.fields:
            yield from _pieces(each, value.get(each.name), (*where, each.name))
    elif field.control is FormControl.ROWS and isinstance(value, list):
        for index, row in enumerate(value):
            for each in field.fields if isinstance(row, dict) else ():
                yield from _pieces(each, row.get(each.name), (*where, index, each.name))  # type: ignore[union-attr]


def _text_warnings(pieces: Iterable[WatchedText], language: str) -> Iterator[Problem]:
    for piece in pieces:
        if not piece.path.startswith(_OPEN):
            yield from _told(
                _warning(f"personal-{each.datum}", _DATA[each.datum], piece.where, found=each.words)
                for each in personal_data(piece.text)
            )
        yield from _told(_long_sentences(piece, language))
        if piece.is_section:
            yield from _told(_form_warnings(piece))


def _told(problems: Iterable[Problem]) -> Iterator[Problem]:
    yield from list(problems)[:_MOST]


def _warning(code: str, message: str, where: Where, /, **params: object) -> Problem:
    return Problem(code, message, where, params=params, severity=Severity.WARNING)


def _long_sentences(piece: WatchedText, language: str) -> Iterator[Problem]:
    for sentence in sentences(piece.text, language):
        if (count := count_words(sentence)) > LONGEST_SENTENCE:
            message = N_("This sentence has %(count)s words. Split it: “%(beginning)s …”")
            beginning = " ".join(sentence.split()[:_SHOWN_WORDS])
            yield _warning("long-sentence", message, piece.where, count=count, beginning=beginning)


def _form_warnings(piece: WatchedText) -> Iterator[Problem]:
    text = without_code(piece.text)
    if _NAMELESS.search(text):
        message = N_(
            "An image has no description for people who cannot see it. Write what it shows: ![description](image.jpg)"
        )
        yield _warning("picture-without-words", message, piece.where)
    yield from _skipped_headings(text, piece.where)
    for words in dict.fromkeys(match[1].strip() for match in _LINK.finditer(text)):
        if folded(words) in _BARE:
            message = N_("The link text “%(words)s” does not say where the link goes. Describe the page it leads to.")
            yield _warning("bare-link", message, piece.where, words=words)


def _skipped_headings(text: str, where: Where) -> Iterator[Problem]:
    last = 2  # the section's own heading
    for match in _HEADING.finditer(text):
        level = len(match[1])
        if level > last + 1:
            message = N_("The heading “%(heading)s” skips a level. Start it with %(signs)s.")
            yield _warning("skipped-heading", message, where, heading=match[2].strip(), signs="#" * (last + 1))
        last = max(level, 2)


def _figure_warnings(pieces: Iterable[WatchedText]) -> Iterator[Problem]:
    for piece in pieces:
        if piece.is_section and (found := unsourced_figures(piece.text)):
            message = N_("A paragraph has figures without a source: %(figures)s. Add a source mark, for example [^s1].")
            yield _warning("unsourced-figure", message, piece.where, figures=", ".join(found[:_MOST]))


def _uncited(file: SourceFile) -> Iterator[Problem]:
    """Yield warnings for uncited sources; the check of a whole record repeats this, but a new draft is not whole."""
    used = {source for section in file.sections for source, _line in cited(section.text)}
    used |= {source for key in file.values for row in _rows(file, key) for source in _named(row)}
    for index, row in enumerate(_rows(file, "sources")):
        if (source := str(row.get("id", ""))) and source not in used:
            message = N_("The source %(source)s is not cited. Cite it or remove it.")
            yield _warning("uncited-source", message, ("sources", index), source=source)


def _named(row: Mapping[str, Value]) -> Iterator[str]:
    """Yield the sources that a row names."""
    yield str(row.get("source", ""))
    several = row.get("sources")
    yield from map(str, several if isinstance(several, list) else ())


def _rows(file: SourceFile, key: str) -> Sequence[Mapping[str, Value]]:
    rows = file.values.get(key)
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []
