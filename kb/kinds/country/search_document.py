"""Builds the search index documents of a country, one per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.kinds.country.model import Country
from kb.kinds.index_documents import index_documents, join_texts, newest_day, section_text
from kb.law.model import Law
from kb.records.record import Bundle, Reading
from kb.records.segments import words
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies

_SITUATION = ("guidance.", "cells.", "answers.", "findings.", "transposition.", "facts.")


def to_documents(
    bundle: Bundle[Country], _vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a country; `plain` turns Markdown into plain text.

    Telephone numbers are indexed both with spaces and without.
    """
    country = bundle.record
    return index_documents(
        bundle,
        lambda reading: _body(country, reading, plain),
        {"country": (country.code,)},
        newest=newest_day(line.checked for line in country.helplines),
    )


def _body(country: Country, reading: Reading, plain: Callable[[str], str]) -> str:
    """Return sections, helplines, then the national situation: answers, gaps, law and key facts."""
    lines = (
        " ".join((line.name, line.number, line.digits, reading.own(f"helplines.{line.id}.note")))
        for line in country.helplines
    )
    return join_texts(section_text(reading, plain), lines, _situation(country, reading, plain))


def _situation(country: Country, reading: Reading, plain: Callable[[str], str]) -> Iterator[str]:
    """Yield the texts, then the names of laws and bodies, which are the same in every language."""
    for path, _text in words(country):
        if path.startswith(_SITUATION) and not path.endswith(".not_found"):
            yield plain(reading.own(path))
    for row in country.transposition:
        yield " ".join(text for text in (row.law, row.provision) if text)
    for line in country.guidance:
        yield " ".join(text for text in (line.law, line.articles) if text)
    for fact in country.facts:
        yield " ".join(text for text in (fact.name, fact.law, fact.number) if text)
