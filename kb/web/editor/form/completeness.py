"""Side panel of the form: completeness of the record, the question that each section answers, and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import Flask

from kb.editing.forms.schema_form import form_of
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.editing.open_text import Opened
from kb.editing.quality.completeness import Completeness, CompletenessItem, Importance, completeness_of
from kb.editing.quality.warnings import draft_warnings
from kb.extensions import db
from kb.history.model import Draft
from kb.i18n import N_
from kb.kinds.practice.model import SECTION_TITLES
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import place_of
from kb.web.editor.form.controls import id_of
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.labels.content_texts import section_questions
from kb.web.labels.fields import label_of

# The title of each group.
_TITLES: Mapping[Importance, str] = {
    Importance.NEEDED: N_("Required for publication"),
    Importance.EXPECTED: N_("Expected by readers"),
    Importance.WELCOME: N_("Optional"),
}

# Facts with a better place to fill them in: the answers of an assessment have their own dialogue.
_CONTROLS: Mapping[str, str] = {"assessments": "f-assessments--questions"}


@dataclass(frozen=True)
class CompletenessGroupView:
    """One group: how much of it is complete, and the missing facts as control ids with labels."""

    title: str
    there: int
    total: int
    missing: tuple[tuple[str, str], ...]

    @property
    def share(self) -> str:
        """How much of it is complete, in words."""
        return _("%(there)s of %(total)s", there=self.there, total=self.total)


@dataclass(frozen=True)
class Measure:
    """The completeness of a record by group. Empty groups are left out."""

    groups: tuple[CompletenessGroupView, ...]

    @property
    def summary(self) -> str:
        """The first incomplete group, in one sentence."""
        for group in self.groups:
            if group.missing:
                return _("%(label)s: %(words)s", label=group.title, words=group.share)
        return _("Everything is filled in.")


def init_app(app: Flask) -> None:
    """Make the completeness of drafts available to templates."""
    app.jinja_env.globals.update(draft_measure=draft_measure)


def measure_of(file: SourceFile) -> Measure:
    """Return the completeness of a source file."""
    found = completeness_of(file, store().vocabularies)
    return Measure(tuple(_group(file, found, group) for group in Importance if found.of(group)))


def draft_measure(draft: Draft) -> Measure | None:
    """Return the completeness of a source file's draft, or `None` for a translation or an unreadable draft."""
    place = place_of(draft.record, draft.part)
    if place.part != SOURCE or place.kind not in store().kinds:
        return None
    file = read_source_file(store().kinds[place.kind], draft.text)
    return measure_of(file) if file is not None else None


def warnings_of(opened: Opened) -> tuple[Problem, ...]:
    """Return warnings about parts of the text that deserve a second look."""
    return draft_warnings(db.session, store(), opened.place, opened.text, opened.base_number)


def warning_lines(kind: str, found: Iterable[Problem]) -> list[tuple[str, str]]:
    """Return warnings of a draft for a page without its form: no control id, but words that name the place."""
    return [("", _("%(label)s: %(words)s", label=_label_of(kind, each), words=problem_text(each))) for each in found]


def _label_of(kind: str, problem: Problem) -> str:
    first, *rest = problem.where
    if first in ("body", "words") and rest:
        first = rest[0]
    if first in SECTION_TITLES and kind == "practices":
        return _(SECTION_TITLES[str(first)])
    fields = {field.name: label_of(field) for field in form_of(store().kinds[kind].shape)}
    return fields.get(str(first).partition(".")[0], str(first))


def section_hint(kind: str, section_id: str) -> str:
    """Return the question that a section answers, or an empty text."""
    return section_questions().get(section_id, "") if kind == "practices" else ""


def _group(file: SourceFile, found: Completeness, group: Importance) -> CompletenessGroupView:
    missing = tuple(_links(file, found.missing(group)))
    return CompletenessGroupView(_(_TITLES[group]), found.there(group), len(found.of(group)), missing)


def _links(file: SourceFile, items: tuple[CompletenessItem, ...]) -> Iterator[tuple[str, str]]:
    return (item_link(file, item) for item in items)


def item_link(file: SourceFile, item: CompletenessItem) -> tuple[str, str]:
    """Return the id of the control of an entry, and its label."""
    if not item.is_section:
        label = next(label_of(field) for field in file.fields if field.name == item.name)
        return _CONTROLS.get(item.name) or id_of(f"f.{item.name}"), label
    own = file.find(item.name)
    heading = SECTION_TITLES.get(item.name) if file.shape.sections is not None else None
    return id_of(f"s.{item.name}"), _(heading) if heading else own.heading if own else item.name
