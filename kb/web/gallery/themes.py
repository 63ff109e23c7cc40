"""What the gallery shows of themes, law and terms: models, how strong they are, articles, definitions."""

from __future__ import annotations

from typing import Any

from kb.records.record import Passage, State
from kb.web.parts.facet_counts import Strength
from kb.web.parts.law_references import ArticleLine
from kb.web.parts.ratings import Rating
from kb.web.parts.term_lines import TermLine
from kb.web.themes.page import Area, ModelView

_DESCRIBED = Rating(1, "E1", "described", "nm", "effect not measured", 2, "transferable under conditions")
_TESTED = Rating(4, "E4", "tested against a comparison", "pos", "positive effect", 3, "transferable with adaptation")
_STRENGTHS = (
    Strength(12, "#themes", _TESTED, _TESTED, 1),
    Strength(1, "#themes", _DESCRIBED, None, 0),
    Strength(0, "#themes", None, None, 0),
)
_NAMES = ("walls", "hedges", "nothing")


def themes() -> dict[str, Any]:
    """Return what the gallery shows of themes, law and terms."""
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
    return ModelView(area, "", _words("Choose this when the slope is steep."), _words("It asks for stones."), strength)


def _words(text: str) -> Passage:
    return Passage("models.m1.choose", text, "en", State.ORIGINAL)
