"""Documents of answers: one card on a page, and the same answer in several countries side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.documents.blocks import Block, Document, Look, Mark, Paragraph, Run, Runs
from kb.kinds.country.guidance import GuidanceKind
from kb.web.answers.contacts import CardContact
from kb.web.answers.page import AnswerPage, CardLine, CardText
from kb.web.answers.side_by_side import SideBySidePage
from kb.web.http.i18n import gettext as _
from kb.web.labels.guidance_fields import LINES
from kb.web.parts.answer_links import card_address
from kb.web.parts.page_document import (
    bullet_list,
    comparison_table,
    document,
    heading,
    in_lines,
    pairs,
    paragraph,
    run,
    sources,
)

_STRONG = frozenset({Mark.STRONG})


def answer_document(page: AnswerPage) -> Document:
    """Return a card as a document."""
    return document(page.title, _card(page), address=card_address(page.code, page.role, page.crime))


def _card(page: AnswerPage) -> Iterator[Block]:
    verdict = page.verdict
    yield heading(verdict.question)
    yield Paragraph(_verdict(page))
    if under := _under(page):
        yield paragraph(under, Look.SMALL)
    yield from pairs((line.title, in_lines(_line(line))) for line in page.lines)
    if page.say is not None:
        yield heading(_("Say to the person, alone and in a quiet place"), 3)
        yield from (Paragraph((piece,)) for piece in _words(page.say))
    for title, rows in ((_(LINES[GuidanceKind.AVOID]), page.avoid), (_(LINES[GuidanceKind.ASK]), page.ask)):
        if rows:
            yield heading(title, 3)
            yield from bullet_list(_statement(row) for row in rows)
    yield from (paragraph(words, Look.NOTICE) for words in notes(page))
    if page.sources:
        yield heading(_("Sources"), 3, anchor="sources")
        yield from sources(page.sources)


def notes(page: AnswerPage) -> Iterator[str]:
    """Yield who wrote a card and who has not checked it, as the page says it."""
    if page.is_machine_drafted:
        yield _("Drafted by AI from the sources below. No lawyer and no authority of this country has confirmed it.")
    if page.state is not None:
        yield page.state.words


def _verdict(page: AnswerPage) -> Runs:
    verdict = page.verdict
    word = [Run(f"{verdict.word} ", _STRONG)] if verdict.word else []
    return (*word, *_statement(verdict.said))


def _under(page: AnswerPage) -> str:
    """Return the law, the grade and the date of the verdict in one line."""
    verdict = page.verdict
    article = _("The article is not known.") if verdict.needs_article else ""
    return ". ".join(
        part.rstrip(".")
        for part in (verdict.said.law, article, verdict.grade, verdict.said.checked, verdict.said.late)
        if part
    )


def _words(said: CardText) -> Runs:
    return (run(said.text.plain, said.text.language),) if said.text is not None else ()


def _statement(said: CardText) -> Runs:
    """Return a gap, the text and the numbers of the sources."""
    gap = [Run(f"{said.gap}{'. ' if said.text is not None else ''}", _STRONG)] if said.gap else []
    marks = f" [{', '.join(map(str, said.marks))}]" if said.marks else ""
    return (*gap, *_words(said), Run(f"{marks} {said.checked}".rstrip() if said.day else marks))


def _line(line: CardLine) -> Iterator[Runs]:
    yield from (_contact(each) for each in line.contacts)
    if line.said.text is not None or line.said.gap:
        yield _statement(line.said)
    if line.said.law:
        yield (Run(line.said.law),)
    if line.said.late:
        yield (Run(line.said.late),)


def _contact(contact: CardContact) -> Runs:
    number = (Run(": "), Run(contact.number, _STRONG, contact.dial)) if contact.number else ()
    notes = f"\n{' · '.join(contact.notes)}" if contact.notes else ""
    page = (Run("\n"), Run(contact.address, link=contact.address)) if contact.address else ()
    return (Run(contact.name, _STRONG), *number, Run(notes), *page)


def side_by_side_answers(page: SideBySidePage, address: str) -> Document:
    """Return the answers of several countries as a table in landscape format."""
    return document(page.title, _side_by_side(page), address=address, is_landscape=True)


def _side_by_side(page: SideBySidePage) -> Iterator[Block]:
    names: list[Runs] = [(Run(each.country),) for each in page.pages]
    verdicts = [in_lines((_verdict(each), (Run(_under(each)),))) for each in page.pages]
    rows: list[tuple[str, Sequence[Runs]]] = [(page.pages[0].verdict.question, verdicts)]
    rows += [
        (row.title, [in_lines(_line(line)) if line is not None else () for line in row.lines]) for row in page.rows
    ]
    yield comparison_table(_("Question"), names, rows)
    for each in page.pages:
        if each.sources:
            yield heading(_("%(label)s: %(words)s", label=_("Sources"), words=each.country), 3)
            yield from sources(each.sources)
