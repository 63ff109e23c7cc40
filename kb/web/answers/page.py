"""Data of answer cards: the lines for a role and a crime in a country, with numbers, sources and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from flask import url_for

from kb.conversion.resolution import is_late
from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.guidance import DutyVerdict, Guidance, GuidanceKind, ReaderRole
from kb.kinds.country.guidance_card import GuidanceCard, guidance_card
from kb.kinds.country.model import Country
from kb.kinds.country.situation import AnswerStatus, Supported
from kb.records.record import Passage, Reading
from kb.records.sources import Source
from kb.speech import lower_first
from kb.web.answers.choice import PlainText, other_crimes, plain_text, verdict_word
from kb.web.answers.contacts import CardContact, contacts, form_of, is_known
from kb.web.answers.labels import NOT_COLLECTED, NOT_KNOWN, PARTLY_KNOWN, QUESTIONS
from kb.web.countries.page import find_reading
from kb.web.countries.profile.answers import KNOWN, practice_links
from kb.web.countries.ready_tools import ReadyTool
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import today
from kb.web.labels.guidance_fields import GRADES, LINES, ROLES
from kb.web.labels.practice_facts import Value
from kb.web.parts.answer_links import AnswerLink, choice_address, role_links
from kb.web.parts.passages import StateLine
from kb.web.parts.sources import SourceView, source_views
from kb.web.practices.page import line as state_of
from kb.web.tools.page import FILE_FORMATS

# The key fact that says a line where a country has no guidance.
_FACTS: Mapping[GuidanceKind, str] = {
    GuidanceKind.DUTY: "f-law-referral",
    GuidanceKind.WHEN: "f-limits",
    GuidanceKind.CHANNEL: "f-national-channel",
}
# The kind of the line for lawyers on the right to support, and the article that gives it.
RIGHT, RIGHT_TO_SUPPORT = "right", "8"
MOST_REPEATED: Mapping[GuidanceKind, int] = {GuidanceKind.AVOID: 4, GuidanceKind.ASK: 5}
# The lines below the verdict, in the order of the card.
_BELOW = (
    *(GuidanceKind.WHOM, GuidanceKind.WHEN, GuidanceKind.FORM),
    *(GuidanceKind.CONSENT, GuidanceKind.CHANNEL, GuidanceKind.DATA),
)
# Above our form; its files are on the first screen of a phone.


@dataclass(frozen=True)
class CardText:
    """One statement of a card with the law behind it and the numbers of its sources.

    `gap` says that the answer is not known, partly known or not collected; `late` that its review is overdue. `day` is
    the ISO date of the check, `short_day` the same in few letters; `day` is empty where `checked` is that of the
    verdict, so that a card names one day once.
    """

    text: PlainText | None
    law: str
    gap: str
    marks: tuple[int, ...]
    checked: str
    late: str
    day: str = ""
    short_day: str = ""

    @property
    def parts(self) -> tuple[str, str]:
        """The plain text in two: its first sentence, and the rest."""
        first, _point, rest = (self.text.plain if self.text is not None else "").partition(". ")
        return (first if first.endswith(".") or not first else f"{first}."), rest


@dataclass(frozen=True)
class CardLine:
    """One line of a card: its name, the statement, and the services it leads to."""

    kind: str
    title: str
    said: CardText
    contacts: tuple[CardContact, ...] = ()


@dataclass(frozen=True)
class VerdictView:
    """The answer to the question of the role. `is_open`: it is not known or not collected."""

    question: str
    word: str
    is_open: bool
    grade: str
    said: CardText
    needs_article: bool


@dataclass(frozen=True)
class AnswerPage:
    """The answer for one country, role and crime group. Without a record, only the names are given."""

    code: str
    country: str
    role: ReaderRole
    role_name: str
    crime: CrimeGroup
    crime_name: str
    title: str
    reading: Reading[Country] | None
    verdict: VerdictView
    lines: tuple[CardLine, ...] = ()
    say: CardText | None = None
    avoid: tuple[CardText, ...] = ()
    ask: tuple[CardText, ...] = ()
    form: ReadyTool | None = None
    sources: tuple[SourceView, ...] = ()
    practices: tuple[Value, ...] = ()
    state: StateLine | None = None
    is_machine_drafted: bool = False
    crimes: tuple[AnswerLink, ...] = ()
    roles: tuple[AnswerLink, ...] = ()
    files: tuple[Value, ...] = ()
    path: tuple[Value, ...] = ()

    @property
    def is_collected(self) -> bool:
        """Whether anything is known about this country."""
        return self.reading is not None

    @property
    def file_links(self) -> tuple[tuple[str, str], ...]:
        """The formats with their addresses."""
        return tuple((file.text, file.address or "") for file in self.files)

    @property
    def more(self) -> tuple[AnswerLink, ...]:
        """Ways on: practices that the card names, the situation of the country, other countries, its numbers."""
        practices = (AnswerLink(each.text, each.address or "", "", False) for each in self.practices)
        country, words = self.code.lower(), _("National profile: %(country)s", country=self.country)
        compare = url_for("answers.compare", role=self.role.value, crime=self.crime.slug, c=self.code)
        other = url_for("answers.begin", role=self.role.value, crime=self.crime.slug)
        return (
            *practices,
            AnswerLink(_("Another country"), other, "", False),
            AnswerLink(_("Compare with other countries"), compare, "", False),
            AnswerLink(words, url_for("profiles.show", record_id=country), "", False),
            AnswerLink(
                _("For a person who was harmed: numbers to call"), url_for("help.show", record_id=country), "", False
            ),
        )

    @property
    def has_guidance(self) -> bool:
        """Whether somebody wrote guidance for this country; else the card has key facts only."""
        return self.reading is not None and bool(self.reading.record.guidance)


@dataclass
class _CitedSources:
    """The sources of a card, numbered in the order in which its lines cite them."""

    known: dict[str, Source]
    found: dict[str, Source] = field(default_factory=dict)

    def of(self, ids: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of these sources."""
        for each in ids:
            if each in self.known:
                self.found.setdefault(each, self.known[each])
        order = list(self.found)
        return tuple(sorted({order.index(each) + 1 for each in ids if each in self.found}))


def answer_page(code: str, role: ReaderRole, crime: CrimeGroup) -> AnswerPage:
    """Return the data for the template of an answer."""
    reading = find_reading(code)
    names = (i18n.country_name(code), _(ROLES[role]), _(CRIME_GROUPS[crime]))
    title = _(
        "%(country)s, %(role)s: %(crime)s", country=names[0], role=lower_first(names[1]), crime=lower_first(names[2])
    )
    path = (
        Value(names[0], url_for("countries.show", record_id=code.lower())),
        Value(names[1], choice_address(code, role)),
    )
    if reading is None:
        empty = CardText(None, "", _(NOT_COLLECTED), (), "", "")
        verdict = VerdictView(_(QUESTIONS[role]), "", True, "", empty, needs_article=False)
        return AnswerPage(code, names[0], role, names[1], crime, names[2], title, None, verdict, path=path)
    numbers = _CitedSources({source.id: source for source in reading.record.sources})
    card = guidance_card(reading.record, role, crime)
    verdict = _verdict(reading, card, numbers)
    right = _right_line(reading, numbers) if role is ReaderRole.LAWYER else ()
    lines = (*_lines(reading, card, numbers, verdict.said.law), *right)
    lines = tuple(replace(line, said=_dated(line.said, verdict)) for line in lines)
    say, avoid, ask = (
        tuple(_dated(said, verdict) for said in _repeated(reading, card, kind, numbers)) for kind in _SPOKEN
    )
    return AnswerPage(
        code=code,
        country=names[0],
        role=role,
        role_name=names[1],
        crime=crime,
        crime_name=names[2],
        title=title,
        reading=reading,
        verdict=verdict,
        lines=lines,
        say=next(iter(say), None),
        avoid=avoid,
        ask=ask,
        form=form_of(code, role, crime),
        sources=source_views(numbers.found.values(), {}),
        practices=tuple(_practices(card)),
        state=_state(reading, card),
        is_machine_drafted=reading.record.is_machine_drafted,
        crimes=tuple(other_crimes(reading, code, role, crime)),
        roles=tuple(role_links(code, role, crime)),
        files=tuple(
            Value(
                words,
                url_for("taking.answer", record_id=code.lower(), role=role.value, crime=crime.slug, name=each),
            )
            for each, words in FILE_FORMATS.items()
        ),
        path=path,
    )


_SPOKEN = (GuidanceKind.SAY, GuidanceKind.AVOID, GuidanceKind.ASK)


def _verdict(reading: Reading[Country], card: GuidanceCard, numbers: _CitedSources) -> VerdictView:
    question, row = _(QUESTIONS[card.role]), card.row(GuidanceKind.DUTY)
    if row is None:
        return VerdictView(
            question, "", True, "", _from_facts(reading, GuidanceKind.DUTY, numbers), needs_article=False
        )
    is_open = row.verdict in (None, DutyVerdict.NOT_KNOWN)
    return VerdictView(
        question,
        verdict_word(card.role, row),
        is_open,
        _grade(row),
        replace(_said(reading, row, numbers), gap="", day=""),
        needs_article=row.verdict in (DutyVerdict.YES, DutyVerdict.IF_AGREED) and row.articles is None,
    )


def _dated(said: CardText, verdict: VerdictView) -> CardText:
    """Return a statement without its day if the verdict names the same."""
    return replace(said, day="") if said.checked == verdict.said.checked else said


def _grade(row: Guidance) -> str:
    """Return what a verdict rests on, and of which year that is."""
    if row.grade is None:
        return ""
    words = _(GRADES[row.grade])
    return _("%(words)s (%(year)s)", words=words, year=row.year.replace("-", "–")) if row.year else words


def _lines(reading: Reading[Country], card: GuidanceCard, numbers: _CitedSources, law: str) -> Iterator[CardLine]:
    """Yield the lines below the verdict; a law is named only where it is not that of the verdict."""
    for kind in _BELOW:
        row = card.row(kind)
        if row is None and kind is GuidanceKind.FORM:
            continue  # the page shows our own form in any case
        services = tuple(contacts(reading.record, card, row)) if kind is GuidanceKind.WHOM else ()
        for _service, named in services:
            numbers.of(named)
        said = _said(reading, row, numbers) if row is not None else _from_facts(reading, kind, numbers, len(services))
        if said.law == law:
            said = replace(said, law="")
        yield CardLine(kind, _(LINES[kind]), said, tuple(service for service, _named in services))


def _right_line(reading: Reading[Country], numbers: _CitedSources) -> Iterator[CardLine]:
    """Yield for lawyers how the country transposed the right to support, Article 8 of Directive 2012/29/EU."""
    row = next((each for each in reading.record.transposition if each.article == RIGHT_TO_SUPPORT), None)
    if row is not None:
        passage, law = reading.passage(f"transposition.{row.id}.note"), " ".join(filter(None, (row.law, row.provision)))
        words = KNOWN[row.known]
        said = _text(passage, law, _(words) if words else "", numbers.of(row.sources), row, None)
        yield CardLine(RIGHT, _("Directive 2012/29/EU, Article %(number)s", number=row.article), said)


def _repeated(
    reading: Reading[Country], card: GuidanceCard, kind: GuidanceKind, numbers: _CitedSources
) -> tuple[CardText, ...]:
    """Return what is said, avoided or asked for: whether all of it is known does not matter to these."""
    rows = card.rows.get(kind, ())[: MOST_REPEATED.get(kind, 1)]
    return tuple(replace(_said(reading, row, numbers), gap="") for row in rows)


def _said(reading: Reading[Country], row: Guidance, numbers: _CitedSources) -> CardText:
    words = {AnswerStatus.NOT_KNOWN: _(NOT_KNOWN), AnswerStatus.PARTLY: _(PARTLY_KNOWN)}.get(row.known, "")
    return _text(
        reading.passage(f"guidance.{row.id}.text"),
        _law(row.law, row.articles),
        words,
        numbers.of(row.sources),
        row,
        row.review,
    )


def _from_facts(reading: Reading[Country], kind: GuidanceKind, numbers: _CitedSources, services: int = 0) -> CardText:
    """Return what a key fact says about a line; without one, that nothing is collected, unless there are services."""
    wanted = _FACTS.get(kind)
    fact = next((each for each in reading.record.facts if each.fact == wanted and is_known(each)), None)
    if fact is None:
        return CardText(None, "", "" if services else _(NOT_COLLECTED), (), "", "")
    gap = _(PARTLY_KNOWN) if fact.known is AnswerStatus.PARTLY else ""
    law = _law(fact.law, fact.articles)
    return _text(reading.passage(f"facts.{fact.id}.text"), law, gap, numbers.of(fact.sources), fact, None)


def _text(
    passage: Passage | None, law: str, gap: str, marks: tuple[int, ...], row: Supported, review: date | None
) -> CardText:
    text = plain_text(passage)
    checked = _("Checked on %(date)s", date=i18n.date_words(row.checked)) if row.checked is not None else ""
    is_old = review <= today() if review is not None else row.checked is not None and is_late(row.checked, today())
    day, short = (row.checked.isoformat(), i18n.short_date(row.checked)) if row.checked is not None else ("", "")
    return CardText(text, law, gap, marks, checked, _("Due for review") if is_old else "", day, short)


def _law(law: str | None, articles: str | None) -> str:
    if law and articles:
        return _("%(law)s, Article %(number)s", law=law, number=articles)
    return law or ""


def _practices(card: GuidanceCard) -> Iterable[Value]:
    return practice_links(dict.fromkeys(each for rows in card.rows.values() for row in rows for each in row.practices))


def _state(reading: Reading[Country], card: GuidanceCard) -> StateLine | None:
    """Return where the texts of the card come from; one line for the whole card."""
    shown = [reading.passage(f"guidance.{row.id}.text") for rows in card.rows.values() for row in rows]
    passages = [each for each in shown if each is not None]
    return state_of(reading, passages) if passages else None
