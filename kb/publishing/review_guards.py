"""Preconditions of review steps, and the reasons for refusing a step."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kb.errors import Conflict, Rejected
from kb.history import log
from kb.history.model import Draft
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.actions import Edit, is_at_base
from kb.publishing.draft_visibility import IN_REVIEW, place_of_draft
from kb.records.bundle import hash_bytes

LONGEST = 5000  # characters of a comment or reason


def mark_of(draft: Draft) -> str:
    """Return the fingerprint of a draft's text, to verify what a deciding user has seen."""
    return hash_bytes(draft.text.encode())


def require_in_review(draft: Draft) -> None:
    """Raise `Rejected` if a draft is not, or no longer, in review."""
    if draft.stage not in IN_REVIEW:
        raise rejected("not-in-review", N_("This draft is no longer in review."), draft)


def refuse_unseen(draft: Draft, seen: str) -> None:
    """Raise `Rejected` if the text of a draft differs from the one that the user has seen."""
    if mark_of(draft) != seen:
        raise rejected("unseen", N_("The text has changed since you opened this page. Read it again."), draft)


def refuse_behind(session: Session, draft: Draft) -> None:
    """Raise `Conflict` if the public text changed since a draft was begun; all texts stay safe where they are."""
    place = place_of_draft(draft)
    edit = Edit(place, draft.text, draft.base_number, draft.base_fingerprint)
    if is_at_base(edit, log.heads(session, draft.record).get(place)):
        return
    base, head = log.find_revision(session, place, draft.base_number), log.find_head(session, place)
    raise Conflict(
        draft.record,
        base=base.text or "" if base else "",
        theirs=head.text or "" if head else "",
        yours=draft.text,
        number=head.number if head else 0,
        draft_id=draft.id,
    )


def rejected(code: str, message: str, draft: Draft) -> Rejected:
    """Return the `Rejected` error of a draft for one reason."""
    return Rejected([Problem(code, message, path=draft.part)])


def said_or_refused(text: str, message: str) -> str:
    """Return the text of a comment or reason. Raises `Rejected` with this message if it is empty."""
    if not (said := within_measure(text)):
        raise Rejected([Problem("nothing-said", message, ("text",))])
    return said


def within_measure(text: str) -> str:
    """Return the text of a comment, which may be empty. Raises `Rejected` if it is too long."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > LONGEST:
        message = N_("The text can have at most %(limit)s characters. Shorten or split the text.")
        raise Rejected([Problem("too-large", message, ("text",), params={"limit": LONGEST})])
    return text
