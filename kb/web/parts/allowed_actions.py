"""What the signed-in user may do with a record; pages offer these actions and no others."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from kb.accounts.permissions import Permission
from kb.editing.open_text import source_text
from kb.extensions import db
from kb.publishing.authorization import may_begin, may_for, writing
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.http.auth import signed_in
from kb.web.http.rendering import store


def four_eyes() -> bool:
    """Whether a second person has to approve every text before it is published: a setting of the installation."""
    return bool(current_app.config["FOUR_EYES"])


@dataclass(frozen=True)
class Allowed:
    """Allowed actions on a record. `parts` are the files that the user may write: `source` and languages."""

    parts: frozenset[str]
    begin: bool
    retire: bool


def allowed_actions(kind: str, record_id: str, languages: tuple[str, ...]) -> Allowed:
    """Return what the signed-in user may do with a record that has or may have these translations."""
    places = [RecordFile(kind, record_id, part) for part in (SOURCE, *languages)]
    source = source_text(db.session, places[0])
    return Allowed(
        parts=frozenset(place.part for place in places if _may(writing(place), place, source)),
        begin=may_begin(signed_in(), store().kinds[kind].shape),
        retire=_may(Permission.RETIRE, places[0], source),
    )


def may_here(permission: Permission, place: RecordFile) -> bool:
    """Whether the signed-in user may do this to a part of a record in its present state."""
    return _may(permission, place, source_text(db.session, place))


def _may(permission: Permission, place: RecordFile, source: str | None) -> bool:
    return may_for(signed_in(), permission, [place], [source], store().vocabularies)
