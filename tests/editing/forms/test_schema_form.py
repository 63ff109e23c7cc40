"""The form of a kind, generated from its schema."""

from __future__ import annotations

import pytest

from kb.editing.forms.schema_form import (
    FormControl,
    SchemaField,
    form_of,
    walk,
)
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.country.model import COUNTRY
from kb.kinds.kind import Kind
from kb.kinds.page.model import PAGE
from kb.kinds.practice.model import PRACTICE, Practice
from kb.kinds.registry import KINDS
from kb.kinds.suggested_lists import (
    BLANKS,
    CELLS,
    CHOICES,
    CRIME_GROUP_LIST,
    GROUP_EXTENTS,
    INSTRUMENTS,
    KEY_FACTS,
    QUESTIONS,
    SECTIONS,
)
from kb.records.record import Record
from kb.vocabulary.loader import load_vocabularies
from tests.house import ROOT

ASKED = {field.path: field for field in walk(form_of(PRACTICE))}


def test_every_fact_that_people_decide_is_asked_for() -> None:
    generated = {"evidence_level", "effect_direction", "transferability"}
    kept = {"id", "language", "status", "successor", "same_as"}
    assert {field.name for field in form_of(PRACTICE)} == set(Practice.model_fields) - generated - kept
    assert {field.name for field in form_of(PAGE)} == set(Record.model_fields) - kept


def test_the_control_follows_from_the_type() -> None:
    controls = {
        path: ASKED[path].control for path in ("title", "names", "areas", "level", "needs", "figures", "keeper")
    }
    assert controls == {
        "title": FormControl.TEXT,
        "names": FormControl.LINES,
        "areas": FormControl.TERMS,
        "level": FormControl.CHOICE,
        "needs": FormControl.GROUP,
        "figures": FormControl.ROWS,
        "keeper": FormControl.LINE,
    }
    assert ASKED["origin"] == SchemaField("origin", "origin", FormControl.CHOICE, options=("machine-drafted",))
    assert ASKED["level"].options == ("local", "regional", "national", "cross-border")
    assert ASKED["title"].is_required
    assert not ASKED["keeper"].is_required
    assert ASKED["sources.accessed"].is_date


def test_every_suggestion_has_a_source() -> None:
    vocabularies, _ = load_vocabularies(ROOT / "content" / "vocabularies")
    known = {"countries", "languages", "sources", *(kind.shape.name for kind in KINDS)}
    known |= {vocabulary.id for vocabulary in vocabularies.all}
    known |= {SECTIONS, BLANKS, CHOICES, CELLS, QUESTIONS, KEY_FACTS, INSTRUMENTS, CRIME_GROUP_LIST, GROUP_EXTENTS}
    fields = [field for kind in KINDS for field in walk(form_of(kind.shape))]
    assert {field.suggested for field in fields if field.suggested} <= known


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.shape.name)
def test_what_is_suggested_is_a_fact_of_the_kind(kind: Kind) -> None:
    paths = {field.path for field in walk(form_of(kind.shape))}
    assert set(kind.suggested) <= paths


def test_what_a_record_is_about_comes_before_what_every_answer_carries() -> None:
    names = {field.name: [each.name for each in field.fields] for field in form_of(COUNTRY)}
    assert names["cells"][:2] == ["id", "extent"]
    assert names["cells"][-4:] == ["confidence", "year", "sources", "checked"]
    adaptation = [field.name for field in form_of(ADAPTATION)]
    assert adaptation.index("title") < adaptation.index("parent") < adaptation.index("parts")
    assert "made" not in adaptation  # the program maintains it


def test_the_same_fact_may_name_other_records_in_another_kind() -> None:
    suggested = {
        kind.shape.name: {field.path: field.suggested for field in walk(form_of(kind.shape))} for kind in KINDS
    }
    assert suggested["practices"]["related"] == "practices"
    assert suggested["tools"]["related"] == suggested["adaptations"]["parent"] == "tools"
    assert suggested["register"]["alternatives.evidence"] == "evidence-levels"
    assert suggested["countries"]["cells.sources"] == "sources"


def test_a_list_of_rows_is_never_inside_another() -> None:
    # Buttons identify a row by its list and number; a list inside a row would need more.
    for kind in KINDS:
        rows = [field for field in walk(form_of(kind.shape)) if field.control is FormControl.ROWS]
        assert all("." not in field.path for field in rows)
        assert all(any(each.name == "id" for each in field.fields) for field in rows)
