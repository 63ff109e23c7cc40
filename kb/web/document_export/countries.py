"""Documents of countries: the national situation of one, and a comparison of several, question by question.

Sources are listed at the end, each once with its address; answers cite their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask import url_for

from kb.documents.blocks import Block, Document, Look, Mark, Paragraph, Run, Runs
from kb.speech import lower_first
from kb.web.countries.profile.answers import AnswerText, AnswerView, Support
from kb.web.countries.profile.comparison import CountryComparison, CountryVerdict, QuestionGroup
from kb.web.countries.profile.findings import FindingGroup
from kb.web.countries.profile.glance import Glance, legend_of
from kb.web.countries.profile.page import (
    KeyFactView,
    ProfilePage,
    ProfilePartView,
    ProvisionView,
    ThemeView,
    without_answer,
)
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.labels.practice_facts import Value
from kb.web.parts.page_document import (
    bullet_list,
    comparison_table,
    document,
    heading,
    in_lines,
    numbered_list,
    pairs,
    paragraph,
    run,
    sources,
    table,
    titled,
)

_STRONG = frozenset({Mark.STRONG})
# The numbers of sources by title and address, which identify a source.
Numbers = Mapping[tuple[str, str], int]


def profile_document(page: ProfilePage) -> Document:
    """Return the national situation of a country: answers, findings, law, key facts, sources."""
    address = url_for("profiles.show", record_id=page.code.lower())
    title = _("%(country)s: referral, assessment and information", country=page.title)
    return document(title, _profile(page), address=address)


def _profile(page: ProfilePage) -> Iterator[Block]:
    numbers = {(each.source.title, each.source.address or ""): each.number for each in page.sources}
    if page.is_machine_drafted:
        yield paragraph(_("This text was drafted by AI from the sources below."), Look.NOTICE)
        nobody = _("No person has signed off this text yet. Check the sources before you rely on it.")
        yield paragraph(nobody, Look.NOTICE)
        yield paragraph(_("No lawyer from this country has reviewed this text."), Look.NOTICE)
    yield from _glance(page.glance)
    for theme in page.themes:
        yield from _part(theme, numbers)
        if theme.depth is not None:
            yield from _part(theme.depth, numbers)
    for part in page.parts:
        yield from _part(part, numbers)
    for kind, title, groups in (
        ("gaps", _("Gaps and limits"), page.gaps),
        ("helps", _("What helps"), page.helps),
        ("changes", _("Changes"), page.changes),
    ):
        if groups:
            yield heading(title, anchor=kind)
            yield paragraph(page.values[kind], Look.SMALL)
            yield from _findings(groups, numbers)
    if page.transposition:
        yield heading(_("The Victims’ Rights Directive in national law"))
        yield paragraph(page.values["transposition"], Look.SMALL)
        yield from pairs(
            (_("Article %(number)s", number=row.article), in_lines(_provision(row, numbers)))
            for row in page.transposition
        )
    yield heading(_("Key facts for tools"))
    yield paragraph(page.values["facts"], Look.SMALL)
    yield from pairs((fact.label, in_lines(_fact(fact, numbers))) for fact in page.facts)
    yield from bullet_list((run(each),) for each in page.unknown_facts)
    if page.practices:
        yield heading(_("Practices that address these gaps"))
        yield paragraph(page.values["good"], Look.SMALL)
        yield from bullet_list(
            (run(each.text, each.language, link=absolute(each.address or "")),) for each in page.practices
        )
    if page.sources:
        yield heading(_("Sources"), anchor="sources")
        yield paragraph(page.values["sources"], Look.SMALL)
        yield from sources(page.sources)


def _findings(groups: Iterable[FindingGroup], numbers: Numbers) -> Iterator[Block]:
    for group in groups:
        yield heading(group.title, 3)
        for finding in group.findings:
            when = f"{finding.when}: " if finding.when else ""
            yield Paragraph((Run(when), run(finding.said.plain, finding.said.language)))
            yield from map(_small, _support(finding.support, numbers, finding.standing))


def _glance(glance: Glance) -> Iterator[Block]:
    """Yield the verdict and the table, with the crimes that differ and the legend."""
    yield paragraph(glance.verdict)
    yield heading(_("At a glance"))
    yield table(("", *glance.columns), ((row.title, *(cell.words for cell in row.cells)) for row in glance.rows))
    for row in glance.rows:
        if row.exceptions:
            said = ". ".join(f"{each.text}: {each.note}" for each in row.exceptions)
            yield paragraph(_("%(label)s: %(words)s", label=row.title, words=said), Look.SMALL)
    yield from (paragraph(words, Look.SMALL) for _look, words in glance.legend)


def _part(part: ThemeView | ProfilePartView, numbers: Numbers) -> Iterator[Block]:
    yield heading(part.title, anchor=part.id)
    if isinstance(part, ProfilePartView):
        yield paragraph(part.value, Look.SMALL)
    for answer in part.known:
        yield heading(answer.question, 3)
        yield from (Paragraph(line) for line in _answer(answer, numbers))
    if part.unknown:
        yield paragraph(_unknown(part), Look.SMALL)


def _unknown(part: ThemeView | ProfilePartView) -> str:
    """Return what has no answer, as the page words it: the actors of a theme, or the number of questions."""
    if isinstance(part, ThemeView):
        return _("%(label)s: %(words)s", label=_("Not known"), words=i18n.listing(part.unknown))
    return f"{without_answer(len(part.unknown))}: {i18n.listing(part.unknown)}"


def _small(words: Runs) -> Paragraph:
    return Paragraph(words, Look.SMALL)


def _provision(row: ProvisionView, numbers: Numbers) -> Iterator[Runs]:
    known = [Run(f" {row.known}", _STRONG)] if row.known else []
    if row.law or row.provision or known:
        yield (Run(" ".join(filter(None, (row.law, row.provision)))), *known)
    if row.note is not None:
        yield (run(row.note.plain, row.note.language),)
    yield from _support(row.support, numbers)


def _fact(fact: KeyFactView, numbers: Numbers) -> Iterator[Runs]:
    yield from ((Run(entry),) for entry in fact.entries)
    yield from map(_answer_runs, (*fact.said, *fact.not_found))
    if fact.known:
        yield (Run(fact.known, _STRONG),)
    if fact.is_conflicting:
        yield (Run(_("The sources contradict each other."), _STRONG),)
    if fact.needs_lawyer:
        yield (Run(_("Ask a lawyer from this country to check this information.")),)
    for support in fact.support:
        yield from _support(support, numbers)


def side_by_side_document(page: CountryComparison, address: str) -> Document:
    """Return a comparison of countries, question by question, in landscape format."""
    title = _("%(countries)s, question by question", countries=i18n.listing(page.names))
    blocks = (*_verdicts(page), *_side_by_side(page.names, page.groups))
    return document(title, blocks, address=address, is_landscape=True)


def _verdicts(page: CountryComparison) -> Iterator[Block]:
    """Yield how many answers differ, and for each country whether the police must refer and how many extents it has."""
    yield paragraph(page.verdict)
    duty = _("%(label)s: %(words)s", label=_("Police"), words=lower_first(_("Must you refer?")))
    heads: list[Runs] = [(Run(each.name),) for each in page.verdicts]
    row = (duty, tuple(in_lines(_verdict(each)) for each in page.verdicts))
    yield comparison_table(_("Question"), heads, (row,))


def _verdict(country: CountryVerdict) -> Iterator[Runs]:
    for group in country.groups:
        yield (Run(f"{group.word}: ", _STRONG), Run(group.crimes))
    if not country.groups:
        yield (Run(_("Not collected yet"), _STRONG),)
    yield (Run(_("%(label)s: %(words)s", label=_("Extent"), words=country.counts)),)


def _side_by_side(names: Sequence[str], groups: Sequence[QuestionGroup]) -> Iterator[Block]:
    answers = (answer for group in groups for line in group.lines for answer in line.answers)
    found = {_key(source): source for answer in answers for source in answer.support.sources}
    numbers = {key: number for number, key in enumerate(found, 1)}
    heads: list[Runs] = [(Run(name),) for name in names]
    for group in groups:
        yield heading(group.title, anchor=group.id)
        rows = (
            (line.question, tuple(in_lines(_answer(answer, numbers)) for answer in line.answers))
            for line in group.lines
        )
        yield comparison_table(_("Question"), heads, rows)
    legend = legend_of(cell for group in groups if group.glance is not None for cell in group.glance.cells)
    yield from (paragraph(words, Look.SMALL) for _look, words in legend)
    if found:
        yield heading(_("Sources"), anchor="sources")
        yield numbered_list(titled(each.text, each.language, each.address) for each in found.values())


def _key(source: Value) -> tuple[str, str]:
    return source.text, source.address or ""


def _answer(answer: AnswerView, numbers: Numbers) -> Iterator[Runs]:
    """Yield the lines of an answer: extent, texts, extents by group, practices, and sources."""
    if answer.words:
        yield (Run(answer.words, _STRONG),)
    yield from map(_answer_runs, answer.texts)
    for group in answer.groups:
        yield (Run(f"{group.text}: "), Run(group.note, _STRONG))
    if answer.practices:
        yield (Run(f"{_('Practices')}: "), *_joined_links(answer.practices))
    yield from _support(answer.support, numbers)


def _answer_runs(said: AnswerText) -> Runs:
    label = [Run(f"{said.label}: ", _STRONG)] if said.label else []
    return (*label, run(said.plain, said.language))


def _joined_links(practices: Iterable[Value]) -> Iterator[Run]:
    for place, each in enumerate(_links(practices)):
        if place:
            yield Run(", ")
        yield each


def _links(practices: Iterable[Value]) -> Iterator[Run]:
    return (run(each.text, each.language, link=absolute(each.address or "")) for each in practices)


def _support(support: Support, numbers: Numbers, more: str = "") -> Iterator[Runs]:
    """Yield the line with the sources of an answer; no line if there is none."""
    found = sorted(numbers[_key(source)] for source in support.sources if _key(source) in numbers)
    said = [_("%(label)s: %(words)s", label=_("Sources"), words=", ".join(map(str, found)))] if found else []
    checked = support.checked
    if support.is_late:
        checked = f"{checked}, {_('more than a year ago')}"
    said += filter(None, (support.year, support.confidence, checked, more))
    if said:
        yield (Run(" · ".join(said)),)
