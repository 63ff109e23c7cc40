"""Passages of records on pages: HTML from Markdown, their origin in words, and links to sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from flask import current_app, url_for
from markupsafe import Markup

from kb.records.attachments import Attached
from kb.records.markdown import ShownFile, cited, to_html
from kb.records.record import Bundle, Passage, State
from kb.records.translation_status_words import state_words, worst_of
from kb.search.analysis.glossary_matcher import GlossaryMatch
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.parts.glossary_links import explain_terms, terms_in

_ICONS: Mapping[State, str] = {
    State.ORIGINAL: "original",
    State.REVIEWED: "person",
    State.MACHINE: "machine",
    State.STALE: "stale",
    State.FALLBACK: "original",
}
# Number of rendered sections in the cache: about 5 kB each, so at most 20 MB. Enough for 80 practices in five
# languages.
_KEPT = 4000
# Letters of a file's fingerprint in its address: as many as a segment's.
MARK = 16

Files = tuple[tuple[str, ShownFile], ...]


@dataclass(frozen=True)
class StateLine:
    """The origin of a text: a line, an icon, words; and the address of the original if that has changed since."""

    state: State
    words: str
    icon: str
    original: str | None = None

    def differs(self, head: StateLine) -> bool:
        """Whether a text needs a line of its own: its origin is another one than that of the page."""
        return self.state is not State.ORIGINAL and (self.words != head.words or self.state is State.STALE)


@dataclass(frozen=True)
class PagePart:
    """A section of a page. `html` is safe; `line` is absent where it would repeat what is known."""

    id: str
    heading: str
    heading_language: str
    html: Markup
    language: str
    line: StateLine | None


def state_line(passages: Iterable[Passage], *, is_drafted: bool, original: str | None = None) -> StateLine:
    """Return the line for one passage, or for several that appear together. Needs at least one."""
    worst = worst_of(passages)
    icon = "machine" if worst.state is State.ORIGINAL and is_drafted else _ICONS[worst.state]
    words = state_words(worst, is_drafted=is_drafted, speech=i18n.speech())
    has_link = worst.state is State.STALE and original is not None
    return StateLine(worst.state, words, icon, original if has_link else None)


def section_html(passage: Passage, sources: Mapping[str, int], files: Files = ()) -> Markup:
    """Return the text of a section as safe HTML: sources numbered, links in the reader's language, terms explained.

    `files` are those of its record, from `files_of`; for other files only the words are shown.
    """
    own, reader = passage.language, i18n.current().code
    html, terms = _html(passage.body, own, reader, tuple(sources.items()), f"{passage.name}-", files)
    return explain_terms(html, terms, own)


def files_of(bundle: Bundle | None) -> Files:
    """Return the pictures and documents of a record by name, with their download addresses."""
    return shown_files(bundle.key, bundle.attached) if bundle is not None else ()


def shown_files(key: tuple[str, str], attached: Mapping[str, Attached]) -> Files:
    """Return these files of a record by name, with their download addresses."""
    return tuple(
        (name, ShownFile(file_address(*key, name, each), each.width, each.height)) for name, each in attached.items()
    )


def file_address(kind: str, record_id: str, name: str, attached: Attached) -> str:
    """Return the address of a file; it contains a hash of the bytes, so that browsers can cache it for good."""
    mark = attached.fingerprint[:MARK]
    return url_for("attachments.show", kind=kind, record_id=record_id, mark=mark, name=name)


@lru_cache(maxsize=_KEPT)
def _html(
    text: str, language: str, _reader: str, sources: tuple[tuple[str, int], ...], prefix: str, files: Files
) -> tuple[Markup, tuple[GlossaryMatch, ...]]:
    """Return the HTML of a text in a language for a reader of another, and the terms found in it."""
    html = to_html(text, dict(sources), link=record_link, title=_source_title, prefix=prefix, files=dict(files))
    return Markup(html), terms_in(html, language)  # noqa: S704 - cleaned by `to_html`


def record_link(target: str, language: str = "") -> str:
    """Return the address of `practices/<id>#section` in a language, else in the reader's.

    Return the target unchanged if its kind is unknown.
    """
    record, _hash, anchor = target.partition("#")
    kind, _slash, record_id = record.partition("/")
    if f"{kind}.show" not in current_app.view_functions:
        return target
    code = language or i18n.current().code
    return url_for(f"{kind}.show", record_id=record_id, _anchor=anchor or None, language=code)


def absolute_record_link(target: str, language: str = "") -> str:
    """Return the absolute address of a record that a document links to: `practices/barnahus`."""
    path = record_link(target, language)
    return absolute(path) if path.startswith("/") else path


def _source_title(number: int) -> str:
    return _("Source %(number)s", number=number)


@dataclass(frozen=True)
class CitationMark:
    """A place in the text that cites a source: the id of its mark, and the heading above it with its language."""

    id: str
    heading: str
    language: str | None = None


def marks(passages: Sequence[Passage], headings: Mapping[str, str]) -> dict[str, tuple[CitationMark, ...]]:
    """Return for each source the first place in each section that cites it.

    `headings` are those that the page gives sections; a section without one uses its own.
    """
    found: dict[str, list[CitationMark]] = {}
    for passage in passages:
        known = headings.get(passage.name)
        heading, language = (known, None) if known is not None else (passage.heading or "", passage.language)
        for source in dict.fromkeys(source for source, _line in cited(passage.body)):
            found.setdefault(source, []).append(CitationMark(f"mark-{passage.name}-{source}", heading, language))
    return {source: tuple(places) for source, places in found.items()}


def overdue(due: date | None, today: date) -> bool:
    """Whether the date of a review has passed."""
    return due is not None and due < today
