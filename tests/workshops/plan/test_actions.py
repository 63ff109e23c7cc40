"""Actions of trainers on workshops, slots and items: permissions, and refusals without loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.accounts.rate_limit import failures
from kb.content_store.store import ContentStore
from kb.errors import Forbidden, NotFound, Rejected
from kb.kinds.exercise.work_methods import WorkMethod
from kb.workshops.model import Feedback, Item, ItemKind, Slot, Visibility, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.actions import Outline, archive, change, copy, create, delete, outline_of, reopen
from kb.workshops.plan.items import ItemTexts, add_piece, change_item, move_item, remove_item
from kb.workshops.plan.sharing import add_trainer, people_of, remove_trainer, renew_link, share
from kb.workshops.plan.slots import Plan, add_slot, add_slots, change_slot, move_slot, plan_of, put_slot, remove_slot
from tests.house import NOW, RECORD, a_curator
from tests.workshops.conftest import OUTLINE

LUNCH = Plan({"en": "Lunch"}, 60, WorkMethod.BREAK)
TALK = Plan({"en": "Talk"}, 40, WorkMethod.TALK, trainer_notes={"en": "Ask first."})


def codes(verb: Callable[[], object]) -> list[str]:
    with pytest.raises(Rejected) as caught:
        verb()
    return [problem.code for problem in caught.value.problems]


def titles(workshop: Workshop) -> list[tuple[int, str]]:
    return [(slot.day, slot.title["en"]) for slot in sorted(workshop.slots, key=lambda slot: slot.position)]


def a_day(session: Session, user: User, workshop: Workshop, *names: str, day: int = 1) -> list[Slot]:
    plans = [Plan({"en": name}, 30, WorkMethod.TALK, day=day) for name in names]
    return add_slots(session, user, workshop.id, plans, now=NOW)


def test_a_workshop_is_made_and_changed(session: Session, ana: User, taught: Workshop) -> None:
    assert (taught.visibility, taught.starts, taught.languages) == (Visibility.PRIVATE, "09:00", ("en", "lt"))
    outline = replace(outline_of(taught), title={"en": "Two days", "lt": "Dvi dienos"}, held="2027-03-12", ends="")
    change(session, ana, taught.id, outline, edition=1, now=NOW)
    assert outline_of(taught) == outline
    assert codes(lambda: change(session, ana, taught.id, outline, edition=1, now=NOW)) == ["changed-meanwhile"]


def test_every_problem_of_an_outline_is_said_at_once(session: Session, store: ContentStore, ana: User) -> None:
    bad = Outline(
        {"en": "x" * 301, "xx": "?"}, "de", "de", held="12.3.2027", starts="", ends="25:00", place="a\x00b", aims={}
    )
    assert set(codes(lambda: create(session, store, ana, bad, now=NOW))) == {
        "unknown-language",
        "same-language",
        "too-long",
        "missing-title",
        "bad-date",
        "bad-time",
        "control-character",
    }
    assert session.scalar(select(func.count(Workshop.id))) == 0


def test_a_workshop_is_begun_with_all_of_its_notes_or_not_at_all(
    session: Session, store: ContentStore, ana: User, taught: Workshop
) -> None:
    made = create(session, store, ana, OUTLINE, records=[RECORD], notes={RECORD: "Ask first."}, now=NOW)
    assert [(item.text, item.edition) for item in made.basket] == [({"en": "Ask first."}, 1)]
    bad = {RECORD: "a\x00b"}
    assert codes(lambda: create(session, store, ana, OUTLINE, records=[RECORD], notes=bad, now=NOW)) == [
        "control-character"
    ]
    assert session.scalar(select(func.count(Workshop.id))) == 2


def test_who_is_no_trainer_builds_nothing(session: Session, store: ContentStore, taught: Workshop) -> None:
    nobody = a_curator(session, "reader@example.org", Role.TRAINER)
    nobody.grants.clear()
    session.commit()
    with pytest.raises(Forbidden):
        create(session, store, nobody, OUTLINE, now=NOW)
    with pytest.raises(Forbidden):
        access.taught(session, nobody, taught.id)


def test_what_is_not_for_somebody_looks_as_if_it_never_was(session: Session, ben: User, taught: Workshop) -> None:
    slot_id = item_id = "x"
    for verb in (
        lambda: access.taught(session, ben, taught.id),
        lambda: access.taught(session, ben, "never-was"),
        lambda: access.public(session, taught.id),
        lambda: access.by_link(session, ""),
        lambda: change(session, ben, taught.id, OUTLINE, edition=1, now=NOW),
        lambda: archive(session, ben, taught.id, now=NOW),
        lambda: delete(session, ben, taught.id),
        lambda: share(session, ben, taught.id, Visibility.PUBLIC, now=NOW),
        lambda: add_slot(session, ben, taught.id, TALK, now=NOW),
        lambda: remove_slot(session, ben, taught.id, slot_id, edition=1, now=NOW),
        lambda: remove_item(session, ben, taught.id, item_id, now=NOW),
    ):
        with pytest.raises(NotFound):
            verb()
    assert list(access.mine(session, ben)) == []
    assert list(access.all_public(session)) == []


@pytest.mark.parametrize("key", ["\x00", "a" * 23 + "\x00", "a" * 24 + "\n", "A" * 24, "\ud800", "x" * 4_000, ""])
def test_what_is_no_id_is_not_asked_of_the_database(session: Session, taught: Workshop, key: str) -> None:
    asked: list[str] = []
    bind = session.get_bind()
    assert taught.slots == []  # loads the workshop before statements are recorded

    def note(*args: Any) -> None:
        asked.append(args[2])

    event.listen(bind, "before_cursor_execute", note)
    try:
        with pytest.raises(NotFound):
            access.public(session, key)
        with pytest.raises(NotFound):
            access.slot_of(taught, key)
    finally:
        event.remove(bind, "before_cursor_execute", note)
    assert asked == []


def test_slots_stand_in_their_days(session: Session, ana: User, taught: Workshop) -> None:
    first, second = a_day(session, ana, taught, "one", "two")
    a_day(session, ana, taught, "next day", day=2)
    add_slot(session, ana, taught.id, LUNCH, now=NOW)
    add_slot(session, ana, taught.id, replace(TALK, day=2), after=first.id, now=NOW)
    expected = [(1, "one"), (1, "Talk"), (1, "two"), (1, "Lunch"), (2, "next day")]
    assert titles(taught) == expected
    session.expire_all()
    assert titles(taught) == expected
    assert [slot.position for slot in taught.slots] == [0, 1, 2, 3, 4]
    assert second.day == 1


def test_a_slot_moves_within_its_day_and_on_to_the_next(session: Session, ana: User, taught: Workshop) -> None:
    one, two = a_day(session, ana, taught, "one", "two")
    (three,) = a_day(session, ana, taught, "three", day=2)
    move_slot(session, ana, taught.id, one.id, by=1, now=NOW)
    assert titles(taught) == [(1, "two"), (1, "one"), (2, "three")]
    move_slot(session, ana, taught.id, one.id, by=1, now=NOW)
    assert titles(taught) == [(1, "two"), (2, "one"), (2, "three")]
    move_slot(session, ana, taught.id, three.id, by=1, now=NOW)  # it is the last one already
    move_slot(session, ana, taught.id, two.id, by=-1, now=NOW)
    assert titles(taught) == [(1, "two"), (2, "one"), (2, "three")]
    put_slot(session, ana, taught.id, three.id, before=two.id, day=9, now=NOW)
    assert titles(taught) == [(1, "three"), (1, "two"), (2, "one")]
    put_slot(session, ana, taught.id, three.id, before=None, day=2, now=NOW)
    assert titles(taught) == [(1, "two"), (2, "one"), (2, "three")]
    put_slot(session, ana, taught.id, one.id, before=one.id, day=1, now=NOW)
    assert titles(taught) == [(1, "two"), (2, "one"), (2, "three")]
    session.expire_all()
    assert titles(taught) == [(1, "two"), (2, "one"), (2, "three")]


def test_a_slot_is_changed_by_one_at_a_time(session: Session, ana: User, taught: Workshop) -> None:
    one, _two = a_day(session, ana, taught, "one", "two")
    plan = replace(plan_of(one), minutes=75, starts="9.30", day=2)
    change_slot(session, ana, taught.id, one.id, plan, edition=1, now=NOW)
    assert (one.minutes, one.starts, titles(taught)) == (75, "09:30", [(1, "two"), (2, "one")])
    bad = replace(plan, title={}, minutes=0, method="magic", starts="soon", text={"en": "x" * 20_001})
    assert sorted(codes(lambda: change_slot(session, ana, taught.id, one.id, bad, edition=1, now=NOW))) == [
        "bad-length",
        "bad-time",
        "changed-meanwhile",
        "missing-title",
        "too-long",
        "unknown-method",
    ]


def test_what_stood_in_a_slot_that_goes_is_in_the_basket(session: Session, ana: User, taught: Workshop) -> None:
    one, two = a_day(session, ana, taught, "one", "two")
    (item,) = taught.basket
    move_item(session, ana, taught.id, item.id, slot_id=one.id, now=NOW)
    assert (taught.basket, taught.in_slot(one)) == ([], [item])
    remove_slot(session, ana, taught.id, one.id, edition=1, now=NOW)
    session.expire_all()
    assert (taught.basket, titles(taught), two.position) == ([item], [(1, "two")], 0)


def test_what_somebody_else_changed_meanwhile_is_not_taken_out(session: Session, ana: User, taught: Workshop) -> None:
    (slot,) = a_day(session, ana, taught, "one")
    (item,) = taught.basket
    change_slot(session, ana, taught.id, slot.id, replace(TALK, title={"en": "new"}), edition=1, now=NOW)
    change_item(session, ana, taught.id, item.id, title={}, text={"en": "Mine."}, edition=1, now=NOW)
    for verb in (
        lambda: remove_slot(session, ana, taught.id, slot.id, edition=1, now=NOW),
        lambda: remove_item(session, ana, taught.id, item.id, edition=1, now=NOW),
    ):
        assert "changed-meanwhile" in codes(verb)
    assert codes(lambda: remove_item(session, ana, taught.id, item.id, now=NOW)) == ["has-words"]
    remove_slot(session, ana, taught.id, slot.id, edition=2, now=NOW)
    remove_item(session, ana, taught.id, item.id, edition=2, now=NOW)
    assert (taught.slots, taught.items) == ([], [])


def test_items_stand_in_an_order(session: Session, ana: User, taught: Workshop) -> None:
    (slot,) = a_day(session, ana, taught, "one")
    pieces = [ItemTexts(ItemKind.QUIZ, {"en": name}, {"en": "Is it?"}, ("practices/a", "practices/b")) for name in "ab"]
    a, b = (add_piece(session, ana, taught.id, piece, slot_id=slot.id, now=NOW) for piece in pieces)
    move_item(session, ana, taught.id, b.id, slot_id=slot.id, position=0, now=NOW)
    session.expire_all()
    assert taught.in_slot(slot) == [b, a]
    assert a.made_from == "practices/a practices/b"
    change_item(session, ana, taught.id, a.id, title={"en": "c"}, text={"lt": "Ar?"}, edition=1, now=NOW)
    assert (a.title, a.text) == ({"en": "c"}, {"lt": "Ar?"})
    change = lambda: change_item(session, ana, taught.id, a.id, title={}, text={}, edition=1, now=NOW)  # noqa: E731
    assert codes(change) == ["missing-title", "changed-meanwhile"]
    bad = ItemTexts("record", {"en": "a"}, made_from=("../secret",))
    assert codes(lambda: add_piece(session, ana, taught.id, bad, now=NOW)) == ["unknown-kind", "bad-records"]


def test_a_copy_is_private_and_leaves_behind_what_is_for_trainers(
    session: Session, ana: User, ben: User, taught: Workshop
) -> None:
    slot = add_slot(session, ana, taught.id, TALK, now=NOW)
    task = ItemTexts(ItemKind.TEXT, {"en": "Task"}, answers={"en": "Forty-two."})
    add_piece(session, ana, taught.id, task, slot_id=slot.id, now=NOW)
    share(session, ana, taught.id, Visibility.PUBLIC, now=NOW)
    session.add(Feedback(workshop_id=taught.id, day="2026-11-25", answers={"useful": "5"}))
    session.commit()
    made = copy(session, ben, taught.id, now=NOW)
    assert (made.owner_id, made.visibility, made.token, made.feedback, made.basket) == (ben.id, "private", "", [], [])
    assert [(each.title, each.trainer_notes) for each in made.slots] == [({"en": "Talk"}, {})]
    assert [(each.title, each.answers) for each in made.in_slot(made.slots[0])] == [({"en": "Task"}, {})]
    own = copy(session, ana, taught.id, title={"en": "Again"}, now=NOW)
    assert (own.title, own.slots[0].trainer_notes, len(own.basket)) == ({"en": "Again"}, {"en": "Ask first."}, 1)
    assert [each.answers for each in own.in_slot(own.slots[0])] == [{"en": "Forty-two."}]


def test_what_is_shared_by_link_is_copied_by_who_teaches_it_alone(
    session: Session, ana: User, ben: User, taught: Workshop
) -> None:
    share(session, ana, taught.id, Visibility.LINK, now=NOW)
    token = taught.token
    assert codes(lambda: copy(session, ben, token, now=NOW)) == ["not-public"]
    with pytest.raises(NotFound):
        copy(session, ben, taught.id, now=NOW)
    assert list(access.mine(session, ben)) == []
    add_trainer(session, ana, taught.id, ben.email, now=NOW)
    assert copy(session, ben, token, now=NOW).owner_id == ben.id


def test_what_is_no_longer_shared_is_not_copied(session: Session, ana: User, ben: User, taught: Workshop) -> None:
    share(session, ana, taught.id, Visibility.PUBLIC, now=NOW)
    token, other = taught.token, Session(session.get_bind())
    assert copy(session, ben, token, now=NOW).owner_id == ben.id
    assert access.by_link(session, token) is taught  # as on the page that ben has open
    with other:
        share(other, other.get_one(User, ana.id), taught.id, Visibility.PRIVATE, now=NOW)
    for key in (token, taught.id):
        with pytest.raises(NotFound):
            copy(session, ben, key, now=NOW)
    assert len(access.mine(session, ben)) == 1


def test_a_link_opens_what_is_shared_and_nothing_else(session: Session, ana: User, taught: Workshop) -> None:
    share(session, ana, taught.id, Visibility.LINK, now=NOW)
    token = taught.token
    assert access.by_link(session, token) is taught
    assert (len(token), access.new_token() != token, taught.mark) == (15, True, access.mark_of(token))
    with pytest.raises(NotFound):
        access.public(session, taught.id)
    share(session, ana, taught.id, Visibility.PRIVATE, now=NOW)
    with pytest.raises(NotFound):
        access.by_link(session, token)
    share(session, ana, taught.id, Visibility.PUBLIC, now=NOW)
    assert (access.by_link(session, token), list(access.all_public(session))) == (taught, [taught])
    renew_link(session, ana, taught.id, now=NOW)
    with pytest.raises(NotFound):
        access.by_link(session, token)
    assert codes(lambda: share(session, ana, taught.id, "friends", now=NOW)) == ["unknown-visibility"]


def test_a_co_trainer_changes_and_does_not_decide_who_sees_it(
    session: Session, ana: User, ben: User, taught: Workshop
) -> None:
    add_trainer(session, ana, taught.id, " Ben@Example.org ", now=NOW)
    add_trainer(session, ana, taught.id, "ben@example.org", now=NOW)
    assert people_of(session, taught) == (ana, (ben,))
    a_day(session, ben, taught, "one")
    assert list(access.mine(session, ben)) == [taught]
    for verb in (
        lambda: share(session, ben, taught.id, Visibility.PUBLIC, now=NOW),
        lambda: delete(session, ben, taught.id),
        lambda: add_trainer(session, ben, taught.id, "c@example.org", now=NOW),
        lambda: remove_trainer(session, ben, taught.id, ana.id, now=NOW),
    ):
        with pytest.raises(Forbidden):
            verb()
    remove_trainer(session, ben, taught.id, ben.id, now=NOW)
    with pytest.raises(NotFound):
        access.taught(session, ben, taught.id)


def test_whether_somebody_has_an_account_is_not_told(session: Session, ana: User, taught: Workshop) -> None:
    reader = a_curator(session, "reader@example.org", Role.TRAINER)
    reader.grants.clear()
    session.commit()
    said = []
    # A database rejects the first two of these, and cannot store the third.
    bad = ("b\x00n@example.org", "b\ud800n@example.org", f"{'b' * 100_000}@example.org")
    for email in ("reader@example.org", "nobody@example.org", "no address", *bad):
        with pytest.raises(Rejected) as caught:
            add_trainer(session, ana, taught.id, email, now=NOW)
        said.append([problem.text() for problem in caught.value.problems])
    assert said == [said[0]] * 6
    assert taught.trainers == []


def test_nobody_tries_addresses_without_end_and_what_was_tried_is_no_failed_sign_in(
    session: Session, ana: User, taught: Workshop
) -> None:
    ben = a_curator(session, "ben@example.org", Role.TRAINER)
    for number in range(20):
        with pytest.raises(Rejected):
            add_trainer(session, ana, taught.id, f"nobody{number}@example.org", now=NOW)
    with pytest.raises(Rejected) as caught:
        add_trainer(session, ana, taught.id, ben.email, now=NOW)
    assert [problem.code for problem in caught.value.problems] == ["too-many-attempts"]
    assert taught.trainers == []
    assert failures(session, NOW) == 0
    add_trainer(session, ana, taught.id, ben.email, now=NOW + timedelta(minutes=61))
    assert [each.person_id for each in taught.trainers] == [ben.id]


def test_the_archive_is_a_place_of_its_own(session: Session, ana: User, taught: Workshop) -> None:
    share(session, ana, taught.id, Visibility.PUBLIC, now=NOW)
    archive(session, ana, taught.id, now=NOW)
    assert list(access.mine(session, ana)) == list(access.all_public(session)) == []
    assert list(access.mine(session, ana, archived=True)) == [taught]
    assert access.public(session, taught.id) is taught
    reopen(session, ana, taught.id, now=NOW)
    assert list(access.mine(session, ana)) == [taught]


def test_what_is_deleted_is_gone_with_all_that_belongs_to_it(session: Session, ana: User, taught: Workshop) -> None:
    (slot,) = a_day(session, ana, taught, "one")
    move_item(session, ana, taught.id, taught.basket[0].id, slot_id=slot.id, now=NOW)
    add_trainer(session, ana, taught.id, a_curator(session).email, now=NOW)
    session.add(Feedback(workshop_id=taught.id, day="2026-11-25", answers={"useful": "5"}))
    session.commit()
    delete(session, ana, taught.id)
    for table in (Workshop, Slot, Item, Feedback):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_there_is_an_end_to_how_much_there_may_be(session: Session, ana: User, taught: Workshop) -> None:
    assert codes(lambda: a_day(session, ana, taught, *("x" * 121))) == ["too-many"]
    assert taught.slots == []
