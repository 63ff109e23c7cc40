"""Citations of practices: of the current version, as a line of references and in formats that programs import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_skeleton
from flask import current_app, url_for

from kb.i18n import N_
from kb.kinds.practice.citation import Citation, apa_authors, to_bibtex, to_csl, to_ris
from kb.kinds.practice.history import Past
from kb.records.record import Passage, Reading, State
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.labels.facets import SITE

# APA is American, and has the month first in English.
_APA: Mapping[str, str | Locale] = {"en": "en_US"}
_TRANSLATIONS: Mapping[State, str] = {
    State.REVIEWED: N_("Translation"),
    State.MACHINE: N_("Translated by AI"),
    State.STALE: N_("Translated by AI, now out of date"),
}
_OLD = N_("Translated by a person, now out of date")


@dataclass(frozen=True)
class CitationFormat:
    """A citation format for other programs: file extension, media type, and the function that writes it."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Citation], str]


FORMATS: Mapping[str, CitationFormat] = {
    each.ending: each
    for each in (
        CitationFormat("BibTeX", "bib", "application/x-bibtex", to_bibtex),
        CitationFormat("RIS", "ris", "application/x-research-info-systems", to_ris),
        CitationFormat("CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", to_csl),
    )
}


@dataclass(frozen=True)
class Reference:
    """The parts of a line in a list of references, in APA 7 style. The title is set in italics."""

    authors: str
    day: str
    title: Passage
    version: str
    described: tuple[str, ...]
    address: str


def authors() -> tuple[str, ...]:
    """Return the authors of a practice: the site and its operator, if they are named."""
    operator = str(current_app.config["OPERATOR"])
    return (SITE, operator) if operator else (SITE,)


def citation_of(reading: Reading, past: Past) -> Citation:
    """Return the citation of the current version of a practice, in the language in which it is read."""
    title, number = reading.title, past.newest.number
    return Citation(
        record_id=reading.id,
        number=number,
        authors=authors(),
        title=title.text,
        language=title.language,
        day=past.newest.at.date(),
        version=_version(number),
        address=absolute(url_for("permanent.version", record_id=reading.id, number=number)),
        site=SITE,
        notes=tuple(f"{words}." for words in _text_notes(reading)),
    )


def reference_of(reading: Reading, citation: Citation) -> Reference:
    """Return the citation as a line in a list of references."""
    return Reference(
        authors=apa_authors(citation.authors),
        day=_apa_day(citation.day),
        title=reading.title,
        version=citation.version,
        described=_text_notes(reading),
        address=citation.address,
    )


def _version(number: int) -> str:
    return _("Version %(number)s", number=number)


def _text_notes(reading: Reading) -> tuple[str, ...]:
    """Return notes on the text: drafted by a machine, translated, by whom."""
    drafted = _("Text drafted by AI") if reading.record.is_machine_drafted else ""
    title = reading.title
    is_old = title.state is State.STALE and title.by == "person"
    translated = _OLD if is_old else _TRANSLATIONS.get(title.state)
    return tuple(filter(None, (drafted, _(translated) if translated else "")))


def _apa_day(day: date) -> str:
    """Return a date in APA style: the year, then the day in the format of the reader's language."""
    return f"{day.year}, {format_skeleton('MMMMd', day, locale=_APA.get(i18n.current().code, i18n.locale()))}"
