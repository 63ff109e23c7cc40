"""Translation desk of one text: the segments of a page with their translations and status, and the overall progress.

Every button submits the form, filters included, so no typed text is lost. Filters in the URL are only for links from
other pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from flask import request
from markupsafe import Markup

from kb.editing.forms.own_texts import reason_of
from kb.editing.forms.schema_form import SchemaField, form_of, walk
from kb.editing.translation.comparison_checks import Mismatch, compare
from kb.editing.translation.earlier_source import PastText, find_past
from kb.editing.translation.memory import texts_in
from kb.editing.translation.segment_review import PICKED, TICK
from kb.editing.translation.source_changes import MarkedRun, marked, runs_between
from kb.editing.translation.translation_form import TranslationFile, TranslationSegment
from kb.extensions import db
from kb.records.files.paths import RecordFile
from kb.records.record import Shape, State
from kb.search.analysis.term_usage import Wording, glossary
from kb.web.editor.form.controls import height_of, id_of
from kb.web.editor.form.section_previews import files_beside, row_of_original
from kb.web.editor.form.section_previews import preview as previewed
from kb.web.editor.form.sections import fixed_headings
from kb.web.editor.translation.memory_page import comment_address, memory_address
from kb.web.editor.translation.mismatches import MismatchLine, mismatch_line
from kb.web.editor.translation.paging import BESIDE, texts_page
from kb.web.editor.translation.proposal import ProposalView, is_offered
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.labels.fields import label_of
from kb.web.labels.segment_status import SHOWN, SegmentState, matches, past_words, state_of


@dataclass(frozen=True)
class SegmentView:
    """A segment of the original with its translation.

    `pieces` are the original with its changes and terms. For a stale segment, `past` says when it changed, or that this
    is unknown. `next_id` is the id of the next open segment of the page, `beside` the text in a further language.
    `memory` and `comment` are the URLs of similar translations and of a comment on the original. `may_ask` says that a
    machine can propose a translation.
    """

    segment: TranslationSegment
    id: str
    label: str
    state: SegmentState
    pieces: tuple[MarkedRun, ...] = ()
    heading_pieces: tuple[MarkedRun, ...] = ()
    past: str = ""
    has_changes: bool = False
    wordings: tuple[Wording, ...] = ()
    mismatches: tuple[MismatchLine, ...] = ()
    preview: Markup | None = None
    next_id: str = ""
    is_picked: bool = False
    memory: str = ""
    comment: str = ""
    beside: str = ""
    may_ask: bool = False
    proposal: ProposalView | None = None

    @property
    def name(self) -> str:
        """The name of its control."""
        return self.segment.control

    @property
    def height(self) -> int:
        """The height of its text in lines, at least the height of its source."""
        return max(height_of(self.segment.text), height_of(self.segment.source))


@dataclass(frozen=True)
class ShownOption:
    """A filter option: its value, its label, and the number of matching segments."""

    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Differing:
    """A segment that differs from its original. `id` is empty if the current filter hides it."""

    id: str
    label: str


@dataclass(frozen=True)
class TranslationDesk:
    """Data of the translation form. `segments` are the texts of one page, `hidden` the labels of all others by id.

    `next_id` is the first open text; it is empty if that is on another page. `compared` is the fingerprint of all
    differences from the original that the page shows. `asking` is the button that must be pressed again after the
    differences were reviewed. `beside` is the further language that is shown, one of the `others`.
    """

    segments: tuple[SegmentView, ...]
    source_language: str
    language: str
    is_free: bool
    memory: str = ""
    beside: str = ""
    others: tuple[str, ...] = ()
    shown: str = ""
    options: tuple[ShownOption, ...] = ()
    done: int = 0
    total: int = 0
    words_left: int = 0
    next_id: str = ""
    number: int = 1
    pages: int = 1
    hidden: Mapping[str, str] = field(default_factory=dict)
    differing: tuple[Differing, ...] = ()
    compared: str = ""
    asking: str = ""

    @property
    def left(self) -> int:
        """The number of open texts."""
        return self.total - self.done


def translation_desk(file: TranslationFile, preview: str, named: Collection[str] = ()) -> TranslationDesk:
    """Return the desk of a translation with the texts of the page that the request asks for, and the `named` ones."""
    segments = file.segments()
    compared = {each.name: _find_mismatches(file, each) for each in segments}
    page = texts_page(segments, {*named, *(name for name, found in compared.items() if found and _is_last_step())})
    wanted = page.names
    beside, others = _beside_language(file)
    theirs = _texts_beside(file, beside)
    past = _past(file, [each for each in segments if each.name in wanted])
    views = [
        replace(_view(file, each, past, compared[each.name], preview), beside=theirs.get(each.name, ""))
        for each in segments
        if each.name in wanted
    ]
    return TranslationDesk(
        segments=tuple(_link_views(views)),
        source_language=file.bundle.record.language,
        language=file.language,
        memory=memory_address(RecordFile(*file.bundle.key, file.language)),
        beside=beside,
        others=others,
        is_free=file.kind.shape.sections is None,
        shown=page.shown,
        options=tuple(_options(segments, page.shown)),
        done=sum(1 for each in segments if not each.is_open),
        total=len(segments),
        words_left=sum(len(each.source.split()) for each in segments if each.is_open),
        next_id=next((each.id for each in views if each.segment.is_open), ""),
        number=page.number,
        pages=page.pages,
        hidden={id_of(each.control): _label_in(file, each) for each in segments if each.name not in wanted},
        differing=tuple(
            Differing(id_of(each.control) if each.name in wanted else "", _label_in(file, each))
            for each in segments
            if compared[each.name]
        ),
        compared=_fingerprint_of({name: found for name, found in compared.items() if name in wanted}),
    )


def _beside_language(file: TranslationFile) -> tuple[str, tuple[str, ...]]:
    """Return the further language to show beside the source, if one is chosen, and all that the record has."""
    entry = generation().catalog.columns.get(file.bundle.key)
    known = entry.languages if entry is not None else ()
    others = tuple(each for each in known if each not in (file.bundle.record.language, file.language))
    asked = request.values.get(BESIDE, "")
    return asked if asked in others else "", others


def _texts_beside(file: TranslationFile, language: str) -> Mapping[str, str]:
    """Return the texts of the record in a further language, without those older than their source."""
    bundle = store().snapshot.find(*file.bundle.key) if language else None
    return {name: text for name, (text, _state) in texts_in(bundle, language).items()} if bundle is not None else {}


def _is_last_step() -> bool:
    """Return whether a text is to be published or reviewed. Then the page adds all texts that differ."""
    return request.method == "POST" and request.form.get("do") in ("publish", "review")


def _options(segments: Sequence[TranslationSegment], shown: str) -> Iterator[ShownOption]:
    for value, words in SHOWN.items():
        count = sum(1 for each in segments if matches(each, value))
        if count or not value or value == shown:
            yield ShownOption(value, _(words), count, value == shown)


def _past(file: TranslationFile, segments: Sequence[TranslationSegment]) -> Mapping[str, PastText]:
    """Return the source texts from which stale segments were translated, with one query of the log."""
    stale = {each.name: each.made.source for each in segments if each.state is State.STALE and each.made is not None}
    return find_past(db.session, file.kind.shape, file.bundle.record.id, stale)


def _view(
    file: TranslationFile,
    segment: TranslationSegment,
    past: Mapping[str, PastText],
    found: Sequence[Mismatch],
    preview: str,
) -> SegmentView:
    own = file.bundle.record.language
    terms = glossary(store().labels, store().vocabularies, segment.source, segment.text, (own, file.language))
    before = past.get(segment.name)
    heading, text = _split_heading(segment, before.text) if before else (segment.source_heading, segment.source)
    return SegmentView(
        segment=segment,
        id=id_of(segment.control),
        label=_label_in(file, segment),
        state=state_of(segment, own),
        pieces=marked(runs_between(text, segment.source), terms.places),
        heading_pieces=marked(runs_between(heading, segment.source_heading), ()),
        past=past_words(before) if segment.state is State.STALE else "",
        has_changes=before is not None,
        wordings=terms.wordings,
        mismatches=tuple(map(mismatch_line, found)),
        preview=_preview(file, segment) if preview == segment.name else None,
        is_picked=_is_picked(segment),
        may_ask=is_offered(segment),
        memory=memory_address(RecordFile(*file.bundle.key, file.language), segment.name),
        comment=comment_address(RecordFile(*file.bundle.key, file.language), segment.name),
    )


def _is_picked(segment: TranslationSegment) -> bool:
    """Return whether a text is ticked; after *Select all*, each one that has a translation."""
    if request.form.get("do") == TICK:
        return bool(segment.text.strip())
    return segment.name in request.form.getlist(PICKED)


def _split_heading(segment: TranslationSegment, text: str) -> tuple[str, str]:
    """Return heading and text of an earlier source."""
    if segment.original == segment.source:
        return segment.source_heading, text
    first, _end, rest = text.partition("\n")
    return first.removeprefix("##").strip(), rest.strip("\n")


def _link_views(views: Sequence[SegmentView]) -> Iterator[SegmentView]:
    """Yield the segments, each linked to the next open one of the page, wrapping around at the end."""
    to_do = [(place, each.id) for place, each in enumerate(views) if each.segment.is_open]
    for place, each in enumerate(views):
        behind = next((name for other, name in to_do if other > place), "")
        first = to_do[0][1] if to_do else ""
        following = behind or (first if first != each.id else "")
        yield SegmentView(**{**each.__dict__, "next_id": following})


def _find_mismatches(file: TranslationFile, segment: TranslationSegment) -> tuple[Mismatch, ...]:
    """Return the mismatches between a translated text and its source."""
    return compare(segment.source, segment.text, file.bundle.record.language, file.language)


def _fingerprint_of(compared: Mapping[str, Sequence[Mismatch]]) -> str:
    """Return the fingerprint of all mismatches, or an empty text if there are none."""
    said = repr([(name, each) for name, each in compared.items() if each])
    return hashlib.sha256(said.encode()).hexdigest()[:16] if any(compared.values()) else ""


def _label_in(file: TranslationFile, segment: TranslationSegment) -> str:
    """Return the label of a segment. A text within the facts includes its row: `figures.f1.label`."""
    headings = fixed_headings(file.kind.shape.name)
    if label := headings.get(segment.name) or segment.source_heading:
        return label
    if about := reason_of(segment.name):
        heading = next((each.heading for each in file.bundle.sections if each.id == about), "")
        return _("%(name)s: what was changed, and why", name=heading or _fact_label(file, about))
    return _fact_label(file, segment.name)


@lru_cache(maxsize=32)
def _fields(shape: Shape) -> Mapping[str, SchemaField]:
    return {each.path: each for each in walk(form_of(shape))}


def _fact_label(file: TranslationFile, name: str) -> str:
    first, _dot, rest = name.partition(".")
    fields = _fields(file.kind.shape)
    if first not in fields or not rest:
        return label_of(fields[first]) if first in fields else name
    inner = fields.get(f"{first}.{rest.rpartition('.')[2]}")
    row = rest.rpartition(".")[0]
    names = [label_of(fields[first]), *([row] if row else []), *([label_of(inner)] if inner else [rest])]
    return " · ".join(names)


def _preview(file: TranslationFile, segment: TranslationSegment) -> Markup:
    numbers = {row.id: number for number, row in enumerate(getattr(file.bundle.record, "sources", ()), 1)}
    kind, record_id = file.bundle.key
    place = RecordFile(kind, record_id, file.language)
    sources = row_of_original(kind, record_id)
    return previewed(place, segment.name, segment.text, file.language, numbers, sources, files_beside(place))
