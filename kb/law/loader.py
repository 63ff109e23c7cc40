"""Loads the law from its files, one per instrument; every error becomes a problem, and the rest stays usable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kb.i18n import DEFAULT, N_
from kb.law.model import Article, Instrument, InstrumentEvent, InstrumentType, Law
from kb.problems import Problem, in_order
from kb.records.record import ADDRESS_PATTERN, YEAR_PATTERN
from kb.vocabulary.avoided_names import AVOIDED, find_avoided
from kb.vocabulary.model import LABEL_LANGUAGES, Vocabularies
from kb.vocabulary.yaml_rows import YamlMapping, read_folder

AREAS = "practice-areas"
GENERAL = "general"

_CELEX = re.compile(r"\d{5}[A-Z]{1,2}\d{4}(-\d{8})?")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_CELEX_KEYS = ("celex", "also_celex", "consolidated")
_INSTRUMENT_KEYS = (
    *("id", "short_title", "translations", "alternatives", "full_title", "kind", "issuer", "year", *_CELEX_KEYS),
    *("cets", "also_cets", "eli", "oj", "status", "check_before_use", "amended_by", "replaced_by", "timeline", "note"),
    *("seen", "words", "articles"),
)
_ARTICLE_KEYS = ("number", "heading", "summary", "areas", "concepts", "checked", "words")
_WORDS_KEYS = ("heading", "summary")
_STATUS_KEYS = ("status", "check_before_use")


def load_law(folder: Path, vocabularies: Vocabularies) -> tuple[Law, tuple[Problem, ...]]:
    """Load all instruments of a folder. Never raises for the content of a file.

    References to terms and instruments that do not exist are left out.
    """
    problems: list[Problem] = []
    rows = {row.stem: row for row in read_folder(folder, problems)}
    celex: dict[str, YamlMapping] = {}
    read = [_instrument(row, vocabularies, celex) for row in rows.values()]
    return Law(tuple(_linked(instrument, rows) for instrument in read)), in_order(problems)


def _instrument(row: YamlMapping, vocabularies: Vocabularies, celex: dict[str, YamlMapping]) -> Instrument:
    row.only(*_INSTRUMENT_KEYS)
    numbers = {key: _celex(row, key, celex) for key in _CELEX_KEYS}
    return Instrument(
        id=row.stem,
        short_title=row.needed("short_title"),
        translations=_translations(row.row("translations")),
        alternatives=_alternatives(row.row("alternatives")),
        full_title=row.needed("full_title"),
        kind=_kind(row),
        issuer=row.needed("issuer"),
        year=_year(row),
        celex=numbers["celex"],
        also_celex=numbers["also_celex"],
        consolidated=numbers["consolidated"],
        cets=row.text("cets") or None,
        also_cets=row.text("also_cets") or None,
        eli=row.text("eli") or None,
        oj=row.text("oj") or None,
        status=row.needed("status"),
        check_before_use=row.text("check_before_use"),
        amended_by=row.texts("amended_by"),
        replaced_by=row.text("replaced_by") or None,
        timeline=tuple(_event(entry) for entry in row.rows("timeline")),
        note=row.text("note"),
        words=_words(row.row("words"), tuple(key for key in _STATUS_KEYS if row.text(key)), vocabularies),
        seen=_seen(row),
        articles=_articles(row, vocabularies),
    )


def _celex(row: YamlMapping, key: str, taken: dict[str, YamlMapping]) -> str | None:
    """Return a valid and unique CELEX number; `taken` collects those of all instruments."""
    number = row.text(key)
    if not number:
        return None
    if not _CELEX.fullmatch(number):
        row.note(
            "bad-celex",
            "%(number)s is not a CELEX number. Enter a CELEX number, for example 32012L0029.",
            key,
            number=number,
        )
        return None
    if (first := taken.setdefault(number, row)) is not row:
        message = "The CELEX number %(number)s is already in %(file)s."
        row.note("duplicate-celex", message, key, number=number, file=first.path)
        return None
    return number


def _translations(table: YamlMapping) -> dict[str, str]:
    table.only(*LABEL_LANGUAGES)
    return {language: title for language in LABEL_LANGUAGES if (title := table.text(language))}


def _alternatives(table: YamlMapping) -> dict[str, tuple[str, ...]]:
    table.only(*LABEL_LANGUAGES)
    return {language: names for language in LABEL_LANGUAGES if (names := table.texts(language))}


def _kind(row: YamlMapping) -> InstrumentType | None:
    name = row.needed("kind")
    if not name or name in set(InstrumentType):
        return InstrumentType(name) if name else None
    row.note(
        "unknown-value",
        N_("%(value)s is not in the list: %(expected)s."),
        "kind",
        value=name,
        expected=", ".join(InstrumentType),
    )
    return None


def _year(row: YamlMapping) -> int | None:
    year = row.needed("year")
    if re.fullmatch(YEAR_PATTERN, year):
        return int(year)
    if year:
        row.note("bad-year", N_("Enter a year with four digits, for example 2010."), "year")
    return None


def _event(row: YamlMapping) -> InstrumentEvent:
    row.only("date", "event")
    date = row.needed("date")
    if date and not _DATE.fullmatch(date):
        row.note("bad-date", N_("Enter a date, for example 2026-11-30."), "date")
    return InstrumentEvent(date, row.needed("event"))


def _seen(row: YamlMapping) -> tuple[str, ...]:
    seen = row.texts("seen")
    for place, address in enumerate(seen):
        if address != GENERAL and not re.fullmatch(ADDRESS_PATTERN, address):
            message = N_("Enter a full web address that starts with https:// or http://.")
            row.note("bad-address", message, "seen", place)
    return seen


def _articles(row: YamlMapping, vocabularies: Vocabularies) -> tuple[Article, ...]:
    found: dict[str, Article] = {}
    for entry in row.rows("articles"):
        article = _article(entry, row.stem, vocabularies)
        if article.number in found:
            message = "Article %(number)s appears twice."
            entry.note("duplicate-article", message, "number", number=article.number)
        elif article.number:
            found[article.number] = article
    return tuple(found.values())


def _article(row: YamlMapping, instrument: str, vocabularies: Vocabularies) -> Article:
    row.only(*_ARTICLE_KEYS)
    words = _words(row.row("words"), _WORDS_KEYS, vocabularies)
    return Article(
        instrument=instrument,
        number=row.needed("number"),
        heading=row.needed("heading"),
        summary=row.needed("summary"),
        areas=_areas(row, vocabularies),
        concepts=_concepts(row, vocabularies),
        is_checked=_is_checked(row),
        words={language: (each[0], each[1]) for language, each in words.items()},
    )


def _words(table: YamlMapping, keys: tuple[str, ...], vocabularies: Vocabularies) -> dict[str, tuple[str, ...]]:
    """Return the texts of these keys by language; the English ones stand beside the table."""
    table.only(*(language for language in LABEL_LANGUAGES if language != DEFAULT))
    found = {language: table.row(language) for language in table.values if language in LABEL_LANGUAGES}
    for language, row in found.items():
        row.only(*keys)
        for key in keys:
            for avoided in find_avoided(row.text(key), language, vocabularies):
                row.note("avoided-name", AVOIDED, key, instead=avoided.instead, written=avoided.written)
    return {language: tuple(map(row.needed, keys)) for language, row in found.items()}


def _areas(row: YamlMapping, vocabularies: Vocabularies) -> tuple[str, ...]:
    areas = row.texts("areas")
    for place, term in enumerate(areas):
        if not vocabularies.is_in(term, AREAS):
            message = "%(term)s is not in the vocabulary %(vocabulary)s."
            row.note("unknown-term", message, "areas", place, term=term, vocabulary=AREAS)
    return tuple(term for term in areas if vocabularies.is_in(term, AREAS))


def _concepts(row: YamlMapping, vocabularies: Vocabularies) -> tuple[str, ...]:
    concepts = row.texts("concepts")
    for place, term in enumerate(concepts):
        if vocabularies.find_term(term) is None:
            row.note("unknown-term", "The term %(term)s does not exist.", "concepts", place, term=term)
    return tuple(term for term in concepts if vocabularies.find_term(term) is not None)


def _is_checked(row: YamlMapping) -> bool:
    """Return whether the value is a plain `yes`; a summary that was not checked against the official text must not look
    checked.
    """
    answer = row.text("checked")
    if answer not in ("", "yes", "no"):
        row.note(
            "unknown-value",
            N_("%(value)s is not in the list: %(expected)s."),
            "checked",
            value=answer,
            expected="yes, no",
        )
    return answer == "yes"


def _linked(instrument: Instrument, rows: Mapping[str, YamlMapping]) -> Instrument:
    """Return the instrument without references to missing instruments."""
    row = rows[instrument.id]
    message = "The instrument %(id)s does not exist."
    for place, other in enumerate(instrument.amended_by):
        if other not in rows:
            row.note("unknown-instrument", message, "amended_by", place, id=other)
    if instrument.replaced_by is not None and instrument.replaced_by not in rows:
        row.note("unknown-instrument", message, "replaced_by", id=instrument.replaced_by)
    return replace(
        instrument,
        amended_by=tuple(other for other in instrument.amended_by if other in rows),
        replaced_by=instrument.replaced_by if instrument.replaced_by in rows else None,
    )
