"""What of a country is searched: one document per language in which it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.i18n import LANGUAGES
from kb.kinds.country.model import Country
from kb.law.model import Law
from kb.records.record import Bundle, Reading
from kb.records.segments import words
from kb.records.translation_status import language_facets
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies

_SITUATION = ("cells.", "answers.", "findings.", "transposition.", "facts.")


def to_documents(
    bundle: Bundle, _vocabularies: Vocabularies, _law: Law, plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of a country, that of its own language first, whatever its status.

    `plain` turns Markdown into plain text. A text that has no translation yet is left out of the translation's
    document. Numbers are searched as they are spoken and as they are dialled.
    """
    country: Country = bundle.record
    readings = tuple(bundle.reading(language) for language in bundle.languages())
    facets = {"kind": (bundle.shape.name,), "country": (country.code,), **language_facets(readings, LANGUAGES)}
    newest = max((line.checked.isoformat() for line in country.helplines), default="")
    return tuple(
        IndexDocument(
            kind=bundle.shape.name,
            id=country.id,
            language=reading.language,
            title=reading.text("title"),
            summary=reading.own("summary"),
            body=_body(country, reading, plain),
            facets=facets,
            newest=newest,
            fingerprint=bundle.fingerprint,
        )
        for reading in readings
        if not reading.is_fallback
    )


def _body(country: Country, reading: Reading, plain: Callable[[str], str]) -> str:
    """Sections first, then helplines, then the national situation: its answers, gaps, law and key facts."""
    sections = [plain(reading.own(passage.name)) for passage in reading.sections()]
    lines = [
        " ".join((line.name, line.number, line.digits, reading.own(f"helplines.{line.id}.note")))
        for line in country.helplines
    ]
    return "\n".join(text for text in (*sections, *lines, *_situation(country, reading, plain)) if text)


def _situation(country: Country, reading: Reading, plain: Callable[[str], str]) -> Iterator[str]:
    """Yield what is said in words, and the names of laws and bodies, which are the same in every language."""
    for path, _text in words(country):
        if path.startswith(_SITUATION) and not path.endswith(".not_found"):
            yield plain(reading.own(path))
    for row in country.transposition:
        yield " ".join(text for text in (row.law, row.provision) if text)
    for fact in country.facts:
        yield " ".join(text for text in (fact.name, fact.law, fact.number) if text)
