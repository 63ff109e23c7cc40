"""A workshop as one file: importing restores it unchanged, and trusts none of its content."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.errors import Forbidden, Rejected
from kb.history.frozen_texts import FrozenText
from kb.kinds.exercise.work_methods import WorkMethod
from kb.publishing.redact import Erasure, redact
from kb.workshops.frozen.item import held, since
from kb.workshops.model import ItemKind, Texts, Visibility, Workshop
from kb.workshops.plan.actions import archive, create, delete
from kb.workshops.plan.items import ItemTexts, add_piece, move_item
from kb.workshops.plan.plain_values import plain_values
from kb.workshops.plan.sharing import add_trainer, share
from kb.workshops.plan.slots import Plan, add_slot
from kb.workshops.transfer.export import export
from kb.workshops.transfer.import_file import LARGEST, MOST_FAULTS, MOST_SIGNS, import_file
from tests.house import NOW, RECORD, TEXT, a_curator, a_house, publish_text
from tests.workshops.conftest import OUTLINE

Values = dict[str, Any]


def read(data: bytes) -> Values:
    values: Values = json.loads(gzip.decompress(data))
    return values


@pytest.fixture
def planned(session: Session, ana: User, taught: Workshop) -> Workshop:
    """A workshop with content of every kind."""
    plan = Plan(
        {"en": "Three ways"}, 55, WorkMethod.PAIR, 2, "9:30", {"en": "Text"}, {"en": "Note"}, {"lt": "Popierius"}
    )
    slot = add_slot(session, ana, taught.id, plan, now=NOW)
    move_item(session, ana, taught.id, taught.basket[0].id, slot_id=slot.id, now=NOW)
    add_piece(
        session,
        ana,
        taught.id,
        ItemTexts(ItemKind.QUIZ, {"en": "Quiz"}, {"en": "*1*"}, (RECORD,), {"en": "a)"}),
        now=NOW,
    )
    share(session, ana, taught.id, Visibility.PUBLIC, now=NOW)
    add_trainer(session, ana, taught.id, a_curator(session).email, now=NOW)
    return taught


def test_what_comes_back_is_what_was_there(session: Session, ana: User, ben: User, planned: Workshop) -> None:
    data = export(session, planned, now=NOW)
    made = import_file(session, ben, data, now=NOW)
    assert plain_values(made) == plain_values(planned)
    assert (made.owner_id, made.visibility, made.token, made.trainers) == (ben.id, "private", "", [])
    assert export(session, made, now=NOW) == data
    for text in (planned.token, ana.email, ana.name):
        assert text not in gzip.decompress(data).decode()


def test_in_another_house_all_is_there_byte_by_byte_and_marked_as_foreign(
    session: Session, planned: Workshop, tmp_path: Path
) -> None:
    before = held(session, planned.slots[0].workshop.in_slot(planned.slots[0])[0])
    other = a_house(tmp_path / "other")
    store = other.store()
    with other.session() as there:
        made = import_file(
            there, a_curator(there, "c@example.org", Role.TRAINER), export(session, planned, now=NOW), now=NOW
        )
        item = made.in_slot(made.slots[0])[0]
        found = held(there, item)
        assert {code: text.raw for code, text in found.texts.items()} == {
            code: text.raw for code, text in before.texts.items()
        }
        assert all(text.is_foreign for text in found.texts.values())
        assert since(there, store, item).is_gone
        publish_text(there, store, TEXT)
        assert not since(there, store, item).is_gone
    store.close()
    other.close()


def test_what_was_frozen_here_is_known_again(session: Session, ana: User, planned: Workshop) -> None:
    made = import_file(session, ana, export(session, planned, now=NOW), now=NOW)
    assert not any(text.is_foreign for text in held(session, made.in_slot(made.slots[0])[0]).texts.values())


def test_a_file_does_not_bring_back_what_was_erased(session: Session, store: ContentStore, ana: User) -> None:
    publish_text(session, store, TEXT)
    shop = create(session, store, ana, OUTLINE, records=[RECORD], now=NOW)
    data = export(session, shop, now=NOW)
    delete(session, ana, shop.id)
    publish_text(session, store, TEXT.replace("mortar", "lime"))
    redact(session, store, None, Erasure(RECORD, "source", (1,)), reason="asked for", now=NOW)
    made = import_file(session, ana, data, now=NOW)
    assert held(session, made.basket[0]).is_erased
    assert session.scalars(select(FrozenText.content)).all() == [None]


def refrozen(values: Values, change: Callable[[Values], None]) -> None:
    """Change the frozen text and all its hashes, as a forger would."""
    (sha256, text), *_ = values["frozen"].items()
    content = json.loads(text)
    change(content)
    forged = json.dumps(content)
    mark = hashlib.sha256(forged.encode()).hexdigest()
    values["frozen"] = {mark: forged}
    values["slots"][0]["items"][0]["texts"] = {content["language"]: mark}
    del sha256


def frozen_with(**changes: Any) -> Callable[[Values], None]:
    return lambda values: refrozen(values, lambda content: content.update(changes))


def slot_with(**changes: Any) -> Callable[[Values], None]:
    return lambda values: values["slots"][0].update(changes)


def item_with(**changes: Any) -> Callable[[Values], None]:
    return lambda values: values["slots"][0]["items"][0].update(changes)


FORGED: dict[str, tuple[Callable[[Values], Any], set[str]]] = {
    "another format": (lambda v: v.update(format="zip"), {"no-workshop"}),
    "a key too many": (lambda v: v.update(owner="ana"), {"bad-file"}),
    "a slot without length": (lambda v: v["slots"][0].pop("minutes"), {"bad-file"}),
    "a slot too long": (slot_with(minutes=10_000), {"bad-length"}),
    "an unknown method": (slot_with(method="magic"), {"unknown-method"}),
    "no title": (slot_with(title={}), {"missing-title"}),
    "a very long text": (slot_with(text={"en": "x" * 20_001}), {"too-long"}),
    "a language that is none": (slot_with(text={"xx": "x"}), {"unknown-language"}),
    "a surrogate": (slot_with(text={"en": "\ud800"}), {"bad-file", "control-character"}),
    "too many slots": (lambda v: v.update(slots=v["slots"] * 121), {"too-many"}),
    "a record that is a path": (item_with(record="../../etc"), {"bad-file"}),
    "a record without a name": (item_with(record="", texts={}), {"bad-file"}),
    "a zero byte": (item_with(made_from="practices/a\0"), {"bad-file"}),
    "a line between records": (item_with(made_from="practices/a\npractices/b"), {"bad-file"}),
    "a moment before all years": (item_with(frozen="0001-01-01T00:00:00+14:00"), {"bad-file"}),
    "a moment behind all years": (item_with(frozen="9999-12-31T23:59:59-14:00"), {"bad-file"}),
    "a changed text": (lambda v: v.update(frozen={"0" * 64: "{}"}), {"bad-frozen-text"}),
    "a text of another record": (frozen_with(id="another"), {"other-record"}),
    "a text without title": (frozen_with(passages=[]), {"bad-frozen-text"}),
    "an unknown state": (
        lambda v: refrozen(v, lambda content: content["passages"][0].update(state="true")),
        {"bad-frozen-text"},
    ),
    "a source that runs": (
        frozen_with(facts={"sources": [{"id": "s", "address": "javascript:alert(1)"}]}),
        {"bad-frozen-text"},
    ),
    "half a letter in a source": (
        frozen_with(facts={"sources": [{"id": "s", "title": "\ud800"}]}),
        {"bad-frozen-text"},
    ),
    "half a letter in the name of a detail": (frozen_with(facts={"sources": [{"\udfff": "s"}]}), {"bad-frozen-text"}),
    "half a letter in a fact": (frozen_with(facts={"doses": [{"id": "\ud800"}]}), {"bad-frozen-text"}),
    "sources that are none": (frozen_with(facts={"sources": "s1"}), {"bad-frozen-text"}),
    "no number": (frozen_with(parts={"source": 0}), {"bad-frozen-text"}),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_file_is_refused_and_leaves_nothing(session: Session, ana: User, planned: Workshop, name: str) -> None:
    forge, expected = FORGED[name]
    values = read(export(session, planned, now=NOW))
    forge(values)
    with pytest.raises(Rejected) as caught:
        import_file(session, ana, json.dumps(values).encode(), now=NOW)
    assert {problem.code for problem in caught.value.problems} & expected
    assert all(problem.text() for problem in caught.value.problems)
    assert session.scalar(select(func.count(Workshop.id))) == 1


BOMB = gzip.compress(b" " * (LARGEST + 1), mtime=0)


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        BOMB[:50],
        b"\x1f\x8b\x08",
        b"",
        b"\xff",
        b"[]",
        b"3",
        b"PK\x03\x04",
        b"[" * 100_000,
        b'{"format": NaN}',
        b"null",
    ],
)
def test_what_is_no_workshop_is_refused(session: Session, ana: User, data: bytes) -> None:
    with pytest.raises(Rejected):
        import_file(session, ana, data, now=NOW)


@pytest.mark.parametrize("data", [b"[]", b"3", b"{}", b'{"a": 1}', b'{"format": "other", "version": 9}', b"%PDF", b"x"])
def test_a_file_of_another_kind_is_told_in_one_sentence(session: Session, ana: User, data: bytes) -> None:
    for sent in (data, gzip.compress(data)):
        with pytest.raises(Rejected) as caught:
            import_file(session, ana, sent, now=NOW)
        (problem,) = caught.value.problems
        assert (problem.code, problem.text().count(". ")) == ("no-workshop", 1)
        assert "cannot be read" not in problem.text()


@pytest.mark.parametrize("slots", [[1] * 100_000, [{}] * 100_000, [[]] * 100_000, [{"items": [{}] * 1000}] * 100])
def test_of_a_file_full_of_faults_some_are_told(session: Session, ana: User, slots: list[object]) -> None:
    outline = {"title": {"en": "One day"}, "language": "en"}
    made = {"format": "praxis-workshop", "version": 1, "made": "2026-11-25T10:00:00Z", "workshop": outline}
    with pytest.raises(Rejected) as refused:
        import_file(session, ana, gzip.compress(json.dumps(made | {"slots": slots}).encode()), now=NOW)
    assert 0 < len(refused.value.problems) <= MOST_FAULTS


@pytest.mark.parametrize("values", [b"[],", b"{},", b"1,", b"[" * 3])
def test_a_file_with_more_values_than_any_workshop_is_refused_before_they_are_read(
    session: Session, ana: User, values: bytes
) -> None:
    sent = b'{"format":"praxis-workshop","slots":[' + values * MOST_SIGNS + b"1]}"
    with pytest.raises(Rejected) as refused:
        import_file(session, ana, sent, now=NOW)
    assert [problem.code for problem in refused.value.problems] == ["no-workshop"]


def test_of_a_zip_file_it_is_said_which_file_is_wanted(session: Session, ana: User) -> None:
    file = io.BytesIO()
    with ZipFile(file, "w") as zipped:
        zipped.writestr("handout.pdf", b"%PDF")
    with pytest.raises(Rejected) as caught:
        import_file(session, ana, file.getvalue(), now=NOW)
    (problem,) = caught.value.problems
    assert problem.code == "zip"
    assert "This is a ZIP file, not a workshop file." in problem.text()


def test_a_workshop_that_is_here_already_is_called_otherwise(session: Session, ana: User, planned: Workshop) -> None:
    def called(title: Texts) -> Texts:
        return {code: f"Copy of {text}" for code, text in title.items()}

    data, title = export(session, planned, now=NOW), dict(planned.title)
    again = import_file(session, ana, data, called=called, now=NOW)
    assert again.title == {code: f"Copy of {text}" for code, text in title.items()}
    archive(session, ana, planned.id, now=NOW)
    assert import_file(session, ana, data, called=called, now=NOW).title == again.title
    carl = a_curator(session, "carl@example.org", Role.TRAINER)  # who may not see that the workshop exists here
    assert import_file(session, carl, data, called=called, now=NOW).title == title


def test_a_forged_text_stands_as_foreign(session: Session, ana: User, planned: Workshop) -> None:
    values = read(export(session, planned, now=NOW))
    refrozen(values, lambda content: content["passages"][0].update(text="We say so."))
    made = import_file(session, ana, json.dumps(values).encode(), now=NOW)
    (text,) = held(session, made.in_slot(made.slots[0])[0]).texts.values()
    assert text.is_foreign


def test_who_is_no_trainer_brings_nothing_in(session: Session, planned: Workshop) -> None:
    reader = a_curator(session, "reader@example.org")
    reader.grants.clear()
    session.commit()
    with pytest.raises(Forbidden):
        import_file(session, reader, export(session, planned, now=NOW), now=NOW)
