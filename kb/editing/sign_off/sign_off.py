"""Signs a record off: a person answers for it from now on, and a day is set on which it is read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.content_store.store import ContentStore
from kb.editing.forms.splice_facts import splice_in_order
from kb.editing.sign_off.claims import claims_of
from kb.editing.sign_off.readings import read_claims
from kb.errors import NotFound, Rejected
from kb.history import log
from kb.history.model import Change, Draft
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.actions import Edit, publish
from kb.publishing.authorization import may_for
from kb.publishing.drafts import save_draft
from kb.publishing.review import submit
from kb.records.files.paths import RecordFile

# What the check of a record says of a name and of a day.
LONGEST_NAME = 300
YEAR = timedelta(days=365)
LATEST = timedelta(days=3 * 365)


@dataclass(frozen=True)
class SignOff:
    """Who answers for the record, and the day of the next review."""

    keeper: str
    review_due: date


def first_sign_off(user: User, today: date) -> SignOff:
    """Return what the form proposes: the user, and a review in a year."""
    return SignOff(user.name, today + YEAR)


def sign_off(
    session: Session,
    store: ContentStore,
    user: User,
    place: RecordFile,
    wanted: SignOff,
    *,
    note: str,
    four_eyes: bool,
    now: datetime,
) -> Change | Draft:
    """Set keeper, day of reading and next review of a record, and take back that a machine drafted it.

    Publishes it; for a user who may not publish, or with `four_eyes`, it becomes a draft in review. Raises `NotFound`,
    `Forbidden`, `Conflict`, or `Rejected` if a claim is unread or a value is wrong.
    """
    head = log.find_head(session, place)
    if head is None or head.text is None:
        raise NotFound(place.record)
    claims = claims_of(head.text)
    unread = len(claims) - len(read_claims(session, place.record, claims))
    if problems := [*_problems(wanted, unread, now.date())]:
        raise Rejected(problems)
    changes = {
        "origin": None,
        "keeper": wanted.keeper,
        "reviewed": now.date().isoformat(),
        "review_due": wanted.review_due.isoformat(),
    }
    order = tuple(store.kinds[place.kind].shape.model.model_fields)
    edit = Edit(place, splice_in_order(head.text, changes, order), head.number, head.fingerprint)
    if not four_eyes and may_for(user, Permission.PUBLISH, [place], [head.text], store.vocabularies):
        return publish(session, store, user, [edit], note=note, now=now)
    draft = save_draft(session, user, edit, note=note, now=now)
    return submit(session, store, user, draft.id, now=now)


def _problems(wanted: SignOff, unread: int, today: date) -> list[Problem]:
    found: list[Problem] = []
    if unread:
        message = N_("Parts that you have not ticked yet: %(count)s. Read and tick them first.")
        found.append(Problem("unread", message, params={"count": unread}))
    if not wanted.keeper or len(wanted.keeper) > LONGEST_NAME:
        found.append(Problem("no-keeper", N_("Enter who answers for this record."), ("keeper",)))
    if not today < wanted.review_due <= today + LATEST:
        message = N_("Enter a day within the next three years.")
        found.append(Problem("bad-day", message, ("review_due",)))
    return found
