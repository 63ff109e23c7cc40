"""Roles with limits: the record before and after the change decides, and its part."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.accounts.permissions import Permission, Subject
from kb.content_store.reference_data import ReferenceData
from kb.content_store.store import ContentStore
from kb.errors import Forbidden
from kb.kinds.registry import KINDS
from kb.publishing.actions import Edit, publish, retire
from kb.publishing.authorization import may_begin, subject_of, writing
from kb.publishing.drafts import save_draft
from kb.records.files.paths import RecordFile
from tests.builders import a_register_text, an_adaptation_text
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, SOURCE_PLACE, TEXT, a_curator, an_edit, publish_text

PRACTICE = RecordFile("practices", "stone-terraces", "source")
FACTS = "---\nid: stone-terraces\nlanguage: en\ncountries: [PT, RO]\nareas: [opt-in-referral]\n---\n"


def test_a_subject_has_the_countries_the_areas_with_the_wider_ones_and_the_language(knowledge: ReferenceData) -> None:
    found = subject_of(PRACTICE, FACTS, knowledge.vocabularies)
    assert found == Subject(frozenset({"PT", "RO"}), frozenset({"opt-in-referral", "referral"}), "en")
    italian = RecordFile("practices", "stone-terraces", "it")
    assert subject_of(italian, FACTS, knowledge.vocabularies).language == "it"


def test_a_country_and_a_theme_are_about_what_their_ids_say(knowledge: ReferenceData) -> None:
    assert subject_of(RecordFile("countries", "pt", "source"), FACTS, knowledge.vocabularies).countries == {"PT"}
    assert subject_of(RecordFile("themes", "referral", "source"), FACTS, knowledge.vocabularies).areas == {"referral"}


def test_an_adaptation_is_about_its_one_country(knowledge: ReferenceData) -> None:
    adaptation = RecordFile("adaptations", "referral-form-pt", "source")
    found = subject_of(adaptation, an_adaptation_text(), knowledge.vocabularies)
    assert found == Subject(frozenset({"PT"}), frozenset({"opt-in-referral", "referral"}), "en")
    register = RecordFile("register", "shared", "source")
    assert subject_of(register, a_register_text(), knowledge.vocabularies) == Subject(language="en")


def test_a_text_that_cannot_be_read_is_about_nothing(knowledge: ReferenceData) -> None:
    assert subject_of(PRACTICE, "nothing of a record", knowledge.vocabularies) == Subject()
    assert subject_of(PRACTICE, "---\ncountries: PT\nareas: {a: b}\n---\n", knowledge.vocabularies) == Subject()


def test_translations_ask_for_another_permission_than_the_source_and_its_pictures() -> None:
    assert writing(PRACTICE) is Permission.EDIT
    assert writing(RecordFile("practices", "stone-terraces", "wall.jpg")) is Permission.EDIT
    assert writing(RecordFile("practices", "stone-terraces", "lt")) is Permission.TRANSLATE


def test_a_translator_keeps_drafts_of_translations_alone(session: Session) -> None:
    translator = a_curator(session, "tr@example.org", Role.TRANSLATOR)
    assert save_draft(session, translator, Edit(ITALIAN, ITALIAN_TEXT, 0, ""), now=NOW).id
    with pytest.raises(Forbidden):
        save_draft(session, translator, Edit(SOURCE_PLACE, TEXT, 0, ""), now=NOW)


def test_a_publisher_of_one_language_publishes_no_other(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    limited = a_limited_publisher(session, "lt")
    with pytest.raises(Forbidden):
        publish(session, store, limited, [an_edit(session, ITALIAN_TEXT, ITALIAN)], note="", now=NOW)
    limited.grants[0].languages = "it lt"
    session.commit()
    publish(session, store, limited, [an_edit(session, ITALIAN_TEXT, ITALIAN)], note="", now=NOW)
    with pytest.raises(Forbidden):
        retire(session, store, limited, SOURCE_PLACE.record, successor=None, note="", now=NOW)


def test_nobody_moves_a_record_into_what_they_answer_for(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    moved = TEXT.replace("language: en", "language: it")
    with pytest.raises(Forbidden):
        publish(session, store, a_limited_publisher(session, "it"), [an_edit(session, moved)], note="", now=NOW)


def a_limited_publisher(session: Session, language: str) -> User:
    user = a_curator(session, f"{language}@example.org", Role.PUBLISHER)
    user.grants[0].languages = language
    session.commit()
    return user


@pytest.mark.parametrize(
    ("limit", "value", "reached"),
    [
        ("countries", "PT", {"practices", "countries", "adaptations"}),
        ("areas", "referral", {"practices", "themes", "adaptations", "tools", "exercises"}),
    ],
)
def test_a_limited_role_begins_records_only_of_kinds_that_it_can_reach(
    session: Session, limit: str, value: str, reached: set[str]
) -> None:
    limited = a_curator(session, "c@example.org", Role.CURATOR)
    assert all(may_begin(limited, kind.shape) for kind in KINDS)
    setattr(limited.grants[0], limit, value)
    assert {kind.shape.name for kind in KINDS if may_begin(limited, kind.shape)} == reached
    assert not any(may_begin(a_curator(session, "t@example.org", Role.TRANSLATOR), kind.shape) for kind in KINDS)
