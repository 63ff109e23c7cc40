"""Examples of the gallery for the editor: every control that a schema can ask for, a segment, a difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.editing.forms.schema_form import FormControl, SchemaField
from kb.editing.open_text import Opened
from kb.editing.translation.source_changes import marked
from kb.editing.translation.translation_form import TranslationSegment
from kb.history.model import ReviewNote
from kb.records.difference import Difference, word_runs
from kb.records.files.paths import RecordFile
from kb.records.front_matter import Value
from kb.records.record import State, TranslatedFrom
from kb.search.analysis.term_usage import glossary
from kb.web.desk.review_page import NoteLine, PieceRemarks
from kb.web.editor.form.controls import controls_of
from kb.web.editor.form.differences import Comparison, Originals
from kb.web.editor.page import EditorPage, suggestions
from kb.web.editor.translation.mismatches import MismatchLine
from kb.web.editor.translation.page import SegmentView, TranslationDesk
from kb.web.editor.translation.proposal import ProposalView
from kb.web.http.rendering import store
from kb.web.labels.segment_status import state_of

_FIELDS = (
    SchemaField("title", "title", FormControl.TEXT, is_required=True),
    SchemaField("start_year", "start_year", FormControl.LINE),
    SchemaField("level", "level", FormControl.CHOICE, options=("local", "national")),
    SchemaField("names", "names", FormControl.LINES),
    SchemaField("areas", "areas", FormControl.TERMS, suggested="practice-areas"),
    SchemaField("needs", "needs", FormControl.GROUP, fields=(SchemaField("money", "needs.money", FormControl.TEXT),)),
    SchemaField(
        "figures", "figures", FormControl.ROWS, fields=(SchemaField("value", "figures.value", FormControl.LINE),)
    ),
    SchemaField("regions", "regions", FormControl.LINES),
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
    """Return the data of the gallery's section on the editor."""
    page = EditorPage(
        Opened(RecordFile("practices", "stone-terraces", "it"), "", 1, ""),
        "translation",
        "Terrazze di pietra",
        "it",
        desk=TranslationDesk((), "en", "it", is_free=False),
    )
    return {
        "controls": controls_of(_FIELDS, _VALUES, suggestions()),
        "control_errors": {"f-start_year": "Enter a year with four digits, for example 2010."},
        "editor_page": page,
        "segment_view": _segment(),
        "proposal_view": ProposalView("Muri senza malta.", "0" * 16),
        "comparison": Comparison("", "", (Difference("what", "Walls without mortar.", "Walls without any mortar."),)),
        "no_comparison": Comparison("", "", ()),
        "remarks": {"what": PieceRemarks((NoteLine(ReviewNote(), "Ana", "commented", "Which mortar?"),), "#h--ways")},
        "originals": Originals("lt", {"what": "Sienos be skiedinio."}),
    }


def _segment() -> SegmentView:
    """Return a text with every possible note."""
    before, source = "Walls without mortar.", "Walls without any mortar, and a risk assessment from 2024."
    target = "Muri senza malta."
    terms = glossary(store().labels, store().vocabularies, source, target, ("en", "it"))
    made = TranslatedFrom(source="0" * 16, by="person")
    segment = TranslationSegment(
        "what", source, target, State.STALE, made, is_section=True, heading="What", original=source
    )
    return SegmentView(
        segment,
        "s-what",
        "What it is",
        state_of(segment, "en"),
        pieces=marked(word_runs(before, source), terms.places),
        past="Changed on 3 October 2026 by Ana Costa. Newer figures.",
        has_changes=True,
        wordings=terms.wordings,
        memory="#editing",
        comment="#editing",
        mismatches=(MismatchLine("Numbers that the translation does not have: 2024."),),
    )
