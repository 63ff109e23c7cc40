"""Search in public workshops, by words of title, audience and aims, and of the titles of slots."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.kinds.exercise.work_methods import WorkMethod
from kb.privacy.account_deletion import erase
from kb.search.query.parsed_query import ParsedQuery
from kb.search.query.search_query import SearchQuery
from kb.workshops.model import Visibility, Workshop
from kb.workshops.plan.actions import archive, change, delete, outline_of
from kb.workshops.plan.sharing import share
from kb.workshops.plan.slots import Plan, add_slot
from kb.workshops.public_search.search_index import WorkshopIndex
from tests.house import NOW, TestHouse

LATER = NOW + timedelta(days=1)
AUDIENCE = {"en": "Police officers who take reports", "lt": "Pareigūnams, kurie priima pranešimus"}
AIMS = {"en": "- Ask about *injuries* first"}


@pytest.fixture
def shelf(store: ContentStore) -> WorkshopIndex:
    return WorkshopIndex(store.engine)


@pytest.fixture
def public(session: Session, ana: User, taught: Workshop) -> Workshop:
    """A public workshop with one slot."""
    outline = replace(outline_of(taught), title={"en": "After the report", "lt": "Po pranešimo"})
    change(session, ana, taught.id, replace(outline, audience=AUDIENCE, aims=AIMS), edition=1, now=NOW)
    plan = Plan({"en": "Warm referrals"}, 40, WorkMethod.TALK, text={"en": "Gravel"}, trainer_notes={"en": "Whisper"})
    add_slot(session, ana, taught.id, plan, now=NOW)
    return share(session, ana, taught.id, Visibility.PUBLIC, now=NOW)


def question(shelf: WorkshopIndex, text: str) -> ParsedQuery:
    return shelf._engine.view_of((), lambda *_key: "").understand(text, SearchQuery(text))


def found(session: Session, shelf: WorkshopIndex, text: str) -> list[str]:
    return [each.id for each in shelf.find(session, question(shelf, text), "en").workshops]


def ranked(shelf: WorkshopIndex, text: str) -> tuple[str, ...]:
    return shelf._state.view.ranked(question(shelf, text), "en") if shelf._state is not None else ()


@pytest.mark.parametrize(
    "words",
    [
        *("report", "reports", "REPORTING", "po pranesimo", "pareigunai", "officer", "After the report"),
        *("injury", "referral", "refer", "injur", "inj", "warm referral", "police report unicorn"),
    ],
)
def test_it_is_found_by_words_in_any_ending_and_without_accents(
    session: Session, shelf: WorkshopIndex, public: Workshop, words: str
) -> None:
    assert found(session, shelf, words) == [public.id]


@pytest.mark.parametrize("words", ["gravel", "whisper", "unicorn", "report unicorn", "re", "terraces"])
def test_what_is_said_elsewhere_in_it_finds_nothing(
    session: Session, shelf: WorkshopIndex, public: Workshop, words: str
) -> None:
    """Texts of slots, trainer notes and records are not searched; nor is one of two words enough."""
    assert found(session, shelf, words) == []


def test_a_phrase_has_to_stand_there_as_it_is(session: Session, shelf: WorkshopIndex, public: Workshop) -> None:
    assert found(session, shelf, '"warm referral"') == [public.id]
    assert found(session, shelf, '"referral warm"') == []


def test_what_was_recognised_is_found_in_the_words_of_another_language(
    session: Session, shelf: WorkshopIndex, public: Workshop
) -> None:
    public.aims = {"en": "What Portugal does"}
    session.commit()
    for words in ("nukreipimas", "indirizzamento", "Portogallo", "nukreipimas Portogallo"):
        assert found(session, shelf, words) == [public.id], words
    assert found(session, shelf, "Norvegia") == []


def test_the_title_says_most(session: Session, shelf: WorkshopIndex, public: Workshop, ana: User) -> None:
    other = Workshop(
        **{
            name: getattr(public, name)
            for name in ("owner_id", "audience", "language", "visibility", "created", "aims")
        },
        title={"en": "Police officers"},
        changed=NOW,
    )
    session.add(other)
    session.commit()
    assert found(session, shelf, "police") == [other.id, public.id]


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.LINK])
def test_one_that_is_closed_is_gone_at_once(
    session: Session, shelf: WorkshopIndex, public: Workshop, ana: User, visibility: str
) -> None:
    """It disappears although this process still knows its words."""
    assert found(session, shelf, "report") == [public.id]
    share(session, ana, public.id, visibility, now=NOW)
    assert ranked(shelf, "report")
    assert found(session, shelf, "report") == []
    shelf.refresh(session)
    assert ranked(shelf, "report") == ()


def test_one_that_is_deleted_or_put_aside_is_gone_at_once(
    session: Session, shelf: WorkshopIndex, public: Workshop, ana: User
) -> None:
    assert found(session, shelf, "report")
    archive(session, ana, public.id, now=NOW)
    assert found(session, shelf, "report") == []
    delete(session, ana, public.id)
    assert found(session, shelf, "report") == []


def test_words_that_were_struck_out_find_nothing_any_more(
    session: Session, shelf: WorkshopIndex, public: Workshop
) -> None:
    """An erased name finds nothing, even while this process still knows its words."""
    assert found(session, shelf, "injuries")
    session.execute(update(Workshop).values(aims={}))
    session.commit()
    assert found(session, shelf, "injuries") == []


def test_a_name_that_was_taken_out_is_not_known_any_more_at_the_next_look(
    session: Session, shelf: WorkshopIndex, public: Workshop, ben: User
) -> None:
    ben.name, public.audience = "Benas Kaunas", {"en": "Friends of Benas Kaunas"}
    session.commit()
    assert found(session, shelf, "kaunas") == [public.id]
    ben.is_active = False
    session.commit()
    erase(session, ben, by=None, now=LATER)
    shelf.refresh(session)
    assert ranked(shelf, "kaunas") == ()
    assert found(session, shelf, "friends") == [public.id]
    assert public.changed == LATER


def test_the_stamp_says_whether_another_may_be_found(
    session: Session, shelf: WorkshopIndex, public: Workshop, ana: User
) -> None:
    stamps = [shelf.stamp]
    for step in (
        lambda: None,
        lambda: share(session, ana, public.id, Visibility.LINK, now=NOW),
        lambda: share(session, ana, public.id, Visibility.PUBLIC, now=NOW),
    ):
        step()
        shelf.refresh(session)
        stamps.append(shelf.stamp)
    assert len(set(stamps)) == 3
    assert stamps[1] == stamps[3]


def test_looking_whether_anything_changed_is_one_query_and_finding_nothing_none(
    house: TestHouse, session: Session, shelf: WorkshopIndex, public: Workshop
) -> None:
    shelf.refresh(session)
    statements: list[str] = []
    event.listen(house.engine(), "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    assert found(session, shelf, "unicorn") == []
    assert statements == []
    shelf.refresh(session)
    assert len(statements) == 1
