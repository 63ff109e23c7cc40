"""Imports the file of a workshop from this or another site, completely or not at all, with every problem reported.

A frozen text that this site does not have yet is marked as foreign. It shows the text of a record on another site, and
was not reviewed here. Texts that were erased here stay erased.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.errors import Rejected
from kb.history.frozen_texts import FrozenText, hash_of, keep
from kb.i18n import LANGUAGES, N_
from kb.problems import Problem
from kb.workshops.model import Item, ItemKind, ItemText, Slot, Texts, Workshop, new_id
from kb.workshops.plan import access
from kb.workshops.plan.actions import Outline, begun
from kb.workshops.plan.items import ItemTexts
from kb.workshops.plan.slots import Plan, fill
from kb.workshops.plan.transaction import refuse, transaction
from kb.workshops.plan.validation import MOST_ITEMS, MOST_SLOTS, too_many, unknown_language, words_problems
from kb.workshops.transfer.export import FORMAT
from kb.workshops.transfer.file_model import FiledItem, FiledSlot, FrozenContent, WorkshopFile

LARGEST = 12 * 1024 * 1024  # of the JSON in bytes; compressed it is a tenth
MOST_SIGNS = 500_000  # opening brackets and braces, and commas, including those within texts
MOST_FAULTS = 20  # number of errors reported
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"

M = TypeVar("M", WorkshopFile, FrozenContent)


def import_file(
    session: Session,
    user: User,
    data: bytes,
    *,
    called: Callable[[Texts], Texts] = lambda title: title,
    now: datetime,
) -> Workshop:
    """Create a workshop from its file: private, without a link yet. Raises `Forbidden`, or `Rejected`.

    If the user teaches a workshop with the same title, the title is replaced by the result of `called`.
    """
    require(user, Permission.TEACH)
    filed = _read(data)
    frozen = _frozen(filed)
    refuse(_problems(filed, frozen))
    with transaction(session):
        outline = _outline(filed)
        mine = (each for archived in (False, True) for each in access.mine(session, user, archived=archived))
        is_here = any(each.title == outline.title for each in mine)
        title = called(outline.title) if is_here else outline.title
        workshop = begun(session, user, replace(outline, title=title), now=now)
        _keep(session, filed, frozen, now)
        for position, each in enumerate(filed.slots):
            slot = Slot(id=new_id(), workshop_id=workshop.id, position=position)
            fill(slot, _plan(each))
            session.add(slot)
            session.flush()
            _add_items(session, workshop, slot, each.items)
        _add_items(session, workshop, None, filed.basket)
    return workshop


def _read(data: bytes) -> WorkshopFile:
    """Parse a file, compressed or as plain JSON."""
    refuse([papers_instead()] if is_zip(data) else [])
    try:
        text = _plain(data)
        if sum(map(text.count, (b"[", b"{", b","))) > MOST_SIGNS:
            raise Rejected(_misread(()))
        values = json.loads(text) if len(text) <= LARGEST else None
    except (ValueError, RecursionError, zlib.error) as error:
        raise Rejected(_misread(())) from error
    if len(text) > LARGEST:
        message = N_(
            "The unpacked file is larger than %(limit)s MB. Remove items from the original workshop and save "
            "it as a file again."
        )
        raise Rejected([Problem("too-large", message, params={"limit": LARGEST // 1024 // 1024})])
    return _valid(WorkshopFile, values)


def is_zip(data: bytes) -> bool:
    """Return whether a file is a ZIP file, like the download of handouts. A workshop file is never one."""
    return data.startswith(_ZIP)


def papers_instead() -> Problem:
    """Return the problem that a ZIP file was uploaded."""
    message = N_(
        "This is a ZIP file, not a workshop file. Select a file saved with “Save the workshop as a file”. The file "
        "name ends in .json.gz."
    )
    return Problem("zip", message)


def _plain(data: bytes) -> bytes:
    """Return the bytes of a file. Decompression stops as soon as the size limit is exceeded."""
    if not data.startswith(_GZIP):
        return data
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(data, LARGEST + 1)


def _frozen(filed: WorkshopFile) -> Mapping[str, FrozenContent]:
    """Return the frozen texts, parsed. Raises `Rejected` for a wrong hash or an incomplete text."""
    found, problems = dict[str, FrozenContent](), list[Problem]()
    for sha256, text in filed.frozen.items():
        try:
            content = _valid(FrozenContent, json.loads(text)) if hash_of(text) == sha256 else None
        except (ValueError, RecursionError, Rejected):
            content = None
        if content is None or not content.is_whole:
            message = N_("A text in the file is damaged or incomplete. Save the original workshop as a file again.")
            problems.append(Problem("bad-frozen-text", message, ("frozen", sha256)))
        else:
            found[sha256] = content
    refuse(problems)
    return found


def _valid(model: type[M], values: object) -> M:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        told = error.errors(include_url=False, include_input=False)[:MOST_FAULTS]
        places = [".".join(map(str, detail["loc"])) for detail in told]
        raise Rejected(_misread(places if _is_workshop(values) else [])) from error


def _is_workshop(values: object) -> bool:
    return isinstance(values, dict) and values.get("format") == FORMAT


def _misread(places: Sequence[str]) -> Iterator[Problem]:
    """Yield the problems of an unreadable workshop file. A file of another kind has one problem without a place."""
    if not places or not all(places):
        message = N_("This is not a workshop file. Select a file saved with “Save the workshop as a file”.")
        yield Problem("no-workshop", message)
        return
    for place in places:
        message = N_(
            "This is not a valid workshop file: %(place)s cannot be read. Save the original workshop as a file again."
        )
        yield Problem("bad-file", message, ("file", place), params={"place": place})


def _outline(filed: WorkshopFile) -> Outline:
    return Outline(**dict(filed.workshop))


def _plan(slot: FiledSlot) -> Plan:
    return Plan(**{name: value for name, value in slot if name != "items"})


def _items(filed: WorkshopFile) -> list[FiledItem]:
    return [*(item for slot in filed.slots for item in slot.items), *filed.basket]


def _problems(filed: WorkshopFile, frozen: Mapping[str, FrozenContent]) -> Iterator[Problem]:
    language, items = filed.workshop.language, _items(filed)
    yield from _outline(filed).problems()
    for slot in filed.slots:
        yield from _plan(slot).problems(language)
    for item in items:
        yield from _item_problems(item, language, frozen)
    if len(filed.slots) > MOST_SLOTS:
        yield too_many(MOST_SLOTS, N_("A programme can have at most %(limit)s sessions. Remove some first."))
    if len(items) > MOST_ITEMS:
        yield too_many(MOST_ITEMS, N_("A workshop can have at most %(limit)s items. Remove some first."))


def _item_problems(item: FiledItem, language: str, frozen: Mapping[str, FrozenContent]) -> Iterator[Problem]:
    if item.kind != ItemKind.RECORD:
        piece = ItemTexts(item.kind, item.title, item.text, tuple(item.made_from.split()), item.answers)
        yield from piece.problems(language)
    else:
        yield from words_problems(item.title, ("title",))
        yield from words_problems(item.text, ("text",))
        yield from words_problems(item.answers, ("answers",))
    for code, sha256 in item.texts.items():
        content = frozen.get(sha256)
        if code not in LANGUAGES:
            yield unknown_language(("texts", code))
        elif content is not None and (content.record, content.language) != (item.record, code):
            message = N_("A text in the file belongs to the wrong record. Save the original workshop as a file again.")
            yield Problem("other-record", message, ("frozen", sha256))


def _keep(session: Session, filed: WorkshopFile, frozen: Mapping[str, FrozenContent], now: datetime) -> None:
    for item in _items(filed):
        for sha256 in item.texts.values():
            if (content := frozen.get(sha256)) is not None:
                parts: dict[str, Any] = dict(content.parts)
                text = filed.frozen[sha256]
                keep(session, content.record, content.language, text, parts, is_foreign=True, now=now)


def _add_items(session: Session, workshop: Workshop, slot: Slot | None, items: Sequence[FiledItem]) -> None:
    for position, each in enumerate(items):
        made = Item(
            workshop_id=workshop.id,
            slot_id=slot.id if slot else None,
            position=position,
            kind=each.kind,
            record=each.record,
            made_from=each.made_from,
            title=each.title,
            text=each.text,
            answers=each.answers,
            frozen=each.frozen,
        )
        for code, sha256 in each.texts.items():
            row = session.get(FrozenText, sha256)
            if row is not None and (row.record, row.language) == (each.record, code):
                made.texts.append(ItemText(language=code, sha256=sha256))
        session.add(made)
    session.flush()
