"""The result of a self-check as a document: what is urgent, the plan, what to find out, and all answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.documents.blocks import Block, Cell, Document, Listing, ListItem, Look, Mark, Paragraph, Run, Table
from kb.records.record import Passage
from kb.self_check.answers import SelfCheckAnswers
from kb.self_check.questions import CheckTopic
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.labels.practice_facts import Value
from kb.web.labels.self_check_words import ANSWERS, UNITS
from kb.web.parts.page_document import document, heading, in_lines, paragraph, run
from kb.web.self_check.page import PlanLine, ResultPage


def plan_header() -> tuple[str, ...]:
    """Return the names of the columns of the plan."""
    return (*(_("Question"), _("Now"), _("First step"), _("Tools and practices"), _("Who"), _("By when"), _("Proof")),)


def plan_rows(page: ResultPage) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the plan as plain text, for a spreadsheet."""
    for each in page.plan:
        helps = "; ".join(value.text for value in (*each.tools, *each.practices))
        step = f"{each.step.text} ({each.effort})"
        yield each.question.text, each.answer, step, helps, each.owner, each.due, each.proof


def result_document(
    answers: SelfCheckAnswers, topics: Sequence[CheckTopic], page: ResultPage, address: str
) -> Document:
    """Return the result as a document on its side."""
    title = _("Self-check: %(unit)s", unit=answers.name or _(UNITS[answers.unit]))
    subtitle = i18n.date_words(answers.on) if answers.on else ""
    return document(title, _blocks(answers, topics, page), subtitle=subtitle, address=address, is_landscape=True)


def _blocks(answers: SelfCheckAnswers, topics: Sequence[CheckTopic], page: ResultPage) -> Iterator[Block]:
    yield paragraph(" ".join(filter(None, (page.summary, page.open))))
    if page.urgent:
        yield heading(_("Urgent: people may be harmed"))
        yield _list(page.urgent)
    yield heading(_("Plan"))
    if page.plan:
        header = tuple(Cell((Run(words),), is_header=True) for words in plan_header())
        yield Table(header, tuple(map(_plan_row, page.plan)), widths=(5, 2, 5, 6, 3, 2, 3))
    else:
        yield paragraph(_("No question was answered with no or partly."))
    if page.unknown:
        yield heading(_("Find out"))
        pairs = page.unknown
        yield Table(
            tuple(Cell((Run(words),), is_header=True) for words in (_("Question"), _("How to find out"), _("Who"))),
            tuple((_cell(text), _cell(how), Cell(())) for text, how in pairs),
            widths=(5, 5, 3),
        )
    yield heading(_("All answers"))
    names = (_("Topic"), _("Question"), _("Answer"), _("Proof"))
    yield Table(
        tuple(Cell((Run(words),), is_header=True) for words in names),
        tuple(row for topic in topics for row in _answer_rows(answers, topic)),
        widths=(3, 7, 2, 5),
    )


def _plan_row(each: PlanLine) -> tuple[Cell, ...]:
    marks = frozenset({Mark.STRONG}) if each.is_danger else frozenset[Mark]()
    step = (run(each.step.text, each.step.language), Run(f" ({each.effort})"))
    helps = in_lines((_linked(value),) for value in (*each.tools[:2], *each.practices[:1]))
    return (
        Cell((run(each.question.text, each.question.language, marks),)),
        *(Cell(runs) for runs in ((Run(each.answer),), step, helps)),
        *(Cell((Run(text),) if text else ()) for text in (each.owner, each.due, each.proof)),
    )


def _linked(value: Value) -> Run:
    return run(value.text, value.language, link=absolute(value.address) if value.address else "")


def _answer_rows(answers: SelfCheckAnswers, topic: CheckTopic) -> Iterator[tuple[Cell, ...]]:
    for question in topic.questions:
        given = answers.answers.get(question.id)
        words = _(ANSWERS[given.answer]) if given is not None else _("No answer")
        proof = given.proof if given is not None else ""
        yield _cell(topic.label), _cell(question.text), Cell((Run(words),)), Cell((Run(proof),) if proof else ())


def _cell(passage: Passage) -> Cell:
    return Cell((run(passage.text, passage.language),))


def _list(passages: Iterable[Passage]) -> Listing:
    return Listing(tuple(ListItem((Paragraph((run(each.text, each.language),), Look.PLAIN),)) for each in passages))
