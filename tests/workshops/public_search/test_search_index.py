"""Which workshops a search finds: public ones, by the words of title, audience and aims, and of their slots' titles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.privacy.account_deletion import erase
from kb.search.results.results import RecognisedTerm
from kb.workshops.model import Method, Visibility, Workshop
from kb.workshops.plan.actions import archive, change, delete, outline_of
from kb.workshops.plan.sharing import share
from kb.workshops.plan.slots import Plan, add_slot
from kb.workshops.public_search.postings import WordPlaces
from kb.workshops.public_search.search_index import WorkshopIndex, find
from kb.workshops.public_search.word_index import IndexedWorkshop, Sought, content_words
from tests.house import NOW, TestHouse

LATER = NOW + timedelta(days=1)
AUDIENCE = {"en": "Police officers who take reports", "lt": "Pareigūnams, kurie priima pranešimus"}
AIMS = {"en": "- Ask about *injuries* first"}


@pytest.fixture
def shelf() -> WorkshopIndex:
    return WorkshopIndex()


@pytest.fixture
def public(session: Session, ana: User, taught: Workshop) -> Workshop:
    """A workshop that everybody may see, with one slot."""
    outline = replace(outline_of(taught), title={"en": "After the report", "lt": "Po pranešimo"})
    change(session, ana, taught.id, replace(outline, audience=AUDIENCE, aims=AIMS), edition=1, now=NOW)
    plan = Plan({"en": "Warm referrals"}, 40, Method.TALK, text={"en": "Gravel"}, trainer_notes={"en": "Whisper"})
    add_slot(session, ana, taught.id, plan, now=NOW)
    return share(session, ana, taught.id, Visibility.PUBLIC, now=NOW)


def found(session: Session, shelf: WorkshopIndex, *words: str, **more: Iterable[str]) -> list[str]:
    sought = Sought(tuple(words), **{name: tuple(values) for name, values in more.items()})  # type: ignore[arg-type]
    return [each.id for each in find(session, shelf, sought).workshops]


@pytest.mark.parametrize(
    "words",
    [
        *(("report",), ("reports",), ("REPORTING".lower(),), ("po", "pranesimo"), ("pareigunai",), ("officer",)),
        *(("injury",), ("referral",), ("refer",), ("injur",), ("warm", "referral"), ("police", "report", "unicorn")),
    ],
)
def test_it_is_found_by_words_in_any_ending_and_without_accents(
    session: Session, shelf: WorkshopIndex, public: Workshop, words: tuple[str, ...]
) -> None:
    assert found(session, shelf, *words) == [public.id]


@pytest.mark.parametrize(
    "words", [("gravel",), ("whisper",), ("unicorn",), ("report", "unicorn"), ("re",), ("terraces",)]
)
def test_what_is_said_elsewhere_in_it_finds_nothing(
    session: Session, shelf: WorkshopIndex, public: Workshop, words: tuple[str, ...]
) -> None:
    """Texts of slots, notes of the trainer, what it works with; and two words of which one stands nowhere."""
    assert found(session, shelf, *words) == []


def test_a_phrase_has_to_stand_there_as_it_is(session: Session, shelf: WorkshopIndex, public: Workshop) -> None:
    assert found(session, shelf, "warm", "referral", phrases=["warm referral"]) == [public.id]
    assert found(session, shelf, "warm", "referral", phrases=["referral warm"]) == []


def test_what_was_recognised_is_found_in_the_words_of_another_language(
    session: Session, shelf: WorkshopIndex, public: Workshop
) -> None:
    term = RecognisedTerm("referral", "odkázanie obete")
    sought = Sought(("odkázanie", "obete"), (), (term,), lambda _term, code: ("warm referral",) if code == "en" else ())
    assert [each.id for each in find(session, shelf, sought).workshops] == [public.id]


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
    """Though this process still knows its words."""
    assert found(session, shelf, "report") == [public.id]
    share(session, ana, public.id, visibility, now=NOW)
    assert shelf.likely(Sought(("report",)))
    assert found(session, shelf, "report") == []
    shelf.refresh(session)
    assert shelf.likely(Sought(("report",))) == []


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
    """Whoever had her name erased is not found by it, whatever this process still knows."""
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
    assert shelf.likely(Sought(("kaunas",))) == []
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


def test_words_that_say_nothing_are_looked_for_where_there_are_no_others() -> None:
    assert content_words("How to report a crime", "en") == ("report", "crime")
    assert content_words("to be or not to be", "en") == ("to", "be", "or", "not")
    assert content_words("?!", "en") == ()


WORDS = ["report", "reports", "reporting", "police", "officer", "pranešimas", "pranešimo", "vardas", "policija", "case"]
some_words = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
texts = st.dictionaries(st.sampled_from(["en", "lt"]), some_words, max_size=2)


@given(
    st.lists(st.tuples(texts, texts), max_size=6),
    st.lists(st.sampled_from([*WORDS, "pol", "polic", "repo", "unicorn"]), max_size=4, unique=True),
    st.booleans(),
)
def test_the_places_of_words_leave_out_none_that_fits(
    titles: list[tuple[dict[str, str], dict[str, str]]], words: list[str], is_recognised: bool
) -> None:
    known = {
        str(number): IndexedWorkshop.of(Workshop(title=title, audience=more, aims={}))
        for number, (title, more) in enumerate(titles)
    }
    terms = (RecognisedTerm("police", "police"),) if is_recognised else ()
    sought = Sought(tuple(words), (), terms, lambda _term, code: {"lt": ["policija"]}.get(code, []))
    fitting = {each for each, of_it in known.items() if of_it.worth(sought)}
    assert set(WordPlaces(known).likely(sought)) == fitting
