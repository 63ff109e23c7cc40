"""Actions on suggestions of readers without an account: send, answer, decline, take over, withdraw."""

from __future__ import annotations

from sqlalchemy import select

from benchmarks.torturing.worker import Worker, moment
from kb.editing.model import Suggestion, SuggestionState
from kb.editing.suggestions.answer import answer, draft_of, withdraw
from kb.editing.suggestions.submit import Handed, suggest_correction
from kb.errors import NotFound
from kb.history.drafts import get_draft
from kb.history.model import Draft, DraftOrigin, Stage
from kb.publishing.review import take_over
from tests.recorded_answers import words_of


def suggest(worker: Worker) -> None:
    """Suggest another text for a section, or report an error; sometimes the reader withdraws it."""
    place, section = worker.place(), worker.dice.choice(("what", "how", ""))
    text = f"Better {worker.word()}." if section and worker.chance(0.8) else ""
    handed = Handed(text, f"I saw it: {worker.word()}.", "", "en")
    worker.pause()
    received = suggest_correction(worker.session, place, section, handed, network=worker.word(), now=moment())
    suggestion, token = received.suggestion, received.token
    draft = get_draft(worker.session, suggestion.draft_id) if suggestion.draft_id is not None else None
    words = words_of(handed.reason) | words_of(draft.text if draft is not None else "")
    del received, suggestion, draft
    worker.tell("kept", words)
    if worker.chance(0.2):
        worker.pause()
        with worker.saying("let-go", words):
            withdraw(worker.session, token, now=moment())


def take_it_over(worker: Worker) -> None:
    """Turn a reader's text into one's own draft."""
    draft_id = worker.draft(Draft.origin == DraftOrigin.SUGGESTION, Draft.stage != Stage.WRITING).id
    worker.pause()
    take_over(worker.session, worker.store, worker.person(), draft_id, now=moment())


def answer_it(worker: Worker) -> None:
    """Tell a reader the state of a suggestion. If it is declined and has not been taken over, its draft is deleted."""
    found = list(worker.session.scalars(select(Suggestion).order_by(Suggestion.id)))
    if not found:
        message = "no suggestion"
        raise NotFound(message)
    suggestion = worker.dice.choice(found)
    draft, number = draft_of(worker.session, suggestion), suggestion.id
    words = words_of(draft.text) if draft is not None else set[str]()
    del suggestion, draft, found
    worker.pause()
    state = worker.dice.choice(list(SuggestionState))
    with worker.saying("let-go", words if state is SuggestionState.DECLINED else ()):
        answer(worker.session, worker.store, worker.person(), number, state, "Thank you.", now=moment())
