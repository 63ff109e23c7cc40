"""Takes over a record that a reader submitted: it becomes a curator's draft under an id of the curator's choice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.editing.forms.new_record import id_problems
from kb.editing.forms.splice_facts import splice_in_order
from kb.editing.model import Suggestion, SuggestionKind, SuggestionState
from kb.editing.suggestions.answer import draft_of, get_suggestion
from kb.errors import Rejected
from kb.history.model import Draft, ReviewNote
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.review import make_own
from kb.records.files.paths import place_of


def take_over_record(
    session: Session, store: ContentStore, user: User, suggestion_id: int, record_id: str, *, now: datetime
) -> Draft:
    """Turn a submitted record into an own draft; with an empty `record_id` it keeps its id.

    Raises `NotFound`, `Forbidden`, or `Rejected` if the text is gone or has an author, or if the id is taken.
    """
    with write_transaction(session):
        suggestion = get_suggestion(session, suggestion_id)
        draft = draft_of(session, suggestion) if suggestion.kind == SuggestionKind.PRACTICE else None
        if draft is None:
            raise Rejected([Problem("no-draft", N_("The suggested text has already been published or deleted."))])
        if record_id and record_id != place_of(draft.record, draft.part).id and draft.author_id is None:
            _rename(session, store, user, suggestion, draft, record_id)
        suggestion.state = SuggestionState.IN_WORK
        return make_own(session, store, user, draft.id, now=now)


def _rename(
    session: Session, store: ContentStore, user: User, suggestion: Suggestion, draft: Draft, record_id: str
) -> None:
    kind = place_of(draft.record, draft.part).kind
    if problems := [*id_problems(session, store, user, kind, record_id)]:
        raise Rejected(problems)
    draft.text = splice_in_order(draft.text, {"id": record_id}, ())
    before, after = draft.record, f"{kind}/{record_id}"
    draft.record = suggestion.record = after
    session.flush()  # so that a new read of the draft sees the change
    session.execute(update(ReviewNote).where(ReviewNote.record == before).values(record=after))
