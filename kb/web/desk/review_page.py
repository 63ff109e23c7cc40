"""Page of a draft in review: its changes, findings, notes and possible decisions; and its preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response, request, url_for

from kb.accounts.model import User
from kb.accounts.permissions import Permission, may
from kb.editing.quality.warnings import draft_warnings
from kb.errors import NotFound
from kb.extensions import db
from kb.history import log, review_notes
from kb.history.attachments import current_attachments
from kb.history.model import Draft, DraftOrigin, ReviewAction, ReviewNote, Stage
from kb.i18n import N_
from kb.problems import Problem, Severity, errors, in_order
from kb.publishing.approved_drafts import SECOND_PERSON, is_approved, needs_another
from kb.publishing.authorization import writing
from kb.publishing.checks import draft_findings
from kb.publishing.draft_visibility import may_with, place_of_draft
from kb.publishing.review_guards import mark_of
from kb.publishing.reviewers import possible_reviewers
from kb.records.attachments import Attached, namings
from kb.records.bundle import read_bundle
from kb.web.editor.form.completeness import warning_lines
from kb.web.editor.form.differences import Comparison, Originals, compare, originals
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render, store, today
from kb.web.labels.authors import authors
from kb.web.labels.fields import finding_words
from kb.web.labels.pieces import PieceNames
from kb.web.parts.allowed_actions import four_eyes
from kb.web.parts.draft_list import DraftLine, draft_lines, reason_words
from kb.web.parts.formats import moment
from kb.web.parts.passages import file_address
from kb.web.practices.page import practice_page

_DEEDS: Mapping[str, str] = {
    ReviewAction.SUBMITTED: N_("sent the draft for review"),
    ReviewAction.WITHDRAWN: N_("withdrew the draft to edit it"),
    ReviewAction.ASSIGNED: N_("chose a reviewer"),
    ReviewAction.COMMENTED: N_("commented"),
    ReviewAction.RETURNED: N_("returned the draft"),
    ReviewAction.APPROVED: N_("approved the draft"),
    ReviewAction.SCHEDULED: N_("scheduled publication"),
    ReviewAction.HANDED_BACK: N_("Returned automatically"),
    ReviewAction.PUBLISHED: N_("published the draft"),
    ReviewAction.DECLINED: N_("declined the suggestion"),
    ReviewAction.ANSWERED: N_("answered the suggestion"),
    ReviewAction.DISCARDED: N_("discarded the text"),
    ReviewAction.BROUGHT_BACK: N_("restored the text"),
    ReviewAction.WITHDRAWN_SUGGESTION: N_("deleted the suggestion"),
    ReviewAction.FORGOTTEN_SUGGESTION: N_("deleted the suggestion"),
}


@dataclass(frozen=True)
class NoteLine:
    """An action or comment. `author` is empty if the program did it. `about` is the label of a piece of the text."""

    note: ReviewNote
    author: str
    deed: str
    text: str
    due: datetime | None = None
    about: str = ""


@dataclass(frozen=True)
class ReviewActions:
    """The actions that the user may take on the draft, and why a second person is needed."""

    comment: bool = False
    hand_back: bool = False
    approve: bool = False
    approve_and_publish: bool = False
    publish: bool = False
    unschedule: bool = False
    withdraw: bool = False
    take_over: bool = False
    write: bool = False
    assign: bool = False
    hindrance: str = ""

    @property
    def decide(self) -> bool:
        """Whether there is any decision to take on the text."""
        return self.comment or self.hand_back or self.approve


@dataclass(frozen=True)
class FileLine:
    """An image or document that the draft refers to. `alt` is its alternative text."""

    name: str
    alt: str
    address: str
    attached: Attached


@dataclass(frozen=True)
class Typed:
    """Values typed into the forms of the page, to show them again."""

    text: str = ""
    day: str = ""
    time: str = "06:00"
    about: str = ""


@dataclass(frozen=True)
class PieceRemarks:
    """Comments on one piece of a comparison, and the address where another one can be written; empty if it cannot."""

    lines: tuple[NoteLine, ...]
    address: str


@dataclass(frozen=True)
class ReviewPage:
    """All data of the page. `warnings` come from the checks, `to_look_at` from the checks of writing."""

    line: DraftLine
    seen: str
    comparison: Comparison
    originals: Originals
    is_new: bool
    is_behind: bool
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    to_look_at: tuple[tuple[str, str], ...]
    files: tuple[FileLine, ...]
    said: tuple[NoteLine, ...]
    approver: str
    choices: ReviewActions
    typed: Typed
    remarks: Mapping[str, PieceRemarks]
    pieces: tuple[tuple[str, str], ...]
    reviewers: tuple[User, ...]

    @property
    def has_preview(self) -> bool:
        """Whether it can be previewed as readers will see it."""
        return self.line.place.kind == "practices"


def _review_page(draft: Draft, typed: Typed) -> ReviewPage:
    """Return the page of a draft that the user may see."""
    place = place_of_draft(draft)
    head = log.find_head(db.session, place)
    found = in_order(draft_findings(db.session, store(), place, draft.text, minor=draft.minor, today=today()))
    is_behind = (head.number if head and head.is_present else 0) != draft.base_number
    looked = draft_warnings(db.session, store(), place, draft.text, draft.base_number)
    told = {_finding_key(each) for each in looked}
    approvers = authors(db.session, [draft.approved_by])
    comparison = compare(place, head.text or "" if head else "", draft.text)
    said = _note_lines(review_notes.of_draft(db.session, draft), comparison.names)
    choices = _choices(draft, can_stand=not is_behind and not errors(found))
    return ReviewPage(
        line=draft_lines([draft])[0],
        seen=mark_of(draft),
        comparison=comparison,
        originals=originals(place, draft.text),
        is_new=head is None,
        is_behind=is_behind,
        errors=tuple(_words(each, comparison.names) for each in found if each.severity is Severity.ERROR),
        warnings=tuple(
            _words(each, comparison.names)
            for each in found
            if each.severity is Severity.WARNING and _finding_key(each) not in told
        ),
        to_look_at=tuple(warning_lines(place.kind, looked)),
        files=tuple(_files(draft)),
        said=said,
        approver=approvers.get(draft.approved_by or 0, ""),
        choices=choices,
        typed=typed,
        remarks=_remarks(draft, comparison, said) if choices.comment or any(line.about for line in said) else {},
        pieces=_pieces(comparison),
        reviewers=_reviewers(draft) if choices.assign else (),
    )


def _pieces(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """Return name and label of each piece that differs."""
    return tuple((each.name, _piece_words(each.name, comparison.names)) for each in comparison.differences)


def _piece_words(name: str, names: PieceNames | None) -> str:
    return names.piece(name) if names is not None else name


def _remarks(draft: Draft, comparison: Comparison, said: Sequence[NoteLine]) -> Mapping[str, PieceRemarks]:
    """Return the comments on each piece that differs, by its name."""
    may_say = draft.stage != Stage.WRITING
    return {
        each.name: PieceRemarks(
            tuple(line for line in said if line.note.about == each.name),
            f"{url_for('reviewing.show', draft_id=draft.id, about=each.name)}#h--decide" if may_say else "",
        )
        for each in comparison.differences
    }


def _reviewers(draft: Draft) -> tuple[User, ...]:
    place = place_of_draft(draft)
    return tuple(possible_reviewers(db.session, store(), place, draft.text, author_id=draft.author_id))


def _files(draft: Draft) -> Iterator[FileLine]:
    place, there = place_of_draft(draft), current_attachments(db.session, draft.record)
    named = {naming.name: naming.alt for naming in namings(draft.text)}
    for name, alt in named.items():
        if name in there:
            yield FileLine(name, alt, file_address(place.kind, place.id, name, there[name]), there[name])


def show_review(
    draft: Draft, problems: Sequence[Problem] = (), *, typed: Typed | None = None, status: int = 200, title: str = ""
) -> Response:
    """Return the page with its problems above, and with the typed values."""
    return render(
        "desk/review/show.html",
        status=status,
        page=_review_page(draft, typed or _typed_before(draft)),
        problems=[
            (str(each.where[0]) if each.where and not each.path else "", problem_text(each)) for each in problems
        ],
        title=title,
    )


def _typed_before(draft: Draft) -> Typed:
    """Return the initial values of the forms: the piece in the address, and the scheduled time, if there is one."""
    about = request.args.get("about", "")
    if draft.due is None:
        return Typed(about=about)
    due = draft.due.astimezone(UTC)
    return Typed(day=due.date().isoformat(), time=due.strftime("%H:%M"), about=about)


def _note_lines(found: Sequence[ReviewNote], pieces: PieceNames | None) -> tuple[NoteLine, ...]:
    """Return notes as view models."""
    asked = [int(note.text) for note in found if note.deed == ReviewAction.ASSIGNED and note.text]
    names = authors(db.session, [*asked, *(note.author_id for note in found)])
    return tuple(_note_line(note, names, pieces) for note in found)


def _note_line(note: ReviewNote, names: Mapping[int, str], pieces: PieceNames | None) -> NoteLine:
    deed, author = _(_DEEDS[ReviewAction(note.deed)]), names.get(note.author_id or 0, "")
    if note.deed == ReviewAction.ASSIGNED:
        return NoteLine(note, author, _assigned_words(note, names), "")
    if note.deed != ReviewAction.SCHEDULED:
        about = _piece_words(note.about, pieces) if note.about else ""
        return NoteLine(note, author, deed, reason_words(note), about=about)
    if not note.text:
        return NoteLine(note, author, _("cancelled the scheduled publication"), "")
    return NoteLine(note, author, deed, "", datetime.fromisoformat(note.text).astimezone(UTC))


def _assigned_words(note: ReviewNote, names: Mapping[int, str]) -> str:
    if not note.text:
        return _("opened the review to any reviewer")
    return _("asked %(name)s to review the draft", name=names.get(int(note.text), ""))


def _finding_key(problem: Problem) -> tuple[str, str]:
    """Return a key for a finding without its place. Checks know lines; warnings of writing do not."""
    return problem.code, repr(sorted(problem.params.items()))


def _words(problem: Problem, names: PieceNames | None) -> str:
    """Return a finding with the label of its piece. A line number would not help a user who has not seen the file."""
    where = [step for step in problem.where if isinstance(step, str)]
    if names is None or not where:
        return problem_text(problem)
    return _("%(label)s: %(words)s", label=names.place(where), words=finding_words(problem))


def _choices(draft: Draft, *, can_stand: bool) -> ReviewActions:
    user, place = signed_in(), place_of_draft(draft)
    is_mine, is_in_review = draft.author_id == user.id, draft.stage != Stage.WRITING
    reviews = is_in_review and may_with(db.session, store(), user, Permission.REVIEW, draft)
    publishes = may_with(db.session, store(), user, Permission.PUBLISH, draft)
    is_nobodys = draft.author_id is None and draft.origin == DraftOrigin.SUGGESTION
    waits, rule = draft.stage == Stage.REVIEW, four_eyes()
    alone, takes_two = rule and is_mine, needs_another(draft, user.id if not waits else None, four_eyes=rule)
    hindrance = ""
    if reviews and waits and alone:
        hindrance = _("You wrote this text. A second person must approve it.")
    elif takes_two and (reviews or publishes) and not (waits and draft.base_number == 0):
        hindrance = _(SECOND_PERSON)
    return ReviewActions(
        comment=is_in_review and (is_mine or reviews),
        hand_back=reviews and not is_mine and not is_nobodys,
        approve=reviews and waits and can_stand and not alone and not (is_nobodys and draft.base_number == 0),
        approve_and_publish=publishes and not takes_two,
        publish=publishes and can_stand and is_approved(draft, four_eyes=rule) and not takes_two,
        unschedule=publishes and draft.due is not None,
        withdraw=is_mine and is_in_review and may(user, writing(place)),
        take_over=reviews and is_nobodys and may_with(db.session, store(), user, writing(place), draft),
        assign=reviews and not is_nobodys,
        write=is_mine and not is_in_review and may(user, writing(place)),
        hindrance=hindrance,
    )


def moment_words(at: datetime) -> str:
    """Return a date and time for a message."""
    return str(moment(at).striptags())


def preview_page(draft: Draft) -> Response:
    """Return the page of a practice with the draft in it, or why it cannot be shown. Raises `NotFound` for others."""
    place = place_of_draft(draft)
    if place.kind != "practices":
        raise NotFound(f"draft {draft.id}")
    texts = {**log.texts(db.session, draft.record), place.part: draft.text}
    files = current_attachments(db.session, draft.record)
    bundle, found = read_bundle(store().kinds[place.kind].shape, place.id, texts, files)
    may_go_on = draft.author_id == signed_in().id and draft_lines([draft])[0].may_write
    back = _editor_address(draft) if may_go_on else ""
    if bundle is None:
        problems = [("", problem_text(each)) for each in errors(found)]
        return render("desk/review/unshown.html", is_kept=False, draft=draft, back=back, problems=problems)
    page = practice_page(bundle.reading(i18n.current().code))
    return render("desk/review/preview.html", is_kept=False, page=page, draft=draft, back=back)


def _editor_address(draft: Draft) -> str:
    place = place_of_draft(draft)
    return url_for("editor.edit", kind=place.kind, record_id=place.id, part=place.part, draft=draft.id)
