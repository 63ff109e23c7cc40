"""What the gallery shows of the editor: every control that a schema can ask for, a segment, a difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.content.difference import Difference
from kb.content.files import Place
from kb.content.frontmatter import Value
from kb.content.record import State
from kb.curation.form import Control, Field
from kb.curation.opening import Opened
from kb.curation.translation import Segment
from kb.web.controls import controls_of
from kb.web.editor_page import Page, SegmentView, suggestions
from kb.web.texts import StateLine

_FIELDS = (
    Field("title", "title", Control.TEXT, is_required=True),
    Field("start_year", "start_year", Control.LINE),
    Field("level", "level", Control.CHOICE, options=("local", "national")),
    Field("names", "names", Control.LINES),
    Field("areas", "areas", Control.TERMS, suggested="practice-areas"),
    Field("needs", "needs", Control.GROUP, fields=(Field("money", "needs.money", Control.TEXT),)),
    Field("figures", "figures", Control.ROWS, fields=(Field("value", "figures.value", Control.LINE),)),
    Field("regions", "regions", Control.LINES),
)
_VALUES: dict[str, Value] = {
    "title": "Stone terraces",
    "start_year": "about 2010",
    "level": "local",
    "names": ["terrazze", "socalcos"],
    "areas": ["opt-in-referral"],
    "needs": {"money": "Two masons for a year."},
    "figures": [{"id": "f1", "value": "12 %"}, {"id": "f2"}],
    "regions": "not a list, as a broken file may say",
}


def editing() -> Mapping[str, Any]:
    """Return what the gallery's template shows of the editor."""
    page = Page(
        Opened(Place("practices", "stone-terraces", "it"), "", 1, ""),
        "translation",
        "Terrazze di pietra",
        "it",
        source_language="en",
    )
    segment = Segment(
        "what", "Walls without mortar.", "Muri senza malta.", State.STALE, made=None, is_section=True, heading="What"
    )
    line = StateLine(State.STALE, "Translation by a person, older than the original", "stale")
    return {
        "controls": controls_of(_FIELDS, _VALUES, suggestions()),
        "control_errors": {"f-start_year": "Write a year with four digits, such as 2010."},
        "editor_page": page,
        "segment_view": SegmentView(segment, "s.what", "s-what", "What it is", line),
        "differences": (Difference("what", "Walls without mortar.", "Walls without any mortar."),),
    }
