"""Prepares the last page of an adaptation: its files, what is still open, and what was filled in from where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from kb.conversion.convert import Conversion
from kb.conversion.load import TOOLS
from kb.conversion.render import render
from kb.conversion.resolution import BlankState, ResolvedBlank
from kb.documents.html import body_html
from kb.documents.pdf import is_available
from kb.editing.adaptation.keep_conversion import ExistingAdaptation, find_kept, may_keep
from kb.extensions import db
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.country.membership import EUROPE
from kb.kinds.tool.model import PartStyle
from kb.records.bundle import SOURCE
from kb.records.markdown import to_html
from kb.web.http import i18n
from kb.web.http.current_user import person
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import store
from kb.web.labels.tools import BLANK_TOPICS
from kb.web.parts.passages import absolute_record_link, record_link
from kb.web.tools.convert.forms import REVIEWED_BY, REVIEWED_ON, Posted, posted_value
from kb.web.tools.convert.start import PaperOption, paper_options
from kb.web.tools.convert.steps import Step, StepKind, asked_choices, topics
from kb.web.tools.page import FILE_FORMATS

_FORMATS = {**FILE_FORMATS, "html": "HTML"}

_SHOWN = 3  # open points of a topic that are named


@dataclass(frozen=True)
class OpenTopic:
    """The open points of one topic, or one choice that was not made, and the page where they are filled in.

    `labels` are the first of them, `more` is the number of the others.
    """

    words: str
    labels: tuple[str, ...]
    more: int
    step: str


@dataclass(frozen=True)
class FilledView:
    """A field that is filled in: its value, and the source if it comes from the profile."""

    label: str
    value: str
    source: str
    address: str


@dataclass(frozen=True)
class ReviewView:
    """The function of the reviewer, and the day of the review as typed."""

    function: str
    day: str


@dataclass(frozen=True)
class KeepOffer:
    """The button that keeps a conversion, or the existing adaptation. Another person's draft has no address."""

    country: str
    post: str
    kept: ExistingAdaptation | None = None

    @property
    def address(self) -> str:
        """The address of the adaptation in the editor, or "" if the user may not open it."""
        if self.kept is None or not (self.kept.is_record or self.kept.draft_id):
            return ""
        draft = None if self.kept.is_record else self.kept.draft_id
        return url_for("editor.edit", kind=ADAPTATION.name, record_id=self.kept.record_id, part=SOURCE, draft=draft)


@dataclass(frozen=True)
class DonePage:
    """The last page. `papers` are all papers of the tool, the chosen one marked; `notes` are for the user alone.

    `formats` are pairs of a format and its name; without `has_pdf`, this site cannot make PDF files. `lost` are the
    user's texts for parts that the tool no longer has.
    """

    heading: str
    formats: tuple[tuple[str, str], ...]
    has_pdf: bool
    papers: tuple[PaperOption, ...]
    open_topics: tuple[OpenTopic, ...]
    filled: tuple[FilledView, ...]
    lost: tuple[str, ...]
    review: ReviewView
    notes: tuple[Markup, ...]
    keeping: KeepOffer | None

    @property
    def chosen(self) -> PaperOption | None:
        """The paper that was chosen."""
        return next((paper for paper in self.papers if paper.is_chosen), None)


def done_page(found: Conversion, posted: Posted, *, may_be_kept: bool) -> DonePage:
    """Return the last page. `posted` holds the form values of a page with problems."""
    known = {part.passage.name for part in found.parts}
    has_pdf = is_available()
    return DonePage(
        heading=_ready_words(found.open_points),
        formats=tuple((name, words) for name, words in _FORMATS.items() if has_pdf or name != "pdf"),
        has_pdf=has_pdf,
        papers=paper_options(found),
        open_topics=tuple(_open_topics(found)),
        filled=tuple(view for blank in found.blanks for view in _filled(blank)),
        lost=tuple(own.text for name, own in found.answers.texts.items() if name not in known and own.text),
        review=_review(found, posted),
        notes=tuple(_notes(found)),
        keeping=_keep_offer(found) if may_be_kept else None,
    )


def _ready_words(count: int) -> str:
    if not count:
        return _("Your document is ready. Nothing is open.")
    return ngettext(
        "Your document is ready, with %(count)s open point",
        "Your document is ready, with %(count)s open points",
        count,
    )


def preview(found: Conversion) -> Markup:
    """Return the current document as HTML, without form controls."""
    document = render(found, link=lambda target: absolute_record_link(target, found.answers.language))
    return Markup(body_html(document, deeper=1, prefix="d-"))  # noqa: S704 - every text is escaped there


def _open_topics(found: Conversion) -> Iterator[OpenTopic]:
    for choice in asked_choices(found):
        if choice.is_open_point:
            yield OpenTopic(choice.view.label, (), 0, Step(StepKind.CHOICE, choice.id).code)
    for topic, blanks in topics(found).items():
        if labels := tuple(blank.view.label for blank in blanks if blank.is_open_point):
            shown = labels[:_SHOWN] if len(labels) > _SHOWN + 1 else labels
            yield OpenTopic(_(BLANK_TOPICS[topic]), shown, len(labels) - len(shown), Step(StepKind.TOPIC, topic).code)


def _filled(blank: ResolvedBlank) -> Iterator[FilledView]:
    if blank.state is BlankState.ABSENT:
        yield FilledView(blank.view.label, blank.view.absent, "", "")
    for entry in blank.entries:
        source = entry.source
        yield FilledView(
            label=blank.view.label,
            value=entry.text,
            source=source.title if source is not None else "",
            address=source.address or "" if source is not None else "",
        )


def _review(found: Conversion, posted: Posted) -> ReviewView:
    answers = found.answers
    day = f"{answers.reviewed_on:%d.%m.%Y}" if answers.reviewed_on is not None else ""
    return ReviewView(posted_value(posted, REVIEWED_BY, answers.reviewed_by), posted_value(posted, REVIEWED_ON, day))


def _notes(found: Conversion) -> Iterator[Markup]:
    """Yield the tool's notes for users who adapt it, as HTML. The document does not print them."""
    for part in found.parts:
        if part.part.style is PartStyle.ADAPTER_NOTE:
            yield Markup(to_html(part.text, link=record_link))  # noqa: S704 - cleaned there


def _keep_offer(found: Conversion) -> KeepOffer | None:
    """Return the offer to keep a conversion of a tool for a country; `None` for readers without the permission."""
    user, country, tool = person(), found.answers.country, found.tool
    if user is None or tool.kind != TOOLS or country not in EUROPE or country is None:
        return None
    if not may_keep(store(), user, tool.record, country, found.answers.language):
        return None
    return KeepOffer(
        i18n.country_name(country),
        url_for("adapting.keep_submit", record_id=tool.id),
        find_kept(db.session, store(), user, tool.id, country),
    )
