"""Merges an outdated draft with the current text, as a proposal that its author opens in the editor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import require
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.editing.forms.splice_facts import splice_in_order
from kb.editing.open_text import own_draft
from kb.errors import Conflict, NotFound, Rejected
from kb.history import log
from kb.history.drafts import UsedDraft, is_still, keep_loser, use_up
from kb.history.model import Draft, DraftOrigin, Revision
from kb.i18n import N_
from kb.kinds.kind import Kind
from kb.problems import Problem
from kb.publishing.actions import Edit
from kb.publishing.authorization import writing
from kb.publishing.drafts import save_draft
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from kb.records.front_matter import facts_in
from kb.records.merge.three_way_merge import Merge, MergeChoice, merge

_TRANSLATION_KEYS = ("language", "words", "made_from")


@dataclass(frozen=True)
class MergedDraft:
    """A draft merged with the current text; `head` is `None` if there is no current text."""

    place: RecordFile
    draft: Draft
    head: Revision | None
    base: str
    theirs: str
    merge: Merge

    @property
    def yours(self) -> str:
        """The text of the draft."""
        return self.draft.text

    @property
    def number(self) -> int:
        """The current revision number, 0 for none."""
        return self.head.number if self.head is not None else 0


def propose(
    session: Session,
    store: ContentStore,
    editor: User,
    draft_id: int,
    *,
    choices: Mapping[str, MergeChoice] | None = None,
) -> MergedDraft:
    """Merge an own draft, or a set-aside file, with the current text.

    Raises `NotFound`, or `Forbidden`.
    """
    draft = own_draft(session, editor, draft_id)
    place = place_of(draft.record, draft.part)
    require(editor, writing(place))
    if place.kind not in store.kinds or not place.is_text:
        raise NotFound(place.record)
    base = log.find_revision(session, place, draft.base_number)
    head = log.find_head(session, place)
    base_text, theirs = ((each.text or "") if each is not None else "" for each in (base, head))
    if base is not None and base.fingerprint != draft.base_fingerprint:
        base_text = ""  # the number belongs to another log, so the common base is unknown
    result = _merge_texts(store.kinds[place.kind], place, base_text, theirs, draft.text, choices or {})
    return MergedDraft(place, draft, head, base_text, theirs, result)


def _merge_texts(
    kind: Kind, place: RecordFile, base: str, theirs: str, yours: str, choices: Mapping[str, MergeChoice]
) -> Merge:
    """Merge two changes of one part of a record, written in the format of its kind."""
    nobody: Any = kind.shape.model.model_construct
    is_source = place.part == SOURCE
    made = frozenset(kind.shape.generated(nobody())) if is_source else frozenset[str]()
    order = _source_keys(kind, theirs) if is_source else _TRANSLATION_KEYS
    return merge(base, theirs, yours, choices=choices, made=made, write=partial(splice_in_order, order=order))


def _source_keys(kind: Kind, text: str) -> tuple[str, ...]:
    """Return the key order of the guide: that of a new record in this language."""
    language = facts_in(text).get("language")
    return tuple(facts_in(kind.template("new", language if isinstance(language, str) else "en")))


@dataclass(frozen=True)
class MergeResult:
    """The draft with the merged text, and whether a separate draft keeps what the merge left out."""

    draft: Draft
    is_apart: bool


def take(
    session: Session,
    store: ContentStore,
    editor: User,
    draft_id: int,
    *,
    number: int,
    draft_fingerprint: str,
    choices: Mapping[str, MergeChoice],
    now: datetime,
) -> MergeResult:
    """Save the merged text as a draft based on the current text; publishes nothing.

    An own draft is overwritten with the merged text; if that drops anything, the old draft is kept separately. A text
    that lost a conflict stays unchanged unless the merge includes all of it. A set-aside file always stays unchanged.
    Raises `NotFound`; `Forbidden`; `Conflict` if either text has changed since it was shown; `Rejected` with a problem
    at `("clash", name)` for each missing choice.
    """
    proposal = propose(session, store, editor, draft_id, choices=choices)
    draft, result = proposal.draft, proposal.merge
    if proposal.number != number or not is_still(draft, draft_fingerprint):
        message = "the texts are not those that were shown"
        raise Conflict(
            message, base=proposal.base, theirs=proposal.theirs, yours=draft.text, number=number, draft_id=draft.id
        )
    if open_clashes := [clash.name for clash in result.clashes if clash.name not in choices]:
        message = N_("Select which text to keep.")
        raise Rejected(Problem("not-chosen", message, ("clash", name)) for name in open_clashes)
    head, loses = proposal.head, result.loses(choices)
    edit = Edit(proposal.place, result.text, proposal.number, head.fingerprint if head is not None else "")
    origin, note, base = draft.origin, draft.note, (draft.base_number, draft.base_fingerprint)
    session.expunge(draft)  # another window may discard it meanwhile: a new read then shows that it is gone
    if origin == DraftOrigin.EDITOR:
        if loses:
            _keep_apart(session, editor, proposal, base, now)
        over: int | None = draft_id
    else:
        over = _twin(session, editor, draft)
    saved = save_draft(session, editor, edit, draft_id=over, draft_fingerprint=draft_fingerprint, note=note, now=now)
    is_apart = loses or origin not in (DraftOrigin.EDITOR, DraftOrigin.CONFLICT)
    if origin == DraftOrigin.CONFLICT and not loses:
        with write_transaction(session):
            used = use_up(session, UsedDraft(draft_id, draft_fingerprint), editor.id, [proposal.place])
        if used is None:  # another window has discarded it, or saved more
            is_apart = saved.id != draft_id and session.get(Draft, draft_id) is not None
    return MergeResult(saved, is_apart)


def _keep_apart(session: Session, editor: User, proposal: MergedDraft, base: tuple[int, str], now: datetime) -> None:
    """Keep the old draft separately before its text is overwritten."""
    text = proposal.yours
    with write_transaction(session):
        keep_loser(session, proposal.place, text, base=base, author_id=editor.id, now=now)


def _twin(session: Session, editor: User, lost: Draft) -> int | None:
    """Return the editor draft from which a lost text was published: it has the same text."""
    query = select(Draft.id).where(
        Draft.record == lost.record,
        Draft.part == lost.part,
        Draft.author_id == editor.id,
        Draft.origin == DraftOrigin.EDITOR,
        Draft.text == lost.text,
    )
    return session.scalar(query.limit(1))
