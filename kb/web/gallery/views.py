"""The gallery: every component in every state, for developers; absent in production.

Its words are English and not translated, as only developers read them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, current_app
from markupsafe import Markup
from werkzeug.wrappers import Response

from kb.records.record import Passage, State
from kb.web.compare.cell_differences import ComparisonCell, ComparisonValue
from kb.web.gallery.answers import answers
from kb.web.gallery.countries import countries
from kb.web.gallery.editing import editing
from kb.web.http.rendering import render
from kb.web.labels.facets import Label
from kb.web.labels.practice_facts import Fact, Value
from kb.web.labels.term_lines import TermLine
from kb.web.parts.cards import RecordCard
from kb.web.parts.facet_counts import Strength
from kb.web.parts.law_references import ArticleLine
from kb.web.parts.pagination import PageLink
from kb.web.parts.passages import PagePart, StateLine, state_line
from kb.web.parts.ratings import Answered, AssessmentView, Rating, Reason
from kb.web.parts.record_languages import LanguageLine
from kb.web.practices.history import HistoryLineView
from kb.web.search.facets import FacetChoice, FacetView
from kb.web.search.page import Chip
from kb.web.themes.page import Area, ModelView

bp = Blueprint("gallery", __name__)

_DESCRIBED = Rating(1, "E1", "described", "nm", "effect not measured", 2, "transferable under conditions")
_TESTED = Rating(4, "E4", "tested against a comparison", "pos", "positive effect", 3, "transferable with adaptation")
_STRENGTHS = (
    Strength(12, "#themes", _TESTED, _TESTED, 1),
    Strength(1, "#themes", _DESCRIBED, None, 0),
    Strength(0, "#themes", None, None, 0),
)
_NAMES = ("walls", "hedges", "nothing")
_LEVELS = ("not rated", "described", "monitored", "evaluated", "tested against a comparison", "replicated")
_TRANSFERS = (
    "not assessed",
    "context-bound",
    "transferable under conditions",
    "transferable with adaptation",
    "ready to transfer",
)
_DIRECTIONS = {
    "pos": "positive effect",
    "mix": "mixed effects",
    "non": "no effect found",
    "har": "harmful",
    "nm": "effect not measured",
}
_DAY = date(2026, 11, 25)
_ROWS = (
    Fact("Countries", (Value("Portugal", "#lists"), Value("Spain", "#lists"))),
    Fact("Organisations", (Value("Apoio à Vítima", language="pt", note="in charge"),)),
    Fact("First results", ()),
)
_ARTICLE = Label("Article 8", detail="Right to access victim support services", detail_language="en")
_FACET = FacetView(
    "law",
    "Law and articles",
    (
        FacetChoice("law", "none", Label("a value without results"), 0, is_chosen=False),
        FacetChoice(
            "law",
            "vrd",
            Label("Victims’ Rights Directive"),
            1234,
            is_chosen=True,
            narrower=(FacetChoice("law", "vrd:8", _ARTICLE, 9, is_chosen=False),),
        ),
    ),
    more="#ways",
    more_words="All 34 values",
)
_ASSESSMENT = AssessmentView(
    "Answered by a machine on 25 November 2026",
    "Questionnaire quality C: neither reliability nor validity is published",
    (Answered("Q1", "Is all of it written down?", "yes"), Answered("Q2", "Are there published figures?", "no")),
)
_LANGUAGES = (
    LanguageLine("en", "English", "#lists", True, ("original",)),
    LanguageLine("lt", "Lietuvių", "#lists", False, ("12 texts by a machine", "1 older than the original")),
)


def _theme_sections() -> dict[str, Any]:
    """Return the data of the gallery's sections on themes, law and terms."""
    return {
        "strengths": _STRENGTHS,
        "models": tuple(map(_model, _NAMES, _STRENGTHS)),
        "article_lines": (
            ArticleLine(
                "Article 8", "Slopes", "Slopes are kept by who uses them.", "en", "#themes", "x", 3, "#", False
            ),
            ArticleLine("", "Water", "Water is led away.", "en", "#themes", "x", 0, "#", False),
        ),
        "term_lines": (
            TermLine("terrace", "terrace", "en", "T1", "Level ground behind a wall.", "en", "Land", "#themes"),
            TermLine("wall", "wall", "en", "", "Stones, one on the other.", "en", "Land", "#themes"),
        ),
    }


def _model(name: str, strength: Strength) -> ModelView:
    area = Area(name, name, "", "en", "#themes", strength.count)
    return ModelView(area, _words("Choose this when the slope is steep."), _words("It asks for stones."), strength)


def _words(text: str) -> Passage:
    return Passage("models.m1.choose", text, "en", State.ORIGINAL)


@bp.get("/<language:language>/gallery")
def index() -> Response:
    """Show all components; only in development and tests."""
    if not (current_app.debug or current_app.testing):
        abort(404)
    return _gallery_page()


def _gallery_page() -> Response:
    """Return the page with every component in every state."""
    return render(
        "gallery/index.html",
        levels=tuple(_rating(level, 0, "nm") for level in range(6)),
        transfers=tuple(_rating(3, transfer, "nm") for transfer in range(5)),
        directions=tuple(_rating(4, 3, direction) for direction in _DIRECTIONS),
        passages=(
            _passage(State.ORIGINAL),
            _passage(State.REVIEWED, reviewed=_DAY),
            _passage(State.STALE, by="person"),
        ),
        parts=tuple(_part(line) for line in _lines()),
        hits=_hits(),
        rows=_ROWS,
        cells=_cells(),
        facet=_FACET,
        chips_in_force=(Chip(Label("Portugal"), "#ways"), Chip(Label("E3 evaluated"), "#ways")),
        pages=(PageLink(1, "#ways"), PageLink(2, "#ways", is_current=True), PageLink(3, None), PageLink(9, "#ways")),
        reasons=(Reason("Is there an evaluation?", "no", ""), Reason("", "", "Nobody has answered the questions yet.")),
        assessment=_ASSESSMENT,
        language_lines=_LANGUAGES,
        **_theme_sections(),
        steps=(
            HistoryLineView(
                _DAY, ("Evidence raised from E2 monitored to E3 evaluated", "2 new figures"), 3, "#lists", "Ana Costa"
            ),
        ),
        **editing(),
        **countries(),
        **answers(),
    )


def _rating(level: int, transfer: int, direction: str) -> Rating:
    code = f"E{level}" if level else ""
    return Rating(level, code, _LEVELS[level], direction, _DIRECTIONS[direction], transfer, _TRANSFERS[transfer])


def _passage(state: State, *, by: str | None = None, reviewed: date | None = None) -> Passage:
    return Passage("what", "Walls without mortar.", "en", state, by=by, reviewed=reviewed)


def _lines() -> tuple[StateLine, ...]:
    passages = (
        _passage(State.ORIGINAL),
        _passage(State.REVIEWED),
        _passage(State.REVIEWED, reviewed=_DAY),
        _passage(State.MACHINE),
        _passage(State.STALE, by="machine"),
        _passage(State.FALLBACK),
    )
    lines = tuple(state_line((passage,), is_drafted=False, original="#lines") for passage in passages)
    return (state_line(passages[:1], is_drafted=True), *lines)


def _part(line: StateLine) -> PagePart:
    name = f"part-{line.icon}-{len(line.words)}"
    html = Markup("<p>One section, with the line that says where it comes from.</p>")
    return PagePart(name, line.words, "en", html, "en", line)


def _hits() -> tuple[RecordCard, ...]:
    machine = state_line((_passage(State.MACHINE),), is_drafted=False)
    fallback = state_line((_passage(State.FALLBACK),), is_drafted=False)
    good, poor, warned = _rating(4, 3, "pos"), _rating(2, 2, "nm"), _rating(3, 1, "har")
    late = "Review overdue since 25 August 2026"
    return (
        RecordCard(
            "#lists", "A practice", "en", "What it is.", "en", good, ("Portugal", "since 2012"), None, "", "a-practice"
        ),
        RecordCard("#lists", "Praktika", "lt", "Kas tai.", "lt", poor, ("Lithuania",), fallback, ""),
        RecordCard("#lists", "A practice with a warning", "en", "What went wrong.", "en", warned, (), machine, late),
        RecordCard("#lists", "A page", "en", "What it says.", "en", None, ("Page of this site",), None, ""),
    )


def _cells() -> tuple[ComparisonCell, ...]:
    return (
        ComparisonCell((ComparisonValue("police", "police"), ComparisonValue("courts", "courts", is_apart=True))),
        ComparisonCell((ComparisonValue("2", "monitored", lead="E2"),)),
        ComparisonCell((ComparisonValue("", "people reached in a year", lead="3142", note="2017"),), "#lists"),
        ComparisonCell((ComparisonValue("original", _lines()[0].words, line=_lines()[0]),)),
        ComparisonCell(()),
    )
