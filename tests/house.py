"""A complete installation in a temporary folder (content, data, database), for tests and the torture script."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session, sessionmaker

import kb.accounts.model
import kb.history.model  # noqa: F401 - code below creates its tables
from kb.accounts.model import Grant, Role, User
from kb.content_store.reference_data import FOLDERS, ReferenceData, load_knowledge
from kb.content_store.store import ContentStore
from kb.db import Base, configure
from kb.editing.model import ConfirmationRequest, Suggestion, SuggestionKind
from kb.editing.suggestions.confirmation import OPEN_FOR
from kb.editing.suggestions.submit import mark_of
from kb.following.model import Frequency, Subscription
from kb.history import log
from kb.history.frozen_texts import keep
from kb.history.model import Change
from kb.kinds.exercise.work_methods import WorkMethod
from kb.publishing.actions import Edit, publish
from kb.publishing.catch_up import catch_up
from kb.publishing.reconcile import CaughtUp
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.workshops.frozen.freeze import find_stand, frozen_texts
from kb.workshops.model import Item, ItemKind, ItemText, Slot, Visibility, Workshop
from kb.workshops.plan.access import mark_of as mark_of_link

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TOKEN = "token-of-a-suggestion"  # noqa: S105 - the token of a test row
# A public workshop of the sample. Its owner has left for good, so tests assign another owner.
WORKSHOP, SLOT, ITEM = "a" * 24, "b" * 24, "c" * 24
WORKSHOP_LINK = "23456789abcdefg"
# The URL parts of pages about it.
WORKSHOP_PARTS = {
    "language": "en",
    "workshop_id": WORKSHOP,
    "slot_id": SLOT,
    "item_id": ITEM,
    "key": WORKSHOP,
    "kind": "practices",
    "record_id": "stone-terraces",
    "size": "a4",
}
SAMPLE = ROOT / "tests" / "sample"
RECORD = "pages/stone-terraces"
SOURCE_PLACE = RecordFile("pages", "stone-terraces", SOURCE)
ITALIAN = RecordFile("pages", "stone-terraces", "it")

# A page is the simplest kind of record; what these tests check is the same for every kind.
TEXT = """---
id: stone-terraces
language: en
title: Stone terraces
summary: Walls of dry stone that hold soil and water on a slope.
status: published
licence: CC-BY-4.0
---
## What it is {#what}

Walls without mortar.

## How it works {#how}

Stone upon stone.
"""

ITALIAN_TEXT = """---
language: it
words:
  title: Terrazze di pietra
  summary: Muri a secco che trattengono terra e acqua.
---
## Che cos'è {#what}

Muri senza malta.
"""


@cache
def knowledge() -> ReferenceData:
    """Return vocabularies and law; cached, because they never change and loading takes longer than most tests."""
    return load_knowledge(ROOT / "content")


@cache
def _empty_database(_tables: frozenset[str]) -> bytes:
    """Return an SQLite file with all these tables; cached, because forty statements take longer than most tests."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "kb.sqlite"
        engine = configure(create_engine(f"sqlite:///{file}"))
        Base.metadata.create_all(engine)
        engine.dispose()
        return file.read_bytes()


@dataclass
class TestHouse:
    """Paths of an installation, and ways to open it. Several can share a database, each as a separate machine."""

    __test__ = False  # not a test class, despite its name

    root: Path
    database: str
    name: str = "a"
    _engines: list[Engine] = field(default_factory=list)

    @property
    def content(self) -> Path:
        """The content folder of this machine."""
        return self.root / self.name / "content"

    @property
    def data(self) -> Path:
        """The data folder of this machine."""
        return self.root / self.name / "var"

    def make(self) -> TestHouse:
        """Create missing folders and tables."""
        self.content.mkdir(parents=True, exist_ok=True)
        for name in FOLDERS:
            if not (self.content / name).exists():
                (self.content / name).symlink_to(ROOT / "content" / name)
        file = self.root / "kb.sqlite"
        if self.database.endswith(f"{file}") and not file.exists():
            file.write_bytes(_empty_database(frozenset(Base.metadata.tables)))
        else:
            Base.metadata.create_all(self.engine())
        return self

    def engine(self) -> Engine:
        """Return the database engine of this process."""
        if not self._engines:
            self._engines.append(configure(create_engine(self.database)))
        return self._engines[0]

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session."""
        with sessionmaker(self.engine(), expire_on_commit=False)() as session:
            yield session

    def store(self) -> ContentStore:
        """Open a new store, as a starting process does."""
        return ContentStore(self.content, self.data, knowledge=knowledge())

    def write(self, text: str, place: RecordFile = SOURCE_PLACE) -> Path:
        """Write a file without the application, as a text editor or Git does."""
        path = self.store_paths().path(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def store_paths(self) -> PathsOnly:
        """Return an object that finds files without opening a store."""
        return PathsOnly(self.content)

    def close(self) -> None:
        """Dispose of the database engine."""
        for engine in self._engines:
            engine.dispose()
        self._engines.clear()


@dataclass
class PathsOnly:
    """Paths of page and practice files, for tests that write them without the application."""

    root: Path

    def path(self, place: RecordFile) -> Path:
        """Return the path of a record file."""
        stem = {"pages": "page", "practices": "practice"}[place.kind]
        name = f"{stem}.md" if place.part == SOURCE else f"{stem}.{place.part}.md"
        return self.root / place.kind / place.id / (name if place.is_text else place.part)


def a_house(root: Path) -> TestHouse:
    """Return a new installation with an SQLite database."""
    root.mkdir(parents=True, exist_ok=True)
    return TestHouse(root, f"sqlite:///{root / 'kb.sqlite'}").make()


def a_curator(session: Session, email: str = "curator@example.org", *roles: Role) -> User:
    """Return a user with an account; the same email address returns the same user."""
    user = session.scalar(select(User).where(User.email == email))
    if user is None:
        user = User(email=email, name="Curator", password_hash="!", sign_in_key=email, created=NOW)  # noqa: S106
        user.grants = [Grant(role=role, at=NOW) for role in roles or (Role.PUBLISHER,)]
        session.add(user)
        session.commit()
    return user


def an_edit(session: Session, text: str, place: RecordFile = SOURCE_PLACE) -> Edit:
    """Return an edit that begins with the current text."""
    head = log.heads(session, place.record).get(place)
    return Edit(place, text, head.number if head else 0, head.fingerprint if head else "")


def publish_text(
    session: Session, store: ContentStore, text: str, place: RecordFile = SOURCE_PLACE, *, minor: bool = False
) -> Change:
    """Publish a text on top of the current version."""
    editor = a_curator(session)
    edits: Sequence[Edit] = [an_edit(session, text, place)]
    return publish(session, store, editor, edits, note="", minor=minor, now=NOW)


def catch_up_now(session: Session, store: ContentStore, *records: str) -> CaughtUp:
    """Synchronise files and log."""
    return catch_up(session, store, NOW, records or None)


def add_to_database(session: Session, store: ContentStore) -> None:
    """Add the sample rows that have no file: suggestions, a subscription that waits for nothing, and a workshop."""
    add_suggestions(session)
    reader = Subscription(mark=mark_of(TOKEN), salt="", email="reader@example.org", language="en", what="country=EE")
    reader.frequency, reader.created = Frequency.WEEKLY, NOW
    session.add(reader)
    add_workshop(session, store)


def add_workshop(session: Session, store: ContentStore) -> None:
    """Add a workshop with one slot that contains a frozen practice."""
    workshop = Workshop(
        id=WORKSHOP,
        title={"en": "After the storm", "lt": "Po audros"},
        audience={"en": "Masons"},
        aims={"en": "- See *where* it slips"},
        language="en",
        second_language="lt",
        held="2027-03-12",
        place="Vilnius",
        visibility=Visibility.PUBLIC,
        token=WORKSHOP_LINK,
        mark=mark_of_link(WORKSHOP_LINK),
        created=NOW,
        changed=NOW,
    )
    notes = {"en": "Only masons know this."}
    slot = Slot(id=SLOT, position=0, minutes=45, method=WorkMethod.TALK, title={"en": "Walls"}, text={}, materials={})
    slot.trainer_notes = notes
    item = Item(id=ITEM, slot=slot, position=0, kind=ItemKind.RECORD, title={}, text={}, frozen=NOW)
    item.record = "practices/stone-terraces"
    workshop.slots.append(slot)
    workshop.items.append(item)
    session.add(workshop)
    stand = find_stand(session, store, item.record)
    assert stand is not None
    for code, text in frozen_texts(stand, store.vocabularies).items():
        row = keep(session, item.record, code, text, stand.parts_in(code), now=NOW)
        item.texts.append(ItemText(language=code, sha256=row.sha256))
    session.commit()


def teach(session: Session, user: User) -> None:
    """Make a user the owner of the sample workshop."""
    session.get_one(Workshop, WORKSHOP).owner_id = user.id
    session.commit()


def add_suggestions(session: Session) -> None:
    """Add two suggestions of readers, and a question to an owner; `TOKEN` opens the second one, and the question."""
    for token in ("another", TOKEN):
        session.add(
            Suggestion(
                mark=mark_of(token),
                kind=SuggestionKind.CORRECTION,
                record="practices/stone-terraces",
                part=SOURCE,
                section="what",
                reason="The walls are older.",
                language="en",
                created=NOW,
                updated=NOW,
            )
        )
    session.add(
        ConfirmationRequest(
            mark=mark_of(TOKEN),
            record="practices/stone-terraces",
            recipient="Hill Association",
            language="en",
            asked=NOW,
            expires=NOW + OPEN_FOR,
        )
    )
    session.commit()


def remove(path: Path) -> None:
    """Remove a file or folder without the application."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        os.unlink(path)  # noqa: PTH108 - the plain call, as other programs make it
