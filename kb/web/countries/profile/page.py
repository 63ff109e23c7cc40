"""Data of the profile of a country: the grid, answers, gaps and changes, transposition, key facts, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from kb.kinds.country.model import Country
from kb.kinds.country.profile_offers import LAWS, profile_values
from kb.kinds.country.questions import CELLS, KEY_FACTS, THEMES
from kb.kinds.country.situation import AnswerStatus, KeyFact, YesNo
from kb.records.record import Reading
from kb.web.countries.profile.answers import (
    KNOWN,
    AnswerText,
    AnswerView,
    Support,
    answer_text,
    answer_view,
    cell_view,
    parts,
    practice_links,
    source_numbers,
    support_of,
)
from kb.web.countries.profile.findings import CHANGES, GAPS, HELPS, FindingGroup, counted_findings, findings_of
from kb.web.countries.profile.glance import Glance, country_glance
from kb.web.countries.ready_tools import ready_tool
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import store
from kb.web.labels.confirmation_words import ConfirmationWords, confirmation_words
from kb.web.labels.content_texts import actor_names, cell_name, country_question, key_fact
from kb.web.labels.practice_facts import Value
from kb.web.parts.sources import SourceView, source_views
from kb.web.tools.page import tool_entries

# The part of the questions in depth that belongs to a theme.
DEPTH: Mapping[str, str] = {"t1": "c", "t3a": "e", "t4": "i"}

# The practice area of each theme of the profiles.
AREAS: Mapping[str, str] = {
    "t1": "referral",
    "t2": "secure-communication",
    "t3a": "needs-assessment",
    "t3b": "support-needs-assessment",
    "t4": "information",
}


@dataclass(frozen=True)
class ProfilePartView:
    """The questions in depth of one part: those with an answer, and those not researched."""

    id: str
    title: str
    known: tuple[AnswerView, ...]
    unknown: tuple[str, ...]

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The questions of which nothing or only a text without an answer is known."""
        return (*(answer.question for answer in self.known if not answer.is_known), *self.unknown)

    @property
    def value(self) -> str:
        """How many questions have an answer, and how many have none."""
        number = len(self.open_questions)
        known = ngettext("%(count)s answer", "%(count)s answers", len(self.known) + len(self.unknown) - number)
        return f"{known} · {without_answer(number)}" if number else known


@dataclass(frozen=True)
class ThemeView:
    """One theme with the answers for all actors and its questions in depth.

    Actors without an answer are named in one line.
    """

    id: str
    title: str
    cells: tuple[AnswerView, ...]
    known: tuple[AnswerView, ...]
    unknown: tuple[str, ...]
    depth: ProfilePartView | None
    practices: Value
    tools: tuple[Value, ...]

    @property
    def open_actors(self) -> Iterator[str]:
        """The actors of whom nothing is known."""
        return (actor for actor, cell in self._by_actor if not cell.is_known)

    @property
    def _by_actor(self) -> Iterator[tuple[str, AnswerView]]:
        return zip(actor_names().values(), self.cells, strict=True)

    @property
    def value(self) -> str:
        """The actors by extent, in one line."""
        actors: dict[str, list[str]] = {}
        for actor, cell in self._by_actor:
            actors.setdefault(cell.short, []).append(actor)
        if len(actors) == 1:
            return next(iter(actors))
        said = (_("%(label)s: %(words)s", label=word, words=", ".join(names)) for word, names in actors.items())
        return " · ".join(said)


@dataclass(frozen=True)
class FiguresView:
    """The published figures on one theme and one actor, with what they rest on."""

    title: str
    said: AnswerText
    support: Support


@dataclass(frozen=True)
class ProvisionView:
    """One article and the law that transposes it."""

    article: str
    law: str
    provision: str
    known: str
    note: AnswerText | None
    support: Support


@dataclass(frozen=True)
class KeyFactView:
    """A key fact that tools use; `said` is the text for victims about it."""

    id: str
    label: str
    known: str
    entries: tuple[str, ...]
    said: tuple[AnswerText, ...]
    not_found: tuple[AnswerText, ...]
    support: tuple[Support, ...]
    is_conflicting: bool
    needs_lawyer: bool


@dataclass(frozen=True)
class ProfilePage:
    """The profile of one country in one language. Without a situation, all themes and questions lack answers."""

    code: str
    title: str
    reading: Reading[Country] | None
    is_machine_drafted: bool
    confirmed: ConfirmationWords | None
    has_situation: bool
    glance: Glance
    themes: tuple[ThemeView, ...]
    parts: tuple[ProfilePartView, ...]
    figures: tuple[FiguresView, ...]
    findings: tuple[FindingGroup, ...]
    transposition: tuple[ProvisionView, ...]
    facts: tuple[KeyFactView, ...]
    unknown_facts: tuple[str, ...]
    practices: tuple[Value, ...]
    tools: tuple[Value, ...]
    sources: tuple[SourceView, ...]
    path: tuple[Value, ...]

    @property
    def gaps(self) -> tuple[FindingGroup, ...]:
        """What is missing or limited."""
        return self._findings(GAPS)

    @property
    def helps(self) -> tuple[FindingGroup, ...]:
        """What helps."""
        return self._findings(HELPS)

    @property
    def changes(self) -> tuple[FindingGroup, ...]:
        """What has changed, and what is planned."""
        return self._findings(CHANGES)

    @property
    def laws(self) -> tuple[KeyFactView, ...]:
        """The key facts that are laws."""
        return tuple(fact for fact in self.facts if fact.id.startswith(LAWS))

    @property
    def values(self) -> Mapping[str, str]:
        """How much the further parts hold, in words, by the id of the part."""
        articles = len(self.transposition)
        return {
            "transposition": ngettext(
                "%(number)s article", "%(number)s articles", articles, number=i18n.number(articles)
            ),
            "facts": self._facts_value,
            "gaps": counted_findings(self.gaps),
            "helps": counted_findings(self.helps),
            "changes": counted_findings(self.changes),
            "good": ngettext("%(count)s practice", "%(count)s practices", len(self.practices)),
            "sources": ngettext("%(count)s source", "%(count)s sources", len(self.sources)),
        }

    @property
    def _facts_value(self) -> str:
        facts, unknown = len(self.facts), len(self.unknown_facts)
        said = [ngettext("%(count)s fact", "%(count)s facts", facts)] if facts else []
        said += [ngettext("%(count)s fact is not known", "%(count)s facts are not known", unknown)] if unknown else []
        return " · ".join(said)

    @property
    def open_questions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The questions and cells without an answer, by part."""
        found = [(theme.title, tuple(theme.open_actors)) for theme in self.themes]
        parts = (*(theme.depth for theme in self.themes if theme.depth is not None), *self.parts)
        found += [(part.title, part.open_questions) for part in parts]
        return tuple((title, names) for title, names in found if names)

    @property
    def open_count(self) -> str:
        """How many of them there are, in words."""
        return without_answer(sum(len(names) for _title, names in self.open_questions))

    @property
    def not_found(self) -> tuple[tuple[str, AnswerText], ...]:
        """What we searched for and did not find, each with the name of its key fact."""
        return tuple((fact.label, said) for fact in self.facts for said in fact.not_found)

    def _findings(self, kinds: tuple[str, ...]) -> tuple[FindingGroup, ...]:
        return tuple(group for group in self.findings if group.id in kinds)


def without_answer(number: int) -> str:
    """Return how many questions have no answer, in words."""
    return ngettext("%(count)s question without an answer", "%(count)s questions without an answer", number)


def profile_page(code: str, reading: Reading[Country] | None, *, is_apart: bool = False) -> ProfilePage:
    """Return the data for the template of a profile; without a record, everything is unknown.

    `is_apart`: another page shows a part of it, and links to the profile.
    """
    facts = tuple(_facts(reading)) if reading is not None else ()
    title = reading.title.text if reading is not None else i18n.country_name(code)
    in_depth = {letter: _part(reading, letter, heading, ids) for letter, heading, ids in parts()}
    themes = tuple(_theme(code, reading, theme, in_depth.get(DEPTH.get(theme, ""))) for theme in THEMES)
    known = {fact.id for fact in facts} | (
        profile_values(reading, i18n.speech()).keys() if reading is not None else set()
    )
    return ProfilePage(
        code=code,
        title=title,
        reading=reading,
        is_machine_drafted=reading is not None and reading.record.is_machine_drafted,
        confirmed=confirmation_words(reading.bundle) if reading is not None else None,
        has_situation=any(theme.known for theme in themes) or any(part.known for part in in_depth.values()),
        glance=country_glance(code, reading, is_apart=is_apart),
        themes=themes,
        parts=tuple(part for letter, part in in_depth.items() if letter not in DEPTH.values()),
        figures=tuple(_figures(reading)) if reading is not None else (),
        findings=tuple(findings_of(reading)) if reading is not None else (),
        transposition=tuple(_transposition(reading)) if reading is not None else (),
        facts=facts,
        unknown_facts=tuple(key_fact(fact) for fact in KEY_FACTS if fact not in known),
        practices=tuple(practice_links(reading.record.practices)) if reading is not None else (),
        tools=tuple(_tools_for(code)),
        sources=source_views(reading.record.sources, {}) if reading is not None else (),
        path=(
            Value(_("Countries"), url_for("countries.index")),
            Value(title, url_for("countries.show", record_id=code.lower())),
        ),
    )


def _theme(code: str, reading: Reading[Country] | None, theme: str, depth: ProfilePartView | None) -> ThemeView:
    cells = tuple(cell_view(reading, cell) for cell, (each, _actor) in CELLS.items() if each == theme)
    actors = actor_names().values()
    return ThemeView(
        theme,
        country_question(theme),
        cells,
        tuple(cell for cell in cells if cell.is_known or cell.texts),
        tuple(actor for actor, cell in zip(actors, cells, strict=True) if not cell.is_known and not cell.texts),
        depth,
        _practices_of(theme),
        tuple(_tools_for(code, theme)),
    )


def _practices_of(theme: str) -> Value:
    """Return the link to the practices of a theme."""
    area = AREAS[theme]
    name = store().vocabularies.term(area).label(i18n.current().code)
    return Value(_("%(label)s: %(words)s", label=_("Practices"), words=name), url_for("themes.show", record_id=area))


def _tools_for(code: str, theme: str | None = None) -> Iterator[Value]:
    """Yield links to the tools, all or those of one theme: our adaptation to this country, else the way to adapt."""
    for entry in tool_entries():
        if theme is None or AREAS[theme] in entry.facets.get("area", ()):
            title, language = entry.title(i18n.current().code)
            adapt = url_for("converting.begin", kind="tools", record_id=entry.id, country=code)
            ready = ready_tool(entry.id, code)
            yield Value(title, ready.address if ready else adapt, language=language)


def _part(reading: Reading[Country] | None, letter: str, title: str, ids: Iterable[str]) -> ProfilePartView:
    answers = tuple(answer_view(reading, each) for each in ids)
    known = tuple(answer for answer in answers if answer.is_known or answer.texts)
    return ProfilePartView(letter, title, known, tuple(each.question for each in answers if each not in known))


def _figures(reading: Reading[Country]) -> Iterator[FiguresView]:
    for cell in reading.record.cells:
        if (passage := reading.passage(f"cells.{cell.id}.figures")) is not None:
            words = answer_text(passage, source_numbers(reading))
            yield FiguresView(cell_name(cell.id), words, support_of(reading, cell))


def _transposition(reading: Reading[Country]) -> Iterator[ProvisionView]:
    record = reading.record
    for row in record.transposition:
        passage = reading.passage(f"transposition.{row.id}.note")
        note = answer_text(passage, source_numbers(reading)) if passage is not None else None
        words = KNOWN[row.known]
        yield ProvisionView(
            row.article, row.law or "", row.provision or "", _(words) if words else "", note, support_of(reading, row)
        )


def _facts(reading: Reading[Country]) -> Iterator[KeyFactView]:
    record = reading.record
    profile = profile_values(reading, i18n.speech())
    rows: dict[str, list[KeyFact]] = {}
    for row in record.facts:
        rows.setdefault(row.fact, []).append(row)
    for fact in KEY_FACTS:
        found, given = profile.get(fact), rows.get(fact, [])
        if not given:  # the page of the country shows its helplines in full
            continue
        worst = next((KNOWN[row.known] for row in given if row.known is not AnswerStatus.ANSWERED), "")
        yield KeyFactView(
            id=fact,
            label=key_fact(fact),
            known=_(worst) if worst else "",
            entries=tuple(offer.text for offer in found.offers) if found is not None else (),
            said=tuple(_fact_texts(reading, given, "plain", _("For victims"))),
            not_found=tuple(_fact_texts(reading, given, "not_found", _("What we could not find out"))),
            support=tuple(support_of(reading, row) for row in given),
            is_conflicting=found is not None and found.is_conflicting,
            needs_lawyer=any(row.needs_lawyer is YesNo.YES for row in given),
        )


def _fact_texts(reading: Reading[Country], rows: Iterable[KeyFact], key: str, label: str) -> Iterator[AnswerText]:
    for row in rows:
        if (passage := reading.passage(f"facts.{row.id}.{key}")) is not None:
            yield answer_text(passage, source_numbers(reading), label)
