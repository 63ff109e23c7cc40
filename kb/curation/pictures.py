"""Pictures and documents of a record, as curators see to them: taken in, listed with their uses, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content.attached import Attached, namings
from kb.content.bundle import SOURCE
from kb.content.files import Place
from kb.content.pictures import Refused, safe_name, taken
from kb.content.record import Bundle
from kb.errors import NotFound, Rejected
from kb.history import log
from kb.history.model import Change
from kb.i18n import N_
from kb.library.library import Library
from kb.problems import Problem
from kb.publishing.apply import catch_up
from kb.publishing.attachments import attach, detach


@dataclass(frozen=True)
class Use:
    """A section that names a file: its id, and the part (`source` or a language) in which it stands."""

    part: str
    section: str


@dataclass(frozen=True)
class Filed:
    """A file of a record, and the sections that name it."""

    name: str
    attached: Attached
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class HandedIn:
    """What somebody sends: the file, the name that it had, the one wanted for it, and what the picture shows."""

    data: bytes
    file_name: str
    name: str = ""
    alt: str = ""
    replace: bool = False


def add_file(
    session: Session, library: Library, editor: User, record: tuple[str, str], given: HandedIn, *, now: datetime
) -> str:
    """Take a picture or document in, made safe, and put it beside a record; return the name that texts call it by.

    Raises `Forbidden`, `NotFound`, or `Rejected` with everything that is wrong with it.
    """
    require(editor, Permission.PUBLISH)
    found: list[Problem] = []
    try:
        safe = taken(given.data)
    except Refused as error:
        found.append(error.problem)
    if not given.alt.strip() and not (not found and safe.ending == "pdf"):
        message = N_("Say what the picture shows, for those who do not see it.")
        found.append(Problem("no-alternative", message, ("alt",)))
    if found:
        raise Rejected(found)
    wanted = f"{given.name}.{safe.ending}" if given.name.strip() else given.file_name
    name = safe_name(wanted, safe.ending)
    place = Place(*record, name)
    attach(session, library, editor, place, safe.data, replace=given.replace, note=given.alt.strip()[:500], now=now)
    return name


def remove_file(
    session: Session, library: Library, editor: User, record: tuple[str, str], name: str, *, now: datetime
) -> Change:
    """Take a file away. Raises `Forbidden`, `NotFound`, or `Rejected` while a text that stands names it."""
    require(editor, Permission.PUBLISH)
    place = Place(*record, name)
    if place.kind not in library.kinds:
        raise NotFound(place.record)
    with library.lock.held():  # so that nobody publishes a text that names it before it is gone
        catch_up(session, library, now, [place.record])
        bundle = library.snapshot.find(*record)
        if bundle is not None and (uses := uses_of(bundle).get(name)):
            message = N_("Texts still name %(name)s (%(places)s); take it out of them first.")
            places = ", ".join(f"{use.section}, {use.part}" for use in uses)
            raise Rejected([Problem("in-use", message, ("name",), params={"name": name, "places": places})])
        return detach(session, library, editor, place, note="", now=now)


def files_of(session: Session, library: Library, record: tuple[str, str]) -> tuple[Filed, ...]:
    """Return the files of a record by name. Raises `NotFound` for one that was never published."""
    bundle = library.snapshot.find(*record) if record[0] in library.kinds else None
    if bundle is None or log.find_head(session, Place(*record, SOURCE)) is None:
        raise NotFound("/".join(record))
    uses = uses_of(bundle)
    return tuple(Filed(name, each, uses.get(name, ())) for name, each in sorted(bundle.attached.items()))


def uses_of(bundle: Bundle) -> Mapping[str, tuple[Use, ...]]:
    """Return by name where the texts of a record name its files."""
    found: dict[str, dict[Use, bool]] = {}
    parts = {SOURCE: bundle.sections} | {code: each.sections for code, each in bundle.translations.items()}
    for part, sections in parts.items():
        for section in sections:
            for naming in namings(section.text):
                found.setdefault(naming.name, {})[Use(part, section.id)] = True
    return {name: tuple(uses) for name, uses in found.items()}
