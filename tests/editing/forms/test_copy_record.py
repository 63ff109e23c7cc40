"""Records created from another one: a copy without people's work on the original, a pattern without its claims."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.forms.copy_record import CopyScope, archetype, begin_from, duplicate
from kb.editing.forms.new_record import Beginning
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.errors import NotFound, Rejected
from kb.kinds.registry import KINDS
from tests.builders import an_adaptation_text
from tests.house import NOW, SAMPLE, TEXT, a_curator, publish_text

BY_NAME = {kind.shape.name: kind for kind in KINDS}
TERRACES = (SAMPLE / "practices/stone-terraces/practice.md").read_text(encoding="utf-8")
NEW = Beginning("rope-ladder", "lt", {"title": "Virvė"})


def opened(text: str, kind: str = "practices") -> SourceFile:
    file = read_source_file(BY_NAME[kind], text)
    assert file is not None
    return file


def lines(text: str) -> set[str]:
    return set(text.splitlines())


def test_a_copy_has_everything_but_id_title_status_and_what_people_did_for_the_other() -> None:
    text = TERRACES.replace("validation:", "keeper: Ana Costa\nreviewed: 2026-01-02\nvalidation:")
    copy = duplicate(opened(text), NEW)
    assert lines(copy) - lines(text) == {"id: rope-ladder", "title: Virvė", "status: draft"}
    assert {line.partition(":")[0] for line in lines(text) - lines(copy)} == {
        *("id", "title", "status", "aliases", "keeper", "reviewed", "validation"),
    }
    assert "origin: machine-drafted" in copy


def test_a_copy_without_a_title_keeps_that_of_the_other() -> None:
    assert "\ntitle: Stone terraces\n" in duplicate(opened(TERRACES), Beginning("rope-ladder", "lt"))


def test_answers_of_people_are_not_copied_and_the_rating_follows() -> None:
    by_person = TERRACES.replace("by: machine", "by: person")
    copy = duplicate(opened(by_person), NEW)
    assert "assessments:" not in copy
    assert "evidence_level" not in copy
    both = by_person.replace(
        "external_ratings:",
        "  - {id: a2, by: machine, on: 2026-11-20, answers: {G1: yes, G2: yes, G3: yes, G4: yes, Q1: yes, Q2: no, "
        "D1: no, T1: no}}\nexternal_ratings:",
    )
    copy = duplicate(opened(both), NEW)
    assert "id: a2" in copy
    assert "id: a1, by" not in copy
    assert "evidence_level: ev-1-described" in copy


def test_a_pattern_has_the_terms_and_the_headings_and_no_claim() -> None:
    text = archetype(opened(TERRACES), NEW)
    file = opened(text)
    assert file.values == {
        "id": "rope-ladder",
        "language": "lt",
        "title": "Virvė",
        "areas": ["warm-referral", "safe-contact"],
        "actors": ["police"],
        "victim_groups": ["victims-of-domestic-violence"],
        "crime_types": ["domestic-violence"],
        "stages": ["stage-reporting"],
        "document_types": ["doc-referral-form"],
        "status": "draft",
        "licence": "CC-BY-4.0",
    }
    assert [(each.heading, each.text) for each in file.sections] == [
        *(("Problema", ""), ("Kas tai", ""), ("Kaip veikia", ""), ("Rezultatai", "")),
    ]


def test_a_pattern_of_a_page_has_its_own_headings() -> None:
    file = opened(archetype(opened(TEXT, "pages"), NEW), "pages")
    assert [each.heading for each in file.sections] == ["What it is", "How it works"]
    assert "Walls" not in file.text


def test_a_record_is_begun_from_another_in_the_right_language(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    editor = a_curator(session)
    copy = begin_from(session, store, editor, "pages", "stone-terraces", CopyScope.DUPLICATE, NEW, now=NOW)
    assert "language: en\n" in copy.text
    second = Beginning("second", "lt")
    pattern = begin_from(session, store, editor, "pages", "stone-terraces", CopyScope.ARCHETYPE, second, now=NOW)
    assert "language: lt\n" in pattern.text
    with pytest.raises(Rejected) as caught:
        begin_from(session, store, editor, "pages", "stone-terraces", CopyScope.DUPLICATE, NEW, now=NOW)
    assert caught.value.problems[0].code == "id-taken"
    with pytest.raises(NotFound):
        begin_from(session, store, editor, "pages", "nothing", CopyScope.DUPLICATE, NEW, now=NOW)


def test_a_copy_of_an_adaptation_was_reviewed_by_no_lawyer() -> None:
    text = an_adaptation_text(reviewed_by_lawyer="A lawyer", origin=None)
    copy = duplicate(opened(text, "adaptations"), Beginning("referral-form-ro", "en"))
    assert "reviewed_by_lawyer" not in copy
    assert "parent: referral-form" in copy
