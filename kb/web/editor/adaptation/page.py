"""Page that compares an adaptation with its tool: each part that differs, both texts, and the possible actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, url_for

from kb.editing.adaptation.inherit import Kin, Verb
from kb.editing.forms.form_values import Posted
from kb.editing.open_text import Opened
from kb.editing.translation.earlier_source import PastText, find_past
from kb.editing.translation.source_changes import runs_between
from kb.extensions import db
from kb.history.model import Draft
from kb.i18n import N_
from kb.kinds.adaptation.lineage import Descent, LineageState, PartDescent
from kb.kinds.tool.declared import declared
from kb.kinds.tool.kind import KIND as TOOL
from kb.problems import Problem
from kb.publishing.authorization import writing
from kb.records.difference import DiffRun
from kb.records.files.paths import RecordFile
from kb.records.record import State
from kb.web.editor.adaptation.forms import HEADING, TEXT, WAS, WHY, Given, Sections, initial_text, mark_of, seen_of
from kb.web.editor.adaptation.labels import offered_words, past_words, standing_of, standing_words, waiting_words
from kb.web.editor.form.controls import height_of, id_of
from kb.web.editor.status import standing_of as editor_standing
from kb.web.http import i18n
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.parts.allowed_actions import may_here
from kb.web.parts.blank_marks import registers
from kb.web.parts.tool_part_names import PartName, PartNames

# Button labels for a part that is new, removed, or changed.
_WORDS: Mapping[tuple[Verb, LineageState | None], str] = {
    (Verb.TAKE, None): N_("Accept the tool’s text"),
    (Verb.TAKE, LineageState.GONE): N_("Remove this part too"),
    (Verb.KEEP, None): N_("Keep our text"),
    (Verb.KEEP, LineageState.NEW): N_("Leave this part out"),
    (Verb.SAY, None): N_("Save this text"),
}


@dataclass(frozen=True)
class TextView:
    """A text of the tool with its changes, its version in the adaptation's language, and the adaptation's own text.

    `offered` is set if the languages differ. `value` is the current value of the control, and `was` the fingerprint of
    its initial value.
    """

    name: str
    label: str
    heading_runs: tuple[DiffRun, ...]
    runs: tuple[DiffRun, ...]
    has_changes: bool
    past: str
    offered: tuple[str, str]
    offered_words: str
    is_section: bool
    is_there: bool
    heading: str
    value: str
    was: str

    @property
    def id(self) -> str:
        """The id of its control."""
        return id_of(f"{TEXT}.{self.name}")

    @property
    def height(self) -> int:
        """The height of the control in lines."""
        return max(height_of(self.value), height_of("".join(run.text for run in self.runs if run.sign != "removed")))


@dataclass(frozen=True)
class AdaptationPartView:
    """A part that needs a decision. `waiting` says why the tool's text cannot be adopted yet."""

    part: PartDescent
    title: PartName
    words: str
    texts: tuple[TextView, ...]
    why: str
    seen: str
    waiting: str

    @property
    def id(self) -> str:
        """The id of its section in the page."""
        return anchor_of(self.part)

    def button(self, verb: str) -> str:
        """Return the label of a button, or an empty text if the button has no effect."""
        is_there = any(each.is_there for each in self.texts)
        if (verb == Verb.TAKE and self.waiting) or (verb == Verb.SAY and not is_there):
            return ""
        return _(_WORDS.get((Verb(verb), standing_of(self.part))) or _WORDS[Verb(verb), None])


@dataclass(frozen=True)
class LineagePage:
    """The page. `translate` is the URL of the tool's translation into the adaptation's language, if one is pending."""

    kin: Kin
    parts: tuple[AdaptationPartView, ...]
    tool_title: str
    tool_language: str
    translate: str

    @property
    def tool(self) -> str:
        """The id of the tool."""
        return str(self.kin.parent.record.id)

    @property
    def languages(self) -> tuple[str, str]:
        """The language of the tool, and that of the adaptation."""
        return self.kin.parent.record.language, self.kin.adaptation.record.language


def _lineage_page(kin: Kin, posted: Posted | None = None) -> LineagePage:
    """Return the page for the template. Values that were `posted` are shown again in the controls."""
    code = i18n.current().code
    readings = kin.adaptation.reading(code), kin.parent.reading(code)
    names, past = PartNames(declared(readings[0], registers()), *readings), _past(kin)
    parts = tuple(_part(kin, part, names, past, posted or Posted({})) for part in kin.parts if part.open)
    title = readings[1].title
    return LineagePage(kin, parts, title.text, title.language, _translate(kin, parts))


def anchor_of(part: PartDescent) -> str:
    """Return the id of a part's section in the page."""
    return id_of(f"p.{part.name}")


def _translate(kin: Kin, parts: tuple[AdaptationPartView, ...]) -> str:
    """Return the URL to translate the tool into the adaptation's language, if the user may do that."""
    place = RecordFile(TOOL.name, kin.parent.record.id, kin.adaptation.record.language)
    if not any(each.waiting for each in parts) or not may_here(writing(place), place):
        return ""
    return url_for("editor.edit", kind=place.kind, record_id=place.id, part=place.part)


def _past(kin: Kin) -> Mapping[str, PastText]:
    """Return the tool's texts at the time of the adaptation, with one query of the log for all of them."""
    made = [each.made for part in kin.parts for each in part.open if each.made is not None]
    wanted = {each.id: each.parent for each in made if each.parent is not None}
    return find_past(db.session, kin.parent.shape, kin.parent.record.id, wanted)


def _part(
    kin: Kin, part: PartDescent, names: PartNames, past: Mapping[str, PastText], posted: Posted
) -> AdaptationPartView:
    return AdaptationPartView(
        part=part,
        title=names.part(part.name),
        words=standing_words(part),
        texts=tuple(_text(kin, each, names, past.get(each.name), posted) for each in part.open),
        why=posted.text(f"{WHY}.{part.name}", kin.reason(part)),
        seen=seen_of(kin, part),
        waiting=waiting_words(kin, part),
    )


def _text(kin: Kin, text: Descent, names: PartNames, past: PastText | None, posted: Posted) -> TextView:
    sections = Sections(kin)
    is_compared = past is not None and text.standing in (LineageState.CHANGED, LineageState.GONE)
    new = sections.split_heading(text.name, text.parent)
    old = sections.split_heading(text.name, past.text) if past is not None and is_compared else new
    own = sections.split_heading(text.name, initial_text(kin, text))
    offered, words = _offered_text(kin, text)
    return TextView(
        name=text.name,
        label=names.word(text.name) if "." in text.name else "",
        heading_runs=runs_between(old[0], new[0]),
        runs=runs_between(old[1], new[1]),
        has_changes=is_compared,
        past=past_words(text, past),
        offered=sections.split_heading(text.name, offered),
        offered_words=words,
        is_section=text.name in sections.names,
        is_there=text.text is not None or text.parent is not None,
        heading=posted.text(f"{HEADING}.{text.name}", own[0]),
        value=posted.text(f"{TEXT}.{text.name}", own[1]),
        was=posted.text(f"{WAS}.{text.name}", mark_of(sections.join_heading(text.name, *own))),
    )


def _offered_text(kin: Kin, text: Descent) -> tuple[str, str]:
    """Return the tool's text in the adaptation's language, if the languages differ and the text exists."""
    offer = kin.offers.get(text.name)
    if offer is None or offer.state in (State.ORIGINAL, State.FALLBACK):
        return "", ""
    return offer.text, offered_words(offer.state)


def adaptation_page(
    opened: Opened,
    kin: Kin,
    problems: tuple[Problem, ...] = (),
    *,
    posted: Posted | None = None,
    asked: Given | None = None,
    kept: list[Draft] | None = None,
) -> Response:
    """Return the page of an adaptation and its tool.

    `asked` is a decision to confirm, `kept` are other drafts.
    """
    page = _lineage_page(kin, posted)
    at = {each.part.name: each for each in page.parts}
    placed = [
        (at[str(each.where[0])] if each.where and each.where[0] in at else None, problem_text(each))
        for each in problems
    ]
    return render(
        "editor/adaptation/show.html",
        status=422 if problems else 200,
        opened=opened,
        page=page,
        title=kin.adaptation.record.title,
        problems=[(f"{part.id}--label" if part else "", words) for part, words in placed],
        errors={part.part.name: words for part, words in placed if part},
        asked=asked.part if asked else "",
        asked_for=asked.decision.verb if asked else "",
        kept=kept or [],
        standing=editor_standing(opened),
    )
