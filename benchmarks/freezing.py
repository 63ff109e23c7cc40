"""Edit records that a workshop has frozen, and check whether anything that it shows of them changes by a byte.

Each edit goes into the log as a publication does. Ten times the site catches up with files, snapshot and index, like a
worker that was away. Then the workshop is compared with its earlier state:

- the frozen texts in each language;
- the page of each item and the blocks of the handout in two languages;
- the slides.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.loading import settings_of
from benchmarks.progress import Progress
from kb.accounts.model import Grant, Role, User
from kb.app import create_app
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.documents.slides_html import slides_html
from kb.extensions import db
from kb.history import log
from kb.history.log import LogEntry
from kb.history.model import ChangeKind
from kb.migrations import upgrade
from kb.publishing.catch_up import catch_up
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.workshops.public.handout_pack import page_setting
from kb.web.workshops.public.slides_page import deck_of
from kb.workshops.frozen.item import held, since
from kb.workshops.handouts.handout import handout
from kb.workshops.model import Visibility, Workshop
from kb.workshops.plan.actions import Outline, create
from kb.workshops.plan.apply_template import begin_programme
from kb.workshops.plan.sharing import share
from kb.workshops.plan.slots import Plan

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LANGUAGES = ("en", "lt")
_EDITED = (SOURCE, "lt")
STEPS = 10  # number of comparisons


@dataclass(frozen=True)
class Subject:
    """The records that are frozen and edited, and a blank of the register that the tool uses. The default is real."""

    practice: str = "practices/portugal-rvd-r"
    tool: str = "tools/referral-form-support"
    register: str = "register/blanks"
    blank: str = "b-receiver"


def a_trainer(session: Session) -> User:
    """Return a user who is a trainer and may publish."""
    user = session.scalar(select(User).where(User.email == "bench@example.org"))
    if user is None:
        user = User(email="bench@example.org", name="Bench", password_hash="!", sign_in_key="bench", created=NOW)  # noqa: S106
        user.grants = [Grant(role=Role.PUBLISHER, at=NOW), Grant(role=Role.TRAINER, at=NOW)]
        session.add(user)
        session.commit()
    return user


@dataclass(frozen=True)
class Found:
    """The result: number of edits of each record, failed comparisons out of all pieces, and duration.

    `noticed` counts the items whose record changed according to the builder; `items` counts all of them.
    """

    edits: int
    pieces: int
    violations: tuple[str, ...]
    noticed: int
    items: int
    seconds: float


def changed_by_edits(content: Path, edits: int, subject: Subject) -> Found:
    """Freeze the records, edit them on a copy of a content folder, and compare."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        shutil.copytree(content, home / "content")
        app = create_app(settings_of(home / "content", home / "var"), follow=False, now=lambda: NOW)
        upgrade(app)
        store: ContentStore = app.extensions["store"]
        try:
            with app.app_context():
                catch_up(db.session, store, NOW)
                store.rebuild_index()
            return _changed(app, store, edits, subject)
        finally:
            store.close()


def _changed(app: Flask, store: ContentStore, edits: int, subject: Subject) -> Found:
    with app.app_context():
        workshop_id = _taught(db.session, store, subject)
    before = shown(app, workshop_id)
    violations, begun = list[str](), time.monotonic()
    with Progress("freezing", edits, "edits") as progress:
        for number in range(1, edits + 1):
            with app.app_context():
                for record in (subject.practice, subject.tool, subject.register):
                    _edit(db.session, record, subject.blank, number)
            if number % max(edits // STEPS, 1) == 0 or number == edits:
                with app.app_context():
                    catch_up(db.session, store, NOW)
                after = shown(app, workshop_id)
                violations += [f"{name} after {number} edits" for name in before if after.get(name) != before[name]]
            progress.say(number)
    with app.app_context():
        items = db.session.get_one(Workshop, workshop_id).items
        noticed = sum(since(db.session, store, item).is_changed for item in items)
        return Found(edits, len(before), tuple(violations), noticed, len(items), time.monotonic() - begun)


def _taught(session: Session, store: ContentStore, subject: Subject) -> str:
    """Freeze a practice and a tool in a public workshop in two languages; return its id."""
    ana = a_trainer(session)
    outline = Outline({"en": "After the report", "lt": "Po pranešimo"}, *LANGUAGES)
    workshop = create(session, store, ana, outline, now=NOW)
    plan = Plan({"en": "Two ways", "lt": "Du būdai"}, 45)
    begin_programme(session, store, ana, workshop.id, [(plan, [subject.practice, subject.tool])], now=NOW)
    share(session, ana, workshop.id, Visibility.PUBLIC, now=NOW)
    return workshop.id


def shown(app: Flask, workshop_id: str) -> Mapping[str, bytes]:
    """Return everything that a workshop keeps and shows, by name."""
    found = dict[str, bytes]()
    with app.test_request_context("/en/"):
        workshop = db.session.get_one(Workshop, workshop_id)
        names = {item.id: item.record for item in workshop.items}
        for item in workshop.items:
            texts = held(db.session, item).texts
            found |= {f"{item.record} as it is frozen in {code}": text.raw.encode() for code, text in texts.items()}
        for code in workshop.languages:
            document = handout(page_setting(workshop, code, is_large=False))
            found[f"blocks of the handout in {code}"] = repr(document).encode()
        found["slides"] = slides_html(deck_of(workshop, has_answers=True)).encode()
    client = app.test_client()
    for item_id, record in names.items():
        for code in LANGUAGES:
            answer = client.get(f"/{code}/workshops/{workshop_id}/items/{item_id}")
            if answer.status_code != 200:
                raise RuntimeError(answer.status)
            found[f"page of {record} in {code}"] = answer.get_data()
    return found


def _texts(session: Session, record: str) -> dict[RecordFile, str]:
    """Return the texts that will be edited: the source, and its translation into the second language."""
    kind, _, name = record.partition("/")
    return {RecordFile(kind, name, part): text for part, text in log.texts(session, record).items() if part in _EDITED}


def _edit(session: Session, record: str, blank: str, number: int) -> None:
    """Write new texts of a record to the log as a publication does; each differs from all earlier ones."""
    heads, editor_id = log.heads(session, record), a_trainer(session).id
    entries = [
        LogEntry(place, edited(text, blank, number).encode(), heads[place].number)
        for place, text in _texts(session, record).items()
    ]
    session.rollback()
    begin_write(session)
    log.append(session, ChangeKind.PUBLISH, entries, author_id=editor_id, note="", now=NOW)
    session.commit()


def edited(text: str, blank: str, number: int) -> str:
    """Return a text with another title, summary and last paragraph, or with another name of the blank."""
    if f"id: {blank}, label" in text:
        return re.sub(rf'(id: {blank}, label: "?)(?:\d+ )?', rf"\g<1>{number} ", text)
    named = re.sub(r'(?m)^( *(?:title|summary): "?)(?:\d+ )?', rf"\g<1>{number} ", text, count=2)
    return re.sub(r"\nEdit \d+\.\n$", "", named) + f"\nEdit {number}.\n"
