"""Cleans and validates the answers of a conversion, so that they can be kept for the country.

A saved file may hold answers to questions that the tool no longer asks. They are left out here and in the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.conversion.answers import BlankAnswer, ConversionAnswers, OwnText
from kb.conversion.convert import Conversion
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem
from kb.records.segments import as_section
from kb.records.sources import Source


@dataclass(frozen=True)
class Settlement:
    """Answers to the tool's own questions only, and the profile's source of each blank that has one."""

    answers: ConversionAnswers
    sources: Mapping[str, Source] = field(default_factory=dict)


def settlement(found: Conversion) -> Settlement:
    """Return the cleaned answers of a conversion. Raises `Rejected` with every problem that prevents keeping them."""
    if problems := tuple(_problems(found)):
        raise Rejected(problems)
    record = found.tool.record
    given = found.answers.model_copy(update={"crime": "", "paper": None})
    papers = tuple(_papers(found, given))
    uses, sections = [use.id for use in record.uses], [section.id for section in found.tool.bundle.sections]
    choices = {each.id: dict(each.made) for paper in papers for each in paper.choices if each.made}
    answers = given.model_copy(
        update={
            "choices": choices,
            "reasons": {name: why.strip() for name, why in given.reasons.items() if name in choices and why.strip()},
            "blanks": {name: _tidy(given.blanks[name]) for name in uses if name in given.blanks},
            "texts": {name: _section(given.texts[name]) for name in sections if name in given.texts},
        }
    )
    return Settlement(answers, {name: source for paper in papers for name, source in _sources(paper, answers)})


def _papers(found: Conversion, given: ConversionAnswers) -> Iterator[Conversion]:
    """Yield the conversion of each paper for every crime, because an adaptation is for all of them."""
    for paper in found.tool.record.papers or (None,):
        answers = given.model_copy(update={"paper": paper.id if paper is not None else None})
        yield found.with_answers(answers)


def _problems(found: Conversion) -> Iterator[Problem]:
    """Yield a problem for a missing country, and for each part with fields whose text the user emptied."""
    if found.answers.country is None:
        yield Problem("no-country", N_("Select a country first. An adaptation is for one country only."), ("country",))
    with_fields = {each.part for each in found.tool.record.fields}
    for part in found.parts:
        if part.own is not None and not part.own.strip() and part.passage.name in with_fields:
            message = N_(
                "“%(heading)s” contains fields, so it needs text above them. Enter some text, or use the tool’s text "
                "again."
            )
            yield Problem("no-text", message, ("texts", part.passage.name), params={"heading": part.passage.heading})


def _tidy(answer: BlankAnswer) -> BlankAnswer:
    entries = tuple(text for entry in answer.entries if (text := entry.strip()))
    return answer.model_copy(update={"entries": () if answer.absent else entries})


def _section(own: OwnText) -> OwnText:
    return own.model_copy(update={"text": as_section(own.text).strip(), "why": own.why.strip()})


def _sources(found: Conversion, answers: ConversionAnswers) -> Iterator[tuple[str, Source]]:
    """Yield (blank, source) for each answered blank whose entries have one common source."""
    for blank in found.blanks:
        if blank.id in answers.blanks and blank.entries:
            sources = {entry.source for entry in blank.entries}
            if len(sources) == 1 and (source := sources.pop()) is not None:
                yield blank.id, source
