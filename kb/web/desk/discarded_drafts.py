"""Discarded drafts on the user's desk: restore them, or erase them permanently ahead of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.extensions import db
from kb.history.model import DiscardedDraft
from kb.publishing import discarded_drafts
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, store
from kb.web.parts.draft_list import title_of

bp = Blueprint("discarded", __name__, url_prefix="/<language:language>/desk/discarded")


@dataclass(frozen=True)
class DiscardedLine:
    """Data of a draft for the partial `desk/_discarded.html`. On the day `gone` it is erased permanently."""

    draft: DiscardedDraft
    place: RecordFile
    title: str
    gone: date

    @property
    def is_source(self) -> bool:
        """Whether it is a text of a source file."""
        return self.place.part == SOURCE


def discarded_lines() -> list[DiscardedLine]:
    """Return the drafts that the user can restore, the latest first."""
    return [_line(each) for each in discarded_drafts.discarded_by(db.session, signed_in())]


@bp.post("/<int:draft_id>/back")
@permission_required(Permission.SEE_DESK)
def back_submit(draft_id: int) -> ResponseReturnValue:
    """Restore a discarded draft."""
    discarded_drafts.bring_back(db.session, store(), signed_in(), draft_id, now=now())
    flash(_("Draft restored."), "good")
    return redirect(url_for("desk.draft", draft_id=draft_id), 303)


@bp.post("/<int:draft_id>/erase")
@permission_required(Permission.SEE_DESK)
def erase_submit(draft_id: int) -> ResponseReturnValue:
    """Erase a discarded draft permanently."""
    discarded_drafts.erase_discarded(db.session, store(), signed_in(), draft_id, now=now())
    flash(_("Draft erased."), "good")
    return redirect(url_for("desk.index"), 303)


def _line(draft: DiscardedDraft) -> DiscardedLine:
    place = place_of(draft.record, draft.part)
    gone = (draft.discarded + timedelta(days=discarded_drafts.DAYS)).date()
    return DiscardedLine(draft, place, title_of(place, draft.text), gone)
