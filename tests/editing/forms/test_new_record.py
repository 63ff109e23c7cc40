"""New records: their first text, free ids, and two users who choose the same id."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.editing.forms.new_record import Beginning, begin_record
from kb.errors import Forbidden, NotFound, Rejected
from kb.history.model import Draft, DraftOrigin
from kb.records.front_matter import Value
from tests.house import NOW, TEXT, a_curator, publish_text

LADDER = Beginning("rope-ladder", "lt")


def codes(caught: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_record_begins_as_a_draft_with_what_the_schema_needs_first(session: Session, store: ContentStore) -> None:
    draft = begin_record(session, store, a_curator(session), "practices", LADDER, now=NOW)
    assert (draft.record, draft.part, draft.base_number, draft.origin) == (
        "practices/rope-ladder",
        "source",
        0,
        DraftOrigin.EDITOR,
    )
    assert draft.text == "---\nid: rope-ladder\nlanguage: lt\nstatus: draft\nlicence: CC-BY-4.0\n---\n"


def test_what_is_known_stands_where_the_guide_has_it(session: Session, store: ContentStore) -> None:
    facts: dict[str, Value] = {"areas": ["warm-referral"], "title": "Virvė: kopėčios", "countries": ["NO"]}
    beginning = Beginning("rope-ladder", "lt", facts, {"what": "Kopėčios.\n", "problem": "Siena.", "how": "  "})
    draft = begin_record(session, store, a_curator(session), "practices", beginning, now=NOW)
    assert draft.text == (
        "---\nid: rope-ladder\nlanguage: lt\ntitle: 'Virvė: kopėčios'\ncountries: ['NO']\nareas: [warm-referral]\n"
        "status: draft\nlicence: CC-BY-4.0\n---\n"
        "## Problema {#problem}\n\nSiena.\n\n## Kas tai {#what}\n\nKopėčios.\n"
    )


def test_an_id_that_was_ever_used_is_taken(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT.replace("status: published", "status: published\naliases: [old-walls]"))
    for record_id, code in (
        ("stone-terraces", "id-taken"),
        ("old-walls", "id-taken"),
        ("Not An Id", "bad-id"),
        ("../x", "bad-id"),
        ("x" * 81, "bad-id"),
        ("", "bad-id"),
    ):
        with pytest.raises(Rejected) as caught:
            begin_record(session, store, a_curator(session), "pages", Beginning(record_id, "en"), now=NOW)
        assert codes(caught) == [code]


def test_of_two_who_choose_the_same_id_the_second_is_told(session: Session, store: ContentStore) -> None:
    first = begin_record(session, store, a_curator(session), "practices", LADDER, now=NOW)
    for email, words in (
        ("other@example.org", "Someone has just started a record with the ID"),
        ("curator@example.org", "Its draft is on your dashboard. Choose another ID."),
    ):
        with pytest.raises(Rejected) as caught:
            begin_record(session, store, a_curator(session, email), "practices", LADDER, now=NOW)
        assert words in caught.value.problems[0].text()
        session.rollback()
    assert session.scalars(select(Draft.id)).all() == [first.id]


def test_a_record_begins_in_a_language_of_the_site(session: Session, store: ContentStore) -> None:
    with pytest.raises(Rejected) as caught:
        begin_record(session, store, a_curator(session), "pages", Beginning("walls", "xx"), now=NOW)
    assert caught.value.problems[0].where == ("language",)


def test_who_may_not_edit_begins_nothing_and_no_record_is_of_an_unknown_kind(
    session: Session, store: ContentStore
) -> None:
    translator = a_curator(session, "t@example.org", Role.TRANSLATOR)
    with pytest.raises(Forbidden):
        begin_record(session, store, translator, "practices", LADDER, now=NOW)
    with pytest.raises(NotFound):
        begin_record(session, store, a_curator(session), "recipes", LADDER, now=NOW)
