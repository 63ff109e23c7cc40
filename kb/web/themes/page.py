"""Data of the page of a practice area: the reader's country, models, practices side by side, introduction, law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from kb.errors import NotFound
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.theme.kind import KIND as THEME
from kb.kinds.theme.model import SECTION_TITLES, Model, Theme
from kb.records.record import Passage, Reading
from kb.vocabulary.model import Term
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.labels.practice_facts import Value
from kb.web.parts.answer_links import AnswerLink, choice_address, guided_countries, has_guidance
from kb.web.parts.cards import RecordCard, hits
from kb.web.parts.facet_counts import Strength, strength, tally
from kb.web.parts.glossary_links import mention
from kb.web.parts.law_references import InstrumentLine, find_articles
from kb.web.parts.passages import PagePart, StateLine, files_of, marks, section_html
from kb.web.parts.record_languages import LanguageLine, language_lines
from kb.web.parts.sources import SourceView, source_views
from kb.web.practices.page import line
from kb.web.practices.tool_links import tools_for_area
from kb.web.themes.practice_table import PracticeTable, practice_table

AREAS = "practice-areas"
REFERRAL = "referral"


@dataclass(frozen=True)
class Area:
    """An area in a list: its name, definition, number of practices, and narrower areas."""

    id: str
    name: str
    words: str
    words_language: str
    address: str
    count: int
    narrower: tuple[Area, ...] = ()


@dataclass(frozen=True)
class ModelView:
    """One model: when to choose it, what it needs, and how strong the practices are that follow it."""

    area: Area
    choose: Passage | None
    note: Passage | None
    strength: Strength
    examples: tuple[RecordCard, ...] = ()


@dataclass(frozen=True)
class ThemePage:
    """One area. Without a record, its definition in the vocabulary is the introduction.

    `uses` are the answers and tools for `country`, that of the reader; without one, `places` are those to choose from.
    """

    area: Area
    title: str
    title_language: str
    summary: str
    summary_language: str
    reading: Reading[Theme] | None
    head_line: StateLine | None
    path: tuple[Value, ...]
    parts: tuple[PagePart, ...]
    choice: ModelView | None
    models: tuple[ModelView, ...]
    models_line: StateLine | None
    questions: tuple[Passage, ...]
    strength: Strength
    country: str
    uses: tuple[AnswerLink, ...]
    places: tuple[Value, ...]
    practices: PracticeTable
    law: tuple[InstrumentLine, ...]
    sources: tuple[SourceView, ...]
    beside: tuple[Area, ...]
    languages: tuple[LanguageLine, ...]


def areas() -> tuple[Area, ...]:
    """Return the widest areas with the narrower ones."""
    return tuple(_area_of(term, depth=2) for term in _widest_terms())


def _widest_terms() -> Iterator[Term]:
    return (term for term in store().vocabularies.vocabulary(AREAS).terms if term.broader is None)


def _area_of(term: Term, depth: int = 0) -> Area:
    """Return an area as an entry of a list, with narrower areas to this depth."""
    code, vocabularies = i18n.current().code, store().vocabularies
    entry = generation().catalog.find(THEME, term.id)
    words, language = entry.summary(code) if entry is not None else term.defined(code)
    below = vocabularies.narrower(term.id) if depth else ()
    return Area(
        id=term.id,
        name=term.label(code),
        words=words,
        words_language=language,
        address=url_for("themes.show", record_id=term.id),
        count=tally().count("area", term.id),
        narrower=tuple(_area_of(vocabularies.term(each), depth - 1) for each in below),
    )


def theme_page(area_id: str, sort: str = "") -> ThemePage:
    """Return the data for the template of an area; `sort` is the order of its practices.

    Raises `NotFound` for terms that are not practice areas.
    """
    vocabularies = store().vocabularies
    term = vocabularies.find_term(area_id)
    if term is None or term.vocabulary != AREAS:
        raise NotFound(f"themes/{area_id}")
    mention(term.id)  # a page need not explain its own subject
    area = _area_of(term, depth=2)
    reading = _reading(area_id)
    chain = vocabularies.broader_chain(area_id)
    head = line(reading, (reading.title, reading.passages["summary"])) if reading else None
    code = home_country()
    return ThemePage(
        area=area,
        title=reading.title.text if reading else area.name,
        title_language=reading.title.language if reading else i18n.current().code,
        summary=area.words,
        summary_language=area.words_language,
        reading=reading,
        head_line=head,
        path=(
            Value(_("Themes"), url_for("themes.index")),
            *(_area_link(vocabularies.term(each)) for each in reversed(chain)),
        ),
        parts=_parts(reading, head) if reading and head else (),
        choice=_choice(term, chain),
        models=tuple(_model(reading, each) for each in reading.record.models) if reading else (),
        models_line=_models_line(reading, head) if reading and head else None,
        questions=_questions(reading) if reading else (),
        strength=strength("area", area_id),
        country=i18n.country_name(code) if code else "",
        uses=tuple(_uses((area_id, *chain), code)),
        places=() if code else tuple(_places(area_id)),
        practices=practice_table(area_id, sort),
        law=find_articles((area_id, *_narrower_ids(area_id))),
        sources=_sources(reading) if reading else (),
        beside=_sibling_areas(term),
        languages=language_lines(reading) if reading else (),
    )


def _uses(areas: tuple[str, ...], code: str | None) -> Iterator[AnswerLink]:
    """Yield the answers of a country, and the first tool of the narrowest of these areas that has any."""
    if code is not None and has_guidance(code):
        title = _("Must you refer?") if REFERRAL in areas else _("Answers")
        yield AnswerLink(title, choice_address(code, ReaderRole.POLICE), _("Choose the crime."), is_open=False)
    found = (tools_for_area(each, (code,) if code else ()) for each in areas)
    yield from next(filter(None, found), ())[:1]


def _places(area_id: str) -> Iterator[Value]:
    """Yield this page for each country that has answers."""
    for country in guided_countries():
        yield Value(country.name, url_for("themes.show", record_id=area_id, home_country=country.code))


def _reading(theme_id: str) -> Reading[Theme] | None:
    """Return the record of an area in the reader's language, if it has a published one."""
    catalog = generation().catalog
    if catalog.find(THEME, theme_id) is None:
        return None
    return catalog.reading(THEME, theme_id, i18n.current().code)


def _area_link(term: Term) -> Value:
    return Value(term.label(i18n.current().code), url_for("themes.show", record_id=term.id))


def _narrower_ids(area_id: str) -> Iterator[str]:
    for each in store().vocabularies.narrower(area_id):
        yield each
        yield from _narrower_ids(each)


def _sibling_areas(term: Term) -> tuple[Area, ...]:
    """Return the areas on the same level."""
    if term.broader is None:
        return tuple(_area_of(each) for each in _widest_terms() if each.id != term.id)
    vocabularies = store().vocabularies
    return tuple(_area_of(vocabularies.term(each)) for each in vocabularies.narrower(term.broader) if each != term.id)


def _parts(reading: Reading[Theme], head: StateLine) -> tuple[PagePart, ...]:
    """Return the sections, with a line where the origin is another one than `head`, that of the page."""
    numbers = _numbers(reading.record)
    lines = {section.name: line(reading, (section,), anchor=section.name) for section in reading.sections()}
    return tuple(
        PagePart(
            id=section.name,
            heading=_(SECTION_TITLES[section.name]),
            heading_language=i18n.current().code,
            html=section_html(section, numbers, files_of(reading.bundle)),
            language=section.language,
            line=lines[section.name] if lines[section.name].differs(head) else None,
        )
        for section in reading.sections()
    )


def _numbers(theme: Theme) -> dict[str, int]:
    return {source.id: number for number, source in enumerate(theme.sources, 1)}


def _sources(reading: Reading[Theme]) -> tuple[SourceView, ...]:
    headings = {name: _(title) for name, title in SECTION_TITLES.items()}
    return source_views(reading.record.sources, marks(reading.sections(), headings))


def _choice(term: Term, chain: tuple[str, ...]) -> ModelView | None:
    """Return the model that a theme describes for a narrower area, if it is one of its models."""
    reading = _reading(chain[-1]) if chain else None
    if reading is None:
        return None
    return next((_model(reading, each) for each in reading.record.models if each.term == term.id), None)


def _model(reading: Reading[Theme], model: Model) -> ModelView:
    term = store().vocabularies.term(model.term)
    return ModelView(
        area=_area_of(term),
        choose=reading.passage(f"models.{model.id}.choose"),
        note=reading.passage(f"models.{model.id}.note"),
        strength=strength("area", model.term),
        examples=hits(("practices", each) for each in model.practices),
    )


def _models_line(reading: Reading[Theme], head: StateLine) -> StateLine | None:
    """Return the origin of all short texts of the models and questions, unless it is that of the page."""
    names = ("models.", "questions.")
    passages = tuple(passage for name, passage in reading.passages.items() if name.startswith(names))
    found = line(reading, passages, anchor="models") if passages else None
    return found if found is not None and found.differs(head) else None


def _questions(reading: Reading[Theme]) -> tuple[Passage, ...]:
    return tuple(reading.passages[f"questions.{each.id}.label"] for each in reading.record.questions)
