"""Page of a merge conflict: automatically merged pieces with their author, and each clash with both versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Response

from kb.editing.forms.draft_merge import MergedDraft
from kb.editing.forms.draft_titles import title_in
from kb.errors import Conflict
from kb.extensions import db
from kb.history.model import DraftOrigin
from kb.i18n import LANGUAGES
from kb.records.bundle import SOURCE, hash_bytes
from kb.records.difference import DiffRun, word_runs
from kb.records.files.paths import RecordFile
from kb.records.front_matter import Value
from kb.records.merge.three_way_merge import Clash, Joined, MergeChoice
from kb.web.editor.form.piece_values import PieceValues, piece_values
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render, store
from kb.web.labels.authors import authors
from kb.web.labels.pieces import PieceNames


@dataclass(frozen=True)
class JoinedView:
    """An automatically merged piece: its label, and its changes word by word."""

    label: str
    runs: tuple[DiffRun, ...]


@dataclass(frozen=True)
class MergeOption:
    """One side of a clash, as a word diff against the common base."""

    value: str
    label: str
    runs: tuple[DiffRun, ...]
    is_chosen: bool


@dataclass(frozen=True)
class ClashView:
    """A piece changed differently by both sides. The user has to choose."""

    id: str
    name: str
    label: str
    options: tuple[MergeOption, ...]


@dataclass(frozen=True)
class MergePage:
    """The page. `theirs`, `yours` and `alike` were merged automatically; `author` and `at` belong to the current text.

    `language` is the language of the texts.
    """

    proposal: MergedDraft
    title: str
    language: str
    author: str
    at: datetime | None
    theirs: tuple[JoinedView, ...]
    yours: tuple[JoinedView, ...]
    alike: tuple[JoinedView, ...]
    clashes: tuple[ClashView, ...]

    @property
    def is_file(self) -> bool:
        """Whether the other text is a file that was set aside, which no user of this site wrote."""
        return self.proposal.draft.origin == DraftOrigin.FILE

    @property
    def is_all_there(self) -> bool:
        """Whether the current text already contains everything in the draft."""
        return self.proposal.merge.text == self.proposal.theirs and not self.clashes

    @property
    def draft_fingerprint(self) -> str:
        """The fingerprint of the draft as shown."""
        return hash_bytes(self.proposal.yours.encode())


def merge_page(proposal: MergedDraft, choices: Mapping[str, MergeChoice]) -> MergePage:
    """Return the page of a merge proposal. `choices` are the choices already made on it."""
    place, head = proposal.place, proposal.head
    shape = store().kinds[place.kind].shape
    names = PieceNames(shape, (proposal.theirs, proposal.yours, proposal.base))
    values = piece_values(shape, names)
    entry = generation().catalog.columns.get((place.kind, place.id))
    joined = proposal.merge.joined
    author_id = head.change.author_id if head is not None else None
    is_yours_a_file = proposal.draft.origin == DraftOrigin.FILE
    return MergePage(
        proposal,
        title=entry.title(i18n.current().code)[0] if entry else title_in(proposal.yours, place.part) or place.id,
        language=_language(proposal, entry.language if entry else ""),
        author=authors(db.session, [author_id]).get(author_id or 0, ""),
        at=head.change.at if head is not None else None,
        theirs=_views(names, values, (each for each in joined if each.side == "theirs")),
        yours=_views(names, values, (each for each in joined if each.side == "yours")),
        alike=_views(names, values, (each for each in joined if each.side == "both")),
        clashes=tuple(
            _clash_view(number, clash, names, values, choices, is_file=is_yours_a_file)
            for number, clash in enumerate(proposal.merge.clashes, 1)
        ),
    )


def _language(proposal: MergedDraft, own: str) -> str:
    return own if proposal.place.part == SOURCE else proposal.place.part if proposal.place.part in LANGUAGES else ""


def _views(names: PieceNames, values: PieceValues, joined: Iterable[Joined]) -> tuple[JoinedView, ...]:
    return tuple(
        JoinedView(
            names.place(each.where), word_runs(values.at(each.where, each.before), values.at(each.where, each.after))
        )
        for each in joined
    )


def _clash_view(
    number: int,
    clash: Clash,
    names: PieceNames,
    values: PieceValues,
    choices: Mapping[str, MergeChoice],
    *,
    is_file: bool,
) -> ClashView:
    chosen = choices.get(clash.name)
    yours = _("Use the version in the file") if is_file else _("Use my version")
    sides: list[tuple[MergeChoice, str, Value | None]] = [
        (MergeChoice.THEIRS, _("Keep the current version"), clash.theirs),
        (MergeChoice.YOURS, yours, clash.yours),
    ]
    if clash.both is not None:
        sides.append((MergeChoice.BOTH, _("Keep both, one after the other, and edit them"), clash.both))
    options = tuple(
        MergeOption(
            value=str(choice),
            label=label,
            runs=word_runs(values.at(clash.where, clash.base), values.at(clash.where, value))
            if choice is not MergeChoice.BOTH
            else (),
            is_chosen=choice is chosen,
        )
        for choice, label, value in sides
    )
    return ClashView(f"clash-{number}", clash.name, names.place(clash.where), options)


def merge_response(
    page: MergePage | None,
    status: int,
    *,
    place: RecordFile | None = None,
    conflict: Conflict | None = None,
    has_moved: bool = False,
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    """Return the response with the page. Problems are pairs of a clash name and a message."""
    ids = {view.name: view.id for view in page.clashes} if page else {}
    labels = {view.name: view.label for view in page.clashes} if page else {}
    return render(
        "editor/merge/show.html",
        status=status,
        page=page,
        conflict=conflict,
        place=place or (page.proposal.place if page else None),
        has_moved=has_moved,
        texts=_texts(page, conflict),
        problems=[(ids.get(name, ""), f"{labels.get(name, name)}: {words}") for name, words in problems or ()],
        errors=dict(problems or ()),
    )


def _texts(page: MergePage | None, conflict: Conflict | None) -> tuple[str, str, str]:
    """Return base, theirs and yours."""
    if conflict is not None:
        return conflict.base, conflict.theirs, conflict.yours
    return (page.proposal.base, page.proposal.theirs, page.proposal.yours) if page else ("", "", "")
