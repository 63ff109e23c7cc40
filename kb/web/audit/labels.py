"""Audit entries in words: actions on accounts, changes of records, steps of reviews."""

from __future__ import annotations

from collections.abc import Mapping

from kb.accounts.audit_log import WORDS
from kb.accounts.model import AuditAction, AuditEntry, Purpose
from kb.accounts.role_scope import read
from kb.accounts.second_factor import RECOVERY
from kb.history.model import ChangeKind, ReviewAction
from kb.i18n import N_
from kb.publishing.activity_log import ActivityKind, ActivityLine
from kb.publishing.reconcile import NOTE_FIRST, NOTE_OUTSIDE
from kb.web.http.i18n import gettext as _
from kb.web.labels.roles import role_words

KINDS: Mapping[str, str] = {
    ActivityKind.SIGN_IN: N_("Sign-ins"),
    ActivityKind.ACCOUNT: N_("Accounts"),
    ActivityKind.RECORD: N_("Records"),
    ActivityKind.REVIEW: N_("Reviews"),
}
_CHANGES: Mapping[str, str] = {
    ChangeKind.PUBLISH: N_("Published"),
    ChangeKind.MINOR: N_("Published as a minor change"),
    ChangeKind.RETIRE: N_("Retired"),
    ChangeKind.RESTORE: N_("Restored"),
    ChangeKind.DELETE: N_("Removed"),
    ChangeKind.ATTACH: N_("File added"),
    ChangeKind.FILE: N_("Imported from a file"),
    ChangeKind.REDACT: N_("Erased from the history"),
}
_REVIEWS: Mapping[str, str] = {
    ReviewAction.SUBMITTED: N_("Sent for review"),
    ReviewAction.WITHDRAWN: N_("Withdrawn from review"),
    ReviewAction.ASSIGNED: N_("Reviewer chosen"),
    ReviewAction.COMMENTED: N_("Commented"),
    ReviewAction.RETURNED: N_("Returned"),
    ReviewAction.APPROVED: N_("Draft approved"),
    ReviewAction.SCHEDULED: N_("Publication scheduled"),
    ReviewAction.HANDED_BACK: N_("Not published: the text had changed in the meantime"),
    ReviewAction.PUBLISHED: N_("Published after review"),
    ReviewAction.DECLINED: N_("Declined"),
    ReviewAction.ANSWERED: N_("Suggestion answered"),
    ReviewAction.DISCARDED: N_("Conflicting text discarded"),
    ReviewAction.BROUGHT_BACK: N_("Conflicting text restored"),
    ReviewAction.WITHDRAWN_SUGGESTION: N_("Suggestion deleted by its author"),
    ReviewAction.FORGOTTEN_SUGGESTION: N_("Suggestion deleted after its retention period"),
}
_PURPOSES: Mapping[str, str] = {
    Purpose.INVITATION: N_("through an invitation link"),
    Purpose.RESET: N_("through a password reset link"),
    RECOVERY: N_("with a recovery code"),
}


def account_words(entry: AuditEntry) -> str:
    """Return an action on an account with its details."""
    return _with_detail(_deed_words(entry.deed), _account_detail(entry.deed, entry.detail))


def deed_words(line: ActivityLine) -> str:
    """Return the name of an action."""
    match line.kind:
        case ActivityKind.RECORD:
            return _(_CHANGES[line.deed]) if line.deed in _CHANGES else line.deed
        case ActivityKind.REVIEW:
            return _(_REVIEWS[line.deed]) if line.deed in _REVIEWS else line.deed
        case _:
            return _deed_words(line.deed)


def detail_words(line: ActivityLine) -> str:
    """Return the details of an action: a note, a reason, a role with its limits."""
    if line.kind is ActivityKind.REVIEW and line.deed == ReviewAction.ASSIGNED:
        return ""  # the number of a person
    if line.kind in (ActivityKind.RECORD, ActivityKind.REVIEW):
        return note_words(line.detail)
    return _account_detail(line.deed, line.detail)


def note_words(note: str) -> str:
    """Return the note of a change; notes of the program are translated for the reader."""
    return _(note) if note in (NOTE_FIRST, NOTE_OUTSIDE) else note


def _account_detail(deed: str, detail: str) -> str:
    """Return the details of an action on an account, as stored in the audit log, in the reader's words."""
    if deed in (AuditAction.GRANTED, AuditAction.REVOKED):
        return role_words(*read(detail))
    if deed == AuditAction.ERASED and detail:
        return _("still named as maintainer of %(records)s", records=detail)
    return _(_PURPOSES[detail]) if detail in _PURPOSES else detail


def _deed_words(deed: str) -> str:
    return _(WORDS[deed]) if deed in WORDS else deed


def _with_detail(words: str, detail: str) -> str:
    return _("%(label)s: %(words)s", label=words, words=detail) if detail else words
