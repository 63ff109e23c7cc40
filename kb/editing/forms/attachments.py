"""Pictures and documents of a record in the editor: uploading, listing with their uses, removing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.errors import Forbidden, NotFound, Rejected
from kb.history.attachments import current_attachments, is_published
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.attachments import attach, is_named, require_beside
from kb.publishing.draft_visibility import visible_drafts
from kb.records.attachments import Attached, namings
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.record import Bundle
from kb.records.uploads.images import Refused, safe_name, taken


@dataclass(frozen=True)
class Use:
    """A section that names a file: its id, and its part (`source` or a language)."""

    part: str
    section: str


@dataclass(frozen=True)
class AttachmentInfo:
    """A file of a record, the sections that name it, and whether a draft visible to the user names it."""

    name: str
    attached: Attached
    uses: tuple[Use, ...]
    in_draft: bool = False


@dataclass(frozen=True)
class HandedIn:
    """An upload: the file, its original name, the wanted name, and a description of the picture."""

    data: bytes
    file_name: str
    name: str = ""
    alt: str = ""
    replace: bool = False


def add_file(
    session: Session,
    store: ContentStore,
    editor: User,
    record: tuple[str, str],
    given: HandedIn,
    *,
    four_eyes: bool = False,
    now: datetime,
) -> str:
    """Sanitize an uploaded picture or document, attach it to a record, and return its name for texts.

    Raises `Forbidden`, `NotFound`, or `Rejected` with all its problems.
    """
    require_beside(session, store, editor, "/".join(record))
    found: list[Problem] = []
    try:
        safe = taken(given.data)
    except Refused as error:
        found.append(error.problem)
    if not given.alt.strip() and not (not found and safe.ending == "pdf"):
        message = N_("Describe the image for people who cannot see it.")
        found.append(Problem("no-alternative", message, ("alt",)))
    if found:
        raise Rejected(found)
    wanted = f"{given.name}.{safe.ending}" if given.name.strip() else given.file_name
    place, note = RecordFile(*record, safe_name(wanted, safe.ending)), given.alt.strip()[:500]
    attach(session, store, editor, place, safe.data, replace=given.replace, note=note, four_eyes=four_eyes, now=now)
    return place.part


def may_change_files(session: Session, store: ContentStore, user: User, record: tuple[str, str]) -> bool:
    """Return whether a user may add files to a record or remove them."""
    try:
        require_beside(session, store, user, "/".join(record))
    except (Forbidden, NotFound):
        return False
    return True


def files_of(session: Session, store: ContentStore, user: User, record: tuple[str, str]) -> tuple[AttachmentInfo, ...]:
    """Return the files of a record by name. Raises `Forbidden`, or `NotFound` for an unknown record.

    A record that was never published is visible to users who may add files to it.
    """
    require(user, Permission.SEE_DESK)
    name = "/".join(record)
    if record[0] not in store.kinds:
        raise NotFound(name)
    bundle = store.snapshot.find(*record) if is_published(session, name) else None
    if bundle is None:
        require_beside(session, store, user, name)
    uses = uses_of(bundle) if bundle is not None else {}
    drafts = [draft.text for draft in visible_drafts(session, store, user, name)]
    return tuple(
        AttachmentInfo(each, attached, uses.get(each, ()), is_named(drafts, each))
        for each, attached in sorted(current_attachments(session, name).items())
    )


def files_to_show(session: Session, store: ContentStore, user: User, record: tuple[str, str]) -> dict[str, Attached]:
    """Return the files that texts of a record may show to their author; none for another user's unpublished record."""
    bundle = store.snapshot.find(*record)
    if bundle is not None:
        return dict(bundle.attached)
    return current_attachments(session, "/".join(record)) if may_change_files(session, store, user, record) else {}


def uses_of(bundle: Bundle) -> Mapping[str, tuple[Use, ...]]:
    """Return by file name the sections of a record that name it."""
    found: dict[str, dict[Use, bool]] = {}
    parts = {SOURCE: bundle.sections} | {code: each.sections for code, each in bundle.translations.items()}
    for part, sections in parts.items():
        for section in sections:
            for naming in namings(section.text):
                found.setdefault(naming.name, {})[Use(part, section.id)] = True
    return {name: tuple(uses) for name, uses in found.items()}
