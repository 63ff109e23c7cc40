"""Database tables of workshops: programme, slots, items, and anonymous feedback of participants.

Ids in URLs are random. A sequential number would reveal how many workshops others have.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Dialect, ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from kb.db import Base, UtcDateTime

Texts = Mapping[str, str]  # a text by language
_ID_BYTES = 12
# By default SQLite numbers the rows of a table in order of insertion.
_IN_NO_ORDER = {"sqlite_with_rowid": False}


def new_id() -> str:
    """Return a random id that cannot be guessed."""
    return secrets.token_hex(_ID_BYTES)


class Words(TypeDecorator[dict[str, str]]):
    """A text in one or two languages, by language code. Replace it as a whole; never mutate it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: Dialect) -> str | None:
        """Leave out languages with an empty text."""
        if value is None:
            return None
        return json.dumps({code: text for code, text in value.items() if text}, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, str] | None:
        """Read the text of each language."""
        return None if value is None else json.loads(value)


class Visibility(StrEnum):
    """Who may see a workshop, besides its trainers."""

    PRIVATE = "private"
    LINK = "link"
    PUBLIC = "public"


class ItemKind(StrEnum):
    """Type of an item: a record, the trainer's own text, or an exercise that the trainer can edit."""

    RECORD = "record"
    TEXT = "text"
    CASE = "case"
    WORKSHEET = "worksheet"
    COMPARISON = "comparison"
    QUIZ = "quiz"


class Workshop(Base):
    """A workshop planned by one trainer, perhaps with co-trainers.

    `held` is a day (`2027-03-12`), `starts` and `ends` are times (`09:00`); each may be empty. `token` is the last part
    of the link for participants. It is stored because it is shown again; lookups use its `mark` (SHA-256). `edition`
    counts changes of the outline, so a form opened with an earlier edition overwrites nothing.
    """

    __tablename__ = "workshop"

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_id)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[dict[str, str]] = mapped_column(Words)
    audience: Mapped[dict[str, str]] = mapped_column(Words)
    aims: Mapped[dict[str, str]] = mapped_column(Words)
    language: Mapped[str] = mapped_column(String(5))
    second_language: Mapped[str] = mapped_column(String(5), default="")
    held: Mapped[str] = mapped_column(String(10), default="")
    starts: Mapped[str] = mapped_column(String(5), default="09:00")
    ends: Mapped[str] = mapped_column(String(5), default="")
    place: Mapped[str] = mapped_column(Text, default="")
    visibility: Mapped[str] = mapped_column(String(10), default=Visibility.PRIVATE, index=True)
    token: Mapped[str] = mapped_column(String(24), default="")
    mark: Mapped[str | None] = mapped_column(String(64), unique=True)
    large_print: Mapped[bool] = mapped_column(default=False, server_default=false())
    feedback_open: Mapped[bool] = mapped_column(default=False, server_default=false())
    archived: Mapped[datetime | None] = mapped_column(UtcDateTime)
    edition: Mapped[int] = mapped_column(default=1)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    changed: Mapped[datetime] = mapped_column(UtcDateTime)
    slots: Mapped[list[Slot]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="Slot.position"
    )
    items: Mapped[list[Item]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="Item.position"
    )
    trainers: Mapped[list[Trainer]] = relationship(cascade="all, delete-orphan", order_by="Trainer.added")
    feedback: Mapped[list[Feedback]] = relationship(cascade="all, delete-orphan")

    @property
    def languages(self) -> tuple[str, ...]:
        """The one or two languages of the workshop."""
        return tuple(filter(None, (self.language, self.second_language)))

    @property
    def basket(self) -> list[Item]:
        """Collected items that are not in any slot yet."""
        return [item for item in self.items if item.slot_id is None]

    def in_slot(self, slot: Slot) -> list[Item]:
        """Return the items of a slot, in order."""
        return [item for item in self.items if item.slot_id == slot.id]


class Trainer(Base):
    """A co-trainer, who teaches a workshop together with its owner and may change it."""

    __tablename__ = "workshop_trainer"

    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    added: Mapped[datetime] = mapped_column(UtcDateTime)


class Slot(Base):
    """A time slot of the programme. `day` counts from 1. `starts` is empty if it follows the previous slot."""

    __tablename__ = "workshop_slot"

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_id)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id"), index=True)
    position: Mapped[int]
    day: Mapped[int] = mapped_column(default=1)
    starts: Mapped[str] = mapped_column(String(5), default="")
    minutes: Mapped[int]
    method: Mapped[str] = mapped_column(String(10))
    title: Mapped[dict[str, str]] = mapped_column(Words)
    text: Mapped[dict[str, str]] = mapped_column(Words)
    trainer_notes: Mapped[dict[str, str]] = mapped_column(Words)
    materials: Mapped[dict[str, str]] = mapped_column(Words)
    edition: Mapped[int] = mapped_column(default=1)
    workshop: Mapped[Workshop] = relationship(back_populates="slots")


class Item(Base):
    """An item that a slot works with. Without a slot it is in the basket.

    `record` (`practices/marac`) was frozen at `frozen`, in each language of `texts`. `made_from` names the source
    records of an exercise, separated by spaces. `answers` are visible to trainers only.
    """

    __tablename__ = "workshop_item"

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_id)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id"), index=True)
    slot_id: Mapped[str | None] = mapped_column(ForeignKey("workshop_slot.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    record: Mapped[str] = mapped_column(String(200), default="", index=True)
    made_from: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[dict[str, str]] = mapped_column(Words)
    text: Mapped[dict[str, str]] = mapped_column(Words)
    answers: Mapped[dict[str, str]] = mapped_column(Words, default=dict, server_default="{}")
    frozen: Mapped[datetime | None] = mapped_column(UtcDateTime)
    edition: Mapped[int] = mapped_column(default=1)
    workshop: Mapped[Workshop] = relationship(back_populates="items")
    slot: Mapped[Slot | None] = relationship()
    texts: Mapped[list[ItemText]] = relationship(cascade="all, delete-orphan", order_by="ItemText.language")


class ItemText(Base):
    """The frozen text of an item in one language."""

    __tablename__ = "workshop_item_text"

    item_id: Mapped[str] = mapped_column(ForeignKey("workshop_item.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("frozen_text.sha256"), index=True)


class Feedback(Base):
    """The feedback of one participant: the day and the answers, and nothing else.

    The id is random. SQLite keeps the rows by this id without a row number, so not even their order is stored.
    PostgreSQL keeps the order in hidden columns. `is_out` marks answers shown to trainers before feedback was reopened.
    """

    __tablename__ = "workshop_feedback"
    __table_args__ = _IN_NO_ORDER

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_id)
    workshop_id: Mapped[str] = mapped_column(ForeignKey("workshop.id"), index=True)
    day: Mapped[str] = mapped_column(String(10))
    answers: Mapped[dict[str, str]] = mapped_column(Words)
    is_out: Mapped[bool] = mapped_column(default=False, server_default=false())


class FeedbackAttempt(Base):
    """An attempt to give feedback from a network, used to slow down floods. Only a mark is stored, for one day.

    `at` is the hour of the attempt. The id is random too, so it cannot be linked to an answer.
    """

    __tablename__ = "workshop_feedback_attempt"
    __table_args__ = _IN_NO_ORDER

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_id)
    network: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
