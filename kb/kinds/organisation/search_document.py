"""Builds the search index documents of an area's services, one per language in which they can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.kinds.index_documents import index_documents, join_texts, newest_day, term_labels, unique
from kb.kinds.organisation.model import AreaServices
from kb.law.model import Law
from kb.records.record import Bundle, Reading
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


def to_documents(
    bundle: Bundle[AreaServices], vocabularies: Vocabularies, _law: Law, _plain: Callable[[str], str]
) -> tuple[IndexDocument, ...]:
    """Return the index documents of an area: found by the names of its services, of its places and of their help."""
    record = bundle.record
    area = vocabularies.areas.find(record.id)
    names = [name for each in record.services for name in (each.name, each.official_name or "", *each.also)]
    places = (area.name, *area.also) if area is not None else ()
    helps = unique(term for each in record.services for term in each.services)
    return index_documents(
        bundle,
        lambda reading: join_texts(_body(record, reading)),
        {"country": (record.code,)},
        names=unique(name for name in (*places, *names) if name),
        keywords=lambda language: term_labels(helps, vocabularies, language),
        newest=newest_day(each.checked for each in record.services),
    )


def _body(record: AreaServices, reading: Reading) -> Iterator[str]:
    """Yield a line for each service: its names, place, numbers and words."""
    for each in record.services:
        words = (reading.own(f"services.{each.id}.{key}") for key in ("note", "referral"))
        values = (contact.value for contact in record.contacts_of(each.id))
        yield " ".join(text for text in (each.name, each.place or "", *values, *words) if text)
    for gap in record.gaps:
        yield reading.own(f"gaps.{gap.id}.looked")
