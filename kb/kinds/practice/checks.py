"""Validates a practice beyond its schema; each problem names its file and line.

Separate modules check references and evidence. The checks between kinds verify that linked records exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from kb.i18n import N_
from kb.kinds.practice.answer_checks import answer_problems
from kb.kinds.practice.evidence_checks import evidence_problems
from kb.kinds.practice.model import Practice, SourcedLine
from kb.kinds.practice.reference_checks import reference_problems
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE
from kb.records.check_context import Case, Lines
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import summary_problems
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies

# Hosts where anyone can put someone else's file. An owner may take a copy down, or never have allowed it.
COPY_HOSTS = ("docplayer.", "pdfslide.", "scribd.com", "slideshare.net", "vdocuments.", "yumpu.com")
LONGEST = {"short": 180, "first_step": 300}  # characters


def check(bundle: Bundle[Practice], lines: Lines, vocabularies: Vocabularies, law: Law) -> tuple[Problem, ...]:
    """Return all problems of a practice in all languages.

    `lines` returns the line of a path in the facts of a part. `path` of each problem is that part: `SOURCE` or a
    language. A missing value is an error in a published record and a warning in a draft.
    """
    case: Case[Practice] = Case(bundle, lines)
    return (
        *summary_problems(case),
        *_length_problems(case),
        *_time_problems(case),
        *reference_problems(case, vocabularies, law),
        *_source_problems(case),
        *_material_problems(case),
        *evidence_problems(case),
        *answer_problems(case),
    )


def links(bundle: Bundle[Practice]) -> tuple[RecordLink, ...]:
    """Return every place where a practice names another record: links in texts, related practices, successor."""
    record = bundle.record
    facts = [
        RecordLink("practices", other, None, SOURCE, ("related", index)) for index, other in enumerate(record.related)
    ]
    return (*facts, *successor_links(bundle), *text_links(bundle))


def _source_problems(case: Case[Practice]) -> Iterator[Problem]:
    """Yield the problems of sources and of references to them, in every language."""
    practice = case.record
    if not practice.sources:
        yield case.gap("no-sources", N_("Add at least one source."), ("sources",))
    yield from citing_problems(case, practice.sources, _named_sources(practice))


def _material_problems(case: Case[Practice]) -> Iterator[Problem]:
    """Report materials that a reader cannot use safely: from a copy, or without owner, language or licence."""
    for index, row in enumerate(case.record.materials):
        if row.address and any(host in urlsplit(row.address).netloc for host in COPY_HOSTS):
            message = N_("This address is that of a copy. Give the address of the owner, or leave it out.")
            yield case.warning("copied-material", message, ("materials", index, "address"))
        if not (row.owner and row.language and row.licence):
            message = N_("Name the owner, the language and the licence; “not-stated” if the owner names none.")
            yield case.warning("incomplete-material", message, ("materials", index))


def _named_sources(practice: Practice) -> Iterator[tuple[Where, str]]:
    """Yield the paths in the facts that name a source, each with the source's id."""
    yield from ((("figures", index, "source"), figure.source) for index, figure in enumerate(practice.figures))
    if practice.contact is not None:
        yield ("contact", "source"), practice.contact.source
    for name in ("staff_line", "cost_line"):
        line: SourcedLine | None = getattr(practice, name)
        if line is not None:
            yield from (((name, "sources", index), each) for index, each in enumerate(line.sources))


def _length_problems(case: Case[Practice]) -> Iterator[Problem]:
    """Report short texts that are too long for the first screen of a page."""
    for name, most in LONGEST.items():
        text = getattr(case.record, name)
        if text is not None and len(text) > most:
            message = N_(
                "This text has %(count)s characters. Shorten it to %(most)s, so that it fits the first screen."
            )
            yield case.error("too-long", message, (name,), count=len(text), most=most)


def _time_problems(case: Case[Practice]) -> Iterator[Problem]:
    practice = case.record
    message = N_("The end year %(end)s is before the start year %(start)s. Correct the years.")
    if practice.start_year and practice.end_year and practice.end_year < practice.start_year:
        yield case.error("years-reversed", message, ("end_year",), start=practice.start_year, end=practice.end_year)
    for index, figure in enumerate(practice.figures):
        start, _, end = (figure.year or "").partition("-")
        if end and end < start:
            yield case.error("years-reversed", message, ("figures", index, "year"), start=start, end=end)
