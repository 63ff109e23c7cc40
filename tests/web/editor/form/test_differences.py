"""Differences use the words of the forms: labels, names of terms and countries, states of translated texts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from kb.history import log
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.practice.model import PRACTICE
from kb.records.files.paths import RecordFile
from kb.web.editor.form.differences import Comparison, compare, originals
from kb.web.editor.form.piece_values import piece_values
from kb.web.labels.pieces import PieceNames

SOURCE, ITALIAN = RecordFile("practices", "stone-terraces", "source"), RecordFile("practices", "stone-terraces", "it")


@pytest.fixture(autouse=True)
def _request(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/desk"):
        yield


def text_of(session: Session, place: RecordFile) -> str:
    head = log.find_head(session, place)
    assert head is not None
    return head.text or ""


def changed(session: Session, place: RecordFile, *changes: tuple[str, str]) -> Comparison:
    before = after = text_of(session, place)
    for old, new in changes:
        assert old in after
        after = after.replace(old, new, 1)
    return compare(place, before, after)


def said(comparison: Comparison) -> list[tuple[str, str, str]]:
    names = comparison.names
    assert names is not None
    return [(names.piece(each.name), each.before, each.after) for each in comparison.differences]


def test_terms_and_countries_are_called_by_their_names(session: Session) -> None:
    found = changed(
        session,
        SOURCE,
        ("countries: [PT, IT]", "countries: [LT]"),
        ("areas: [warm-referral, safe-contact]", "areas: [warm-referral]"),
        ("level: regional", "level: local"),
        ("original_language: pt", "original_language: lt"),
    )
    assert said(found) == [
        ("Original language", "Portuguese", "Lithuanian"),
        ("Countries", "Portugal, Italy", "Lithuania"),
        ("Geographical reach", "Regional", "Local"),
        ("Practice areas", "warm referral, safe contact with the victim", "warm referral"),
    ]


def test_rows_are_told_behind_their_ids_with_the_names_of_their_facts(session: Session) -> None:
    row = "  - {id: o2, name: Dry Wall Fund, role: funder}\n"
    ((name, before, after),) = said(changed(session, SOURCE, (row, "")))
    assert name == "Organisations"
    assert after == "o1 · Name: Terrace Guild; Role: Lead organisation"
    assert before == f"{after}\no2 · Name: Dry Wall Fund; Role: Funder"


def test_what_the_form_does_not_ask_for_has_a_name_too(session: Session) -> None:
    found = said(
        changed(
            session,
            SOURCE,
            ("evidence_level: ev-3-evaluated", "evidence_level: ev-2-monitored"),
            ("effect_direction: effect-mixed", "effect_direction: effect-not-measured"),
            ("status: published", "status: draft"),
        )
    )
    assert found[0][0] == "Strength of evidence"
    assert found[1] == ("Effect", "mixed effects", "effect not measured")
    assert found[2] == ("Status", "Published", "Draft")


def test_values_that_are_said_alike_stand_as_they_are_written(session: Session) -> None:
    found = changed(session, SOURCE, ("countries: [PT, IT]", "countries: [PT, Italy]"))
    assert said(found) == [("Countries", "PT, IT", "PT, Italy")]


def test_of_a_translation_it_is_told_how_each_text_stands(session: Session) -> None:
    mark = "  summary: {source: 390e9663f5ed44b5, by: person, reviewed: 2026-11-10}"
    ((name, before, after),) = said(
        changed(session, ITALIAN, (mark, "  summary: {source: 0123456789abcdef, by: person}"))
    )
    assert name == "Status of each text"
    assert "Summary: Reviewed" in before.split("\n")
    assert "Summary: Out of date" in after.split("\n")
    assert set(before.split("\n")) - set(after.split("\n")) == {"Summary: Reviewed"}


def test_texts_are_in_their_language_and_names_in_the_readers(session: Session) -> None:
    found = changed(session, ITALIAN, ("Terrazze di pietra", "Terrazze"), ("Il problema", "Problema"))
    assert found.language == "it"
    assert found.names is not None
    assert found.names.is_written("title")
    assert found.names.is_written("figures.f1.label")
    assert found.names.is_written("how")
    assert not found.names.is_written("countries")
    assert not found.names.is_written("made_from")


def test_whoever_reviews_a_translation_reads_the_original_beside_it(session: Session) -> None:
    beside = originals(ITALIAN, text_of(session, ITALIAN))
    assert beside.language == "en"
    assert beside.texts["title"] == "Stone terraces"
    assert beside.texts["figures.f1.label"] == "more people who came back"
    assert beside.texts["problem"] == "Water ran down, and people with it.[^s1]"
    assert originals(SOURCE, text_of(session, SOURCE)).texts == {}


def test_a_kind_that_is_not_known_is_compared_as_it_is_written() -> None:
    found = compare(RecordFile("gardens", "x", "source"), "", "---\nid: x\n---\n")
    assert [(each.name, each.after) for each in found.differences] == [("id", "x")]
    assert found.names is None


def test_a_value_is_said_wherever_in_a_file_it_stands(session: Session) -> None:
    shape = PRACTICE
    values = piece_values(shape, PieceNames(shape, (text_of(session, SOURCE),)))
    assert values.at(("countries",), ["PT", "LT"]) == "Portugal, Lithuania"
    assert values.at(("organisations", "o1", "role"), "lead") == "Lead organisation"
    assert values.at(("secure_channel", "kinds"), ["secure-email"]) == "secure e-mail"
    assert values.at(("body", "what"), "Text.") == "Text."
    assert values.at(("words", "title"), "Terrazze") == "Terrazze"
    assert values.at(("countries",), None) == ""


def test_what_an_adaptation_has_of_its_own_is_said_with_the_reason(session: Session) -> None:
    place = RecordFile("adaptations", "gate-slip-ee", "source")
    ((name, before, after),) = said(changed(session, place, ("Nobody says good evening there.", "Too late.")))
    assert name == "Texts used from the tool"
    heading = "What is said at the gate"
    assert before.split("\n") == [
        f"{heading}: custom text, based on the tool’s text (01234567). Nobody says good evening there.",
        "adapter: as in the tool (01234567)",
    ]
    assert "Too late." in after
    names = PieceNames(ADAPTATION, [text_of(session, place)])
    assert names.segment("made.say.why") == f"{heading}: what was changed, and why"


def test_an_own_text_of_which_the_tool_has_none_says_so(session: Session) -> None:
    place = RecordFile("adaptations", "gate-slip-ee", "source")
    ((_name, _before, after),) = said(changed(session, place, ("parent: 0123456789abcdef, own", "own")))
    assert after.startswith("What is said at the gate: custom text, not in the tool. Nobody says")
