from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

import kb.accounts.model  # noqa: F401 - the table of people, which changes name
from kb.db import Base, begin_write, configure
from kb.errors import Erased, NotFound
from kb.history import log
from kb.history.model import ChangeKind, Revision
from kb.kinds.practice.changes import What
from kb.kinds.practice.history import Past, find_past, get_version, last_step, steps
from kb.records.files.paths import place_of
from tests.builders import a_practice_text, a_translation_text
from tests.house import NOW

RECORD = "ask-before-referral"


@pytest.fixture
def session() -> Iterator[Session]:
    engine = configure(create_engine("sqlite://"))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def write(session: Session, kind: ChangeKind = ChangeKind.PUBLISH, **parts: str | None) -> None:
    """Append a change; `None` takes a part away."""
    begin_write(session)
    entries = []
    for part, text in parts.items():
        place = place_of(f"practices/{RECORD}", part)
        head = log.find_head(session, place)
        entries.append(log.LogEntry(place, text.encode() if text is not None else None, head.number if head else 0))
    log.append(session, kind, entries, author_id=None, note="", now=moment(session))


def moment(session: Session) -> datetime:
    """A day for each change."""
    return NOW + timedelta(days=log.last_number(session))


def erase(session: Session, number: int, part: str = "source") -> None:
    revision = session.scalars(select(Revision).where(Revision.number == number, Revision.part == part)).one()
    revision.text, revision.redacted = None, True
    session.commit()


def past(session: Session) -> Past:
    found = find_past(session, RECORD)
    assert found is not None
    return found


def told(session: Session) -> list[tuple[int | None, list[What]]]:
    """The steps from the first on: the version, and what happened."""
    return [(step.version, [event.what for event in step.events]) for step in reversed(steps(session, past(session)))]


def test_of_an_unknown_practice_nothing_is_known(session: Session) -> None:
    assert find_past(session, "nothing") is None
    with pytest.raises(NotFound):
        get_version(session, "nothing", 1)


def test_steps_tell_what_readers_saw_the_newest_first(session: Session) -> None:
    write(session, source=a_practice_text(), it=a_translation_text())
    write(session, source=a_practice_text(title="Police ask first"))
    write(session, it=a_translation_text(words={"title": "La polizia chiede"}))
    assert told(session) == [(1, [What.PUBLISHED]), (2, [What.TEXT]), (None, [What.TRANSLATION_REVISED])]
    newest = steps(session, past(session))[0]
    assert newest.at == NOW + timedelta(days=2)
    assert last_step(session, past(session)) == newest


def test_drafts_are_no_steps_and_the_texts_around_them_are_compared(session: Session) -> None:
    write(session, source=a_practice_text(status="draft"), it=a_translation_text())
    write(session, source=a_practice_text())
    write(session, source=a_practice_text(status="draft", title="Secret"))
    write(session, source=a_practice_text(countries=["PT", "ES"]))
    assert told(session) == [(2, [What.PUBLISHED]), (4, [What.AGAIN, What.FACTS])]


def test_a_retired_practice_and_its_return_are_steps(session: Session) -> None:
    write(session, source=a_practice_text())
    write(session, ChangeKind.RETIRE, source=a_practice_text(status="retired"))
    write(session, ChangeKind.RESTORE, source=a_practice_text())
    assert told(session) == [(1, [What.PUBLISHED]), (None, [What.RETIRED]), (3, [What.AGAIN])]


def test_what_changed_for_nobody_is_left_out_even_as_the_last_step(session: Session) -> None:
    write(session, source=a_practice_text())
    write(session, source=a_practice_text(keeper="Maria Exemplo"))
    assert told(session) == [(1, [What.PUBLISHED])]
    last = last_step(session, past(session))
    assert last is not None
    assert last.version == 1


def test_an_erased_text_is_told_and_the_next_is_revised(session: Session) -> None:
    write(session, source=a_practice_text())
    write(session, source=a_practice_text(title="A name that had to go"))
    write(session, source=a_practice_text(title="Police ask first"))
    erase(session, 2)
    assert told(session) == [(1, [What.PUBLISHED]), (None, [What.ERASED]), (3, [What.TEXT])]
    last = last_step(session, past(session))
    assert last is not None
    assert [event.names for event in last.events] == [()]


def test_a_long_past_is_cut_and_still_compared_with_what_stood_before(session: Session) -> None:
    for number in range(5):
        write(session, source=a_practice_text(title=f"Title {number}"))
    found = steps(session, past(session), at_most=2)
    assert [(step.version, step.events[0].what) for step in found] == [(5, What.TEXT), (4, What.TEXT)]


def test_a_version_brings_the_translations_that_stood_when_the_next_one_came(session: Session) -> None:
    write(session, source=a_practice_text())
    write(session, it=a_translation_text(words={"title": "Primo"}))
    write(session, it=a_translation_text(words={"title": "Secondo"}))
    write(session, source=a_practice_text(title="Police ask first"), it=a_translation_text(words={"title": "Terzo"}))
    write(session, it=None)
    first, second = get_version(session, RECORD, 1), get_version(session, RECORD, 2)
    assert first.bundle.reading("it").title.text == "Secondo"
    assert first.bundle.record.title == "Police ask before they refer"
    assert (first.number, first.newest, first.is_newest, first.at) == (1, 2, False, NOW)
    assert second.bundle.languages() == ("en",)
    assert second.is_newest


def test_only_versions_that_were_published_can_be_read(session: Session) -> None:
    write(session, source=a_practice_text())
    write(session, source=a_practice_text(status="draft"))
    write(session, source=a_practice_text(title="A name that had to go"))
    write(session, source=a_practice_text(), it=a_translation_text())
    write(session, source="---\nbroken", it=a_translation_text(words={"title": "Un nome"}))
    erase(session, 3)
    erase(session, 2, "it")
    assert get_version(session, RECORD, 1).number == 1
    assert get_version(session, RECORD, 4).bundle.languages() == ("en", "it")
    for number in (2, 5, 6):
        with pytest.raises(NotFound):
            get_version(session, RECORD, number)
    with pytest.raises(Erased):
        get_version(session, RECORD, 3)
