"""The documents of single records and of lists: what the page of each shows, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import url_for

from kb.blocks.model import Block, Document, Item, Listing, Look, Mark, Paragraph, Run
from kb.content.markdown import to_plain
from kb.content.record import Reading
from kb.practices.model import SECTION_TITLES
from kb.web import i18n
from kb.web.compare_page import ComparePage
from kb.web.frame import absolute
from kb.web.hits import Hit
from kb.web.i18n import gettext as _
from kb.web.paper import document, facts, heading, paragraph, sources, table, texts
from kb.web.practice_page import PracticePage, practice_page
from kb.web.profile_page import FactView, PartView, ProfilePage, ThemeView
from kb.web.ratings import Rating
from kb.web.side_by_side import Group
from kb.web.situation import AnswerView, Support


def practice_document(reading: Reading) -> Document:
    """Return a practice with its facts, its rating, its sections and its sources."""
    page = practice_page(reading)
    address = url_for("practices.show", record_id=reading.id)
    return document(
        page.title.text, _practice(page), language=page.title.language, summary=page.summary.text, address=address
    )


def _practice(page: PracticePage) -> Iterator[Block]:
    reading = page.reading
    numbers = {source.id: number for number, source in enumerate(page.practice.sources, 1)}
    yield paragraph(page.summary.text, language=page.summary.language)
    yield paragraph(page.head_line.words, Look.SMALL)
    if page.warning is not None:
        yield paragraph(page.warning.text, Look.NOTICE, page.warning.language)
    yield paragraph(_rating(page.readings.rating))
    yield from facts((*page.first_facts, *page.more_facts), _("Facts"))
    for place, section in enumerate(reading.sections()):
        if place == page.before_figures:
            yield from _figures(page)
        yield heading(_(SECTION_TITLES[section.name]), anchor=section.name)
        yield from texts(section.body, numbers, section.language)
    if page.before_figures >= len(reading.sections()):
        yield from _figures(page)
    yield from sources(page.sources)


def _figures(page: PracticePage) -> Iterator[Block]:
    if page.figures:
        yield heading(_("Key figures"), anchor="figures")
        yield table(
            _("Key figures"),
            (_("Figure"), _("What it counts"), _("Year"), _("Source")),
            ((each.value, each.label.text, each.year, str(each.source or "")) for each in page.figures),
        )


def _rating(rating: Rating) -> str:
    return rating.sentence()


def hits_document(title: str, hits: Iterable[tuple[Hit, str]], address: str) -> Document:
    """Return records in a list, each with its rating, its summary, its address, and a note where one was written."""
    return document(title, _hits(hits), address=address)


def _hits(hits: Iterable[tuple[Hit, str]]) -> Iterator[Block]:
    for number, (hit, note) in enumerate(hits, 1):
        yield heading(f"{number}. {hit.title}", language=hit.title_language)
        said = [rating_words(hit.rating)] if hit.rating is not None else []
        yield paragraph(". ".join((*hit.facts, *said)), Look.SMALL)
        yield paragraph(hit.summary, language=hit.summary_language)
        if note:
            label = _("Note:")
            yield Paragraph((Run(f"{label} ", frozenset({Mark.STRONG})), Run(note)))
        whole = absolute(hit.address)
        yield Paragraph((Run(whole, link=whole),), Look.SMALL)


def rating_words(rating: Rating) -> str:
    """Return a rating as lists say it."""
    level = f"{rating.code} {rating.level_words}".strip()
    return ", ".join((level, rating.direction_words, rating.transfer_words))


def comparison_document(page: ComparePage, address: str) -> Document:
    """Return practices side by side, a table for each group of rows."""
    return document(page.heading, _comparison(page), address=address)


def _comparison(page: ComparePage) -> Iterator[Block]:
    names = [f"{column.letter}: {column.hit.title}" for column in page.columns]
    yield Listing(tuple(Item((paragraph(name),)) for name in names))
    header = ("", *(column.letter for column in page.columns))
    for group in page.groups:
        yield heading(group.label)
        rows = (
            (row.label, *("; ".join(to_plain(said.text) for said in cell.said) or _("not known") for cell in row.cells))
            for row in group.rows
        )
        yield table(group.label, header, rows)


def profile_document(page: ProfilePage) -> Document:
    """Return the national situation of a country: answers, findings, key facts, sources."""
    address = url_for("profiles.show", record_id=page.code.lower())
    title = _("%(country)s: referral, assessment and information", country=page.title)
    return document(title, _profile(page), address=address)


def _profile(page: ProfilePage) -> Iterator[Block]:
    if page.is_machine_drafted:
        yield paragraph(_("A machine drafted this text from the sources below."), Look.NOTICE)
    rows = ((theme.title, *(cell.words for cell in theme.cells)) for theme in page.themes)
    yield table(_("How far it happens"), ("", *page.actors), rows)
    parts: tuple[ThemeView | PartView, ...] = (*page.themes, *page.parts)
    for part in parts:
        yield heading(part.title)
        for answer in part.known:
            yield heading(answer.question, 3)
            yield from _answer(answer)
        if part.unknown:
            yield paragraph(_("Not known: %(list)s", list=i18n.listing(part.unknown)), Look.SMALL)
    for group in page.findings:
        yield heading(group.title)
        for finding in group.findings:
            when = f"{finding.when}: " if finding.when else ""
            yield paragraph(f"{when}{finding.said.plain}", language=finding.said.language)
            yield from _support(finding.support, finding.standing)
    if page.facts:
        yield heading(_("Key facts for tools"))
        known = ((fact.label, "\n".join(_fact(fact))) for fact in page.facts)
        yield table(_("Key facts for tools"), (_("Fact"), _("Known")), known)
    yield from sources(page.sources)


def _fact(fact: FactView) -> Iterator[str]:
    yield from fact.entries
    yield from (f"{said.label}: {said.plain}" for said in fact.said)
    if fact.known:
        yield fact.known


def _answer(answer: AnswerView) -> Iterator[Block]:
    if answer.words:
        yield Paragraph((Run(answer.words, frozenset({Mark.STRONG})),))
    for said in answer.texts:
        label = f"{said.label}: " if said.label else ""
        yield paragraph(f"{label}{said.plain}", language=said.language)
    yield from _support(answer.support)


def _support(support: Support, more: str = "") -> Iterator[Block]:
    said = [*(source.text for source in support.sources), support.year, support.confidence, support.checked, more]
    if words := ". ".join(word for word in said if word):
        yield paragraph(words, Look.SMALL)


def side_by_side_document(names: tuple[str, ...], groups: tuple[Group, ...], address: str) -> Document:
    """Return countries side by side, question by question."""
    title = _("%(countries)s, question by question", countries=i18n.listing(names))
    return document(title, _side_by_side(names, groups), address=address)


def _side_by_side(names: tuple[str, ...], groups: tuple[Group, ...]) -> Iterator[Block]:
    for group in groups:
        yield heading(group.title)
        rows = ((line.question, *(_in_short(answer) for answer in line.answers)) for line in group.lines)
        yield table(group.title, (_("Question"), *names), rows)


def _in_short(answer: AnswerView) -> str:
    texts = [said.plain for said in answer.texts[:1]]
    sources_named = "; ".join(source.text for source in answer.support.sources)
    return "\n".join(word for word in (answer.words, *texts, sources_named, answer.support.checked) if word)
