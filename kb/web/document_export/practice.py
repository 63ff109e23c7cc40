"""Document of a practice: the sections of its page in the same order, each written by a function of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flask import url_for

from kb.documents.blocks import Block, Document, Look, Mark, Paragraph, Run, Runs
from kb.i18n import N_
from kb.kinds.practice.model import Practice
from kb.records.record import Passage, Reading, State
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.parts.law_references import LawRow
from kb.web.parts.page_document import (
    bullet_list,
    document,
    facts,
    heading,
    in_lines,
    link_paragraph,
    pairs,
    paragraph,
    rating_words,
    run,
    sources,
    table,
    texts,
    titled,
)
from kb.web.parts.ratings import AssessmentView, Reason
from kb.web.practices.history import CurrentVersion
from kb.web.practices.page import PracticePage, practice_page
from kb.web.practices.sections import PageSection
from kb.web.practices.sourced_lines import SourcedView

_RECOMMENDED = N_(
    "Recommended: evaluated, positive effect, no known harm, reviewed by a person within the last three years."
)
_STRONG = frozenset({Mark.STRONG})
Blocks = Iterator[Block]


def practice_document(reading: Reading[Practice], standing: CurrentVersion | None = None) -> Document:
    """Return a practice with all content of its page; `standing` is its current version, if known."""
    page = practice_page(reading, standing)
    address = url_for("practices.show", record_id=reading.id)
    return document(
        page.title.text, _practice(page), language=page.title.language, summary=page.summary.text, address=address
    )


def _practice(page: PracticePage) -> Blocks:
    yield from _head(page)
    numbers = {source.id: number for number, source in enumerate(page.practice.sources, 1)}
    for section in page.sections:
        yield heading(section.heading, anchor=section.id)
        yield from _state(page, section)
        if section.part is not None:
            passage = page.reading.passages[section.id]
            yield from texts(passage.body, numbers, passage.language)
        else:
            yield from WRITERS[section.id](page)


def _head(page: PracticePage) -> Blocks:
    practice = page.practice
    if practice.original_title:
        yield paragraph(practice.original_title, language=practice.original_language)
    yield paragraph(" · ".join(page.kicker), Look.SMALL)
    yield paragraph(rating_words(page.readings.rating), Look.SMALL)
    if page.is_fallback:
        yield paragraph(_("This text has not been translated yet."), Look.NOTICE)
        language = i18n.language_name(practice.language)
        yield paragraph(_("Shown in the original language: %(language)s", language=language), Look.NOTICE)
    if page.warning is not None:
        yield paragraph(_("Conflict with victims’ rights or data protection law"), Look.NOTICE)
        yield paragraph(page.warning.text, Look.NOTICE, page.warning.language)
    verdict = page.short or page.summary
    yield paragraph(verdict.text, language=verdict.language)
    yield paragraph(_note(page), Look.NOTICE)
    if page.confirmed:
        parts = f": {', '.join(page.confirmed.parts)}" if page.confirmed.parts else ""
        yield paragraph(f"{page.confirmed.words}{parts}", Look.NOTICE)
    if page.is_overdue and practice.review_due:
        overdue = _("Review overdue since %(date)s", date=i18n.date_words(practice.review_due))
        yield paragraph(overdue, Look.NOTICE)


def _note(page: PracticePage) -> str:
    """Return the words of the page's note: who wrote the text, and where it comes from."""
    drafted = page.practice.is_machine_drafted
    words = [
        _("This text was drafted by AI from the sources below."),
        _("No person has signed off this text yet. Check the sources before you rely on it."),
    ]
    origin = [] if drafted and page.head_line.state is State.ORIGINAL else [f"{page.head_line.words}."]
    return " ".join((*(words if drafted else ()), *origin))


def _state(page: PracticePage, section: PageSection) -> Blocks:
    line = section.part.line if section.part is not None else page.lines.get(section.id)
    if line is not None:
        yield paragraph(line.words, Look.SMALL)


def _summary(page: PracticePage) -> Blocks:
    yield paragraph(page.summary.text, language=page.summary.language)


def _first_step(page: PracticePage) -> Blocks:
    if page.first_step is not None:
        yield paragraph(page.first_step.text, language=page.first_step.language)


def _sourced(line: SourcedView | None) -> Blocks:
    if line is None:
        yield paragraph(_("Not known"))
        return
    marks = f" [{', '.join(str(number) for _id, number in line.sources)}]" if line.sources else ""
    year = f" ({line.year})" if line.year else ""
    yield Paragraph((_words(line.text), Run(f"{year}{marks}")))


def _contact(page: PracticePage) -> Blocks:
    if not page.contact:
        yield paragraph(_("Not known"))
        return
    yield from bullet_list((Run(each.text, link=each.address or ""),) for each in page.contact)
    if address := page.contact[0].address:
        yield link_paragraph(address)
    yield paragraph(page.contact_checked, Look.SMALL)


def _not_found(page: PracticePage) -> Blocks:
    yield from bullet_list((_words(passage),) for passage in page.not_found)


def _readings(page: PracticePage) -> Blocks:
    found = page.readings
    yield paragraph(found.rating.sentence())
    yield from _reason(found.level)
    yield heading(_("Effect"), 3)
    yield paragraph(found.rating.direction_words)
    yield from _reason(found.direction)
    yield heading(_("Transferability"), 3)
    yield paragraph(found.rating.transfer_words)
    yield from _reason(found.transfer)
    if found.is_recommended:
        yield paragraph(_(_RECOMMENDED))
    for assessment in found.assessments:
        yield from _assessment(assessment)


def _reason(reason: Reason) -> Blocks:
    if reason.question:
        answer = [Run(f" {reason.answer}", _STRONG)] if reason.answer else []
        yield from bullet_list([(Run(f"{_('Deciding question:')} {reason.question}"), *answer)])
    if reason.note:
        yield paragraph(reason.note, Look.SMALL)


def _assessment(assessment: AssessmentView) -> Blocks:
    yield heading(assessment.who, 3)
    if assessment.quality:
        yield paragraph(assessment.quality, Look.SMALL)
    if assessment.answers:
        rows = ((f"{each.code} {each.question}", each.answer) for each in assessment.answers)
        yield table((_("Question"), _("Answer")), rows)


def _needs(page: PracticePage) -> Blocks:
    yield from pairs(
        (label, (_words(passage) if passage is not None else Run(_("Not known")),)) for label, passage in page.needs
    )
    if page.conditions:
        yield from _group(page, "transfer_conditions", _("Conditions for transfer"))
        yield from bullet_list((_words(passage),) for passage in page.conditions)


def _figures(page: PracticePage) -> Blocks:
    yield table(
        (_("What is counted"), _("Figure"), _("Year"), _("Source")),
        ((each.label.text, each.value, each.year or "–", str(each.source or "–")) for each in page.figures),
    )


def _sending(page: PracticePage) -> Blocks:
    if page.data_fields:
        yield from _group(page, "data_fields", _("Data sent"))
        yield from bullet_list((_words(passage),) for passage in page.data_fields)
    if page.channel or page.channel_note:
        yield from _group(page, "secure_channel", _("Channel"))
        yield from facts(page.channel)
        if page.channel_note is not None:
            yield paragraph(page.channel_note.text, language=page.channel_note.language)
    if page.time_limits:
        yield from _group(page, "time_limits", _("Time limits"))
        yield from pairs((limit, (_words(passage),)) for limit, passage in page.time_limits)
    if page.distribution_rule is not None:
        yield from _group(page, "distribution_rule", _("How people are allocated to service providers"))
        yield paragraph(page.distribution_rule.text, language=page.distribution_rule.language)


def _group(page: PracticePage, name: str, words: str) -> Blocks:
    """Yield the heading of a part of a section, and the origin of its texts."""
    yield heading(words, 3)
    if (line := page.lines.get(name)) is not None:
        yield paragraph(line.words, Look.SMALL)


def _law(page: PracticePage) -> Blocks:
    yield from bullet_list(in_lines(_basis(row)) for row in page.law)


def _basis(row: LawRow) -> Iterator[Runs]:
    country = [f"({row.country})"] if row.country else []
    yield titled(row.title, row.title_language, row.address, country)
    for article in row.articles:
        words, summary, language = article.said(i18n.current().code)
        number = article.number
        yield (
            Run(f"{_('Article %(number)s', number=number)}: ", _STRONG),
            run(words, language, _STRONG),
            run(f"\n{summary}", language),
        )
        way = url_for("rights.article", instrument_id=article.instrument, number=number)
        yield (Run(_("Article %(number)s: requirements and related practices", number=number), link=absolute(way)),)
    for number in row.other:
        yield (Run(_("Article %(number)s", number=number)),)
    if not row.is_checked:
        yield (Run(_("Not yet checked against the official text.")),)
    elif row.checked_on is not None:
        yield (Run(_("Checked against the official text on %(date)s.", date=i18n.date_words(row.checked_on))),)


def _materials(page: PracticePage) -> Blocks:
    yield from bullet_list(
        titled(material.title, material.language, material.address, details) for material, details in page.materials
    )


def _ratings_elsewhere(page: PracticePage) -> Blocks:
    yield paragraph(_("These ratings are shown as published. They do not affect our own rating."), Look.SMALL)
    yield from bullet_list(
        titled(each.portal, "", each.address, (f"{each.grade} ({each.year})" if each.year else each.grade,))
        for each in page.ratings_elsewhere
    )


def _sources(page: PracticePage) -> Blocks:
    if page.sources:
        yield from sources(page.sources)
    else:
        yield paragraph(_("No sources yet."))


def _keeper(page: PracticePage) -> Blocks:
    practice = page.practice
    reviewed = i18n.date_words(practice.reviewed) if practice.reviewed else _("not yet")
    rows = [(_("Maintained by"), practice.keeper or _("no one yet")), (_("Reviewed by a person"), reviewed)]
    if practice.review_due:
        due = i18n.date_words(practice.review_due)
        rows.append((_("Next review"), _("Review overdue since %(date)s", date=due) if page.is_overdue else due))
    rows += [
        (_("Drafted by"), _("AI") if practice.is_machine_drafted else _("a person")),
        (_("Original language"), i18n.language_name(practice.language)),
        (_("Licence of the text"), practice.licence),
    ]
    yield from pairs((label, (Run(said),)) for label, said in rows)
    if page.standing is not None:
        yield from _changes(page.standing)
    short = absolute(url_for("permanent.show", record_id=page.practice.id))
    yield Paragraph((Run(f"{_('Short address:')} "), Run(short, link=short)))


def _changes(standing: CurrentVersion) -> Blocks:
    yield heading(_("Changes"), 3)
    day = i18n.date_words(standing.day)
    rows = [(_("This text"), _("Version %(number)s, %(date)s", number=standing.number, date=day))]
    if standing.last is not None:
        rows.append((_("Last change"), "\n".join((i18n.date_words(standing.last.day), *standing.last.words))))
    yield from pairs((label, (Run(said),)) for label, said in rows)


def _facts(page: PracticePage) -> Blocks:
    yield from facts(page.facts)


def _related(page: PracticePage) -> Blocks:
    for hit in page.related:
        title = titled(hit.title, hit.title_language, absolute(hit.address))
        rated = [rating_words(hit.rating)] if hit.rating is not None else []
        said = [*rated, *hit.facts, *filter(None, (hit.overdue, hit.line.words if hit.line is not None else ""))]
        yield from bullet_list([in_lines((title, (Run(". ".join(said)),)))])


def _words(passage: Passage) -> Run:
    return run(passage.text, passage.language)


# Functions that write the sections which are not texts of the record, by id; see `sections.py`.
WRITERS: Mapping[str, Callable[[PracticePage], Blocks]] = {
    "summary": _summary,
    "first_step": _first_step,
    "staff_line": lambda page: _sourced(page.staff),
    "cost_line": lambda page: _sourced(page.cost),
    "contact": _contact,
    "not_found": _not_found,
    "readings": _readings,
    "needs": _needs,
    "figures": _figures,
    "sending": _sending,
    "legal_basis": _law,
    "materials": _materials,
    "external_ratings": _ratings_elsewhere,
    "sources": _sources,
    "keeper": _keeper,
    "facts": _facts,
    "related": _related,
}
