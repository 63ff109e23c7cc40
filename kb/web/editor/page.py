"""Editor page: the form of a source file or of a translation, or the raw text of the whole file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import Response, get_flashed_messages, request, url_for
from markupsafe import Markup

from kb.content_store.catalog import CatalogEntry
from kb.editing.forms.attachments import files_to_show, may_change_files
from kb.editing.forms.draft_titles import title_in
from kb.editing.forms.own_texts import has_parent
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.editing.open_text import Opened, source_text
from kb.editing.translation.translation_form import TranslationFile, read_translation_file
from kb.errors import NotFound
from kb.extensions import db
from kb.history import log
from kb.history.model import Draft
from kb.i18n import LANGUAGES
from kb.problems import Problem, errors
from kb.records.bundle import SOURCE, read_bundle, read_source, read_translation
from kb.records.record import Status
from kb.records.uploads.images import MOST_BYTES, is_picture
from kb.web.editor.form.autocomplete import EditorSuggestions
from kb.web.editor.form.completeness import warnings_of
from kb.web.editor.form.controls import NOTE, REVIEWER, ControlView, controls_of, place_of_problem, suggested_in
from kb.web.editor.form.outline import CITED, HEAD, KEEPING, FormOutline, outline_of
from kb.web.editor.form.own_texts import ReasonView, reasons_elsewhere
from kb.web.editor.form.section_previews import files_beside
from kb.web.editor.form.sections import SectionView, section_views
from kb.web.editor.new_source import FoundSource
from kb.web.editor.status import standing_of
from kb.web.editor.translation.page import TranslationDesk, translation_desk
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.current_user import has_session
from kb.web.http.form_problems import field_problems, problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render, store
from kb.web.labels.fields import SOURCE_KINDS, finding_words

# Where a problem of a translated text is.
_OF_TEXTS = ("body", "words", "made_from")


@dataclass(frozen=True)
class EditorPage:
    """The editor page. `view` is `source`, `translation` (with `desk`) or `raw`; fields of other views are empty."""

    opened: Opened
    view: str
    title: str
    language: str
    minor: bool = False
    head: tuple[ControlView, ...] = ()
    cited: tuple[ControlView, ...] = ()
    facts: tuple[ControlView, ...] = ()
    keeping: tuple[ControlView, ...] = ()
    sections: tuple[SectionView, ...] = ()
    suggestions: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    is_free: bool = False
    has_parent: bool = False
    reasons: tuple[ReasonView, ...] = ()
    desk: TranslationDesk | None = None
    outline: FormOutline | None = None
    found: FoundSource | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def address(self) -> str:
        """The URL that the form is posted to."""
        place = self.opened.place
        return url_for("editor.edit_submit", kind=place.kind, record_id=place.id, part=place.part)

    @property
    def is_source(self) -> bool:
        """Whether this is the source file, whose changes affect the translations."""
        return self.opened.place.part == SOURCE

    @property
    def is_new(self) -> bool:
        """Whether it has never been published."""
        return self.opened.base_number == 0

    @property
    def next_source(self) -> str:
        """The id of the next new source."""
        return next((each.next_id for each in self.cited), "")

    @property
    def source_kinds(self) -> tuple[tuple[str, str], ...]:
        """The types of sources, each with its words."""
        return tuple((str(kind), _(words)) for kind, words in SOURCE_KINDS.items())

    @property
    def has_preview(self) -> bool:
        """Whether its page can be shown as readers will see it."""
        return self.opened.place.kind == "practices"

    def unresolved(self) -> tuple[Problem, ...]:
        """Return a problem for each typed name with several matches, or none."""
        controls = (*self.head, *self.cited, *self.facts, *self.keeping)
        return tuple(choices.problem() for control in controls for choices in control.all_choices())

    def labels(self) -> dict[str, str]:
        """Return the labels of all elements that can show a problem, by id."""
        found: dict[str, str] = {}
        for control in (*self.head, *self.cited, *self.facts, *self.keeping):
            found |= control.labels()
        found |= {each.control_id: each.heading for each in self.sections}
        found |= {each.id: each.label for each in (self.desk.segments if self.desk else ())}
        return found | {NOTE: _("Note for the history"), REVIEWER: _("Who should review it (optional)")}


def page_of(
    opened: Opened,
    *,
    raw: bool = False,
    preview: str = "",
    minor: bool = False,
    problems: Sequence[Problem] = (),
) -> EditorPage:
    """Return the editor page of a text: the form, or the raw view on request or if no form can show the text.

    The form of a translation shows the texts of a page, and those with `problems`.
    """
    file = None if raw else find_form(opened)
    if isinstance(file, SourceFile):
        return _source_page(opened, file, preview, minor=minor)
    if isinstance(file, TranslationFile):
        return _translation_page(opened, file, preview, problems)
    return EditorPage(opened, "raw", _title(opened), _language(opened), minor)


def form_hindrances(opened: Opened) -> tuple[Problem, ...]:
    """Return the problems that keep the form from showing a text."""
    place, shape = opened.place, store().kinds[opened.place.kind].shape
    if place.part == SOURCE:
        return errors(read_source(shape, place.id, opened.text)[2])
    bundle = read_source(shape, place.id, source_text(db.session, place) or "")[0]
    return errors(read_translation(bundle, place.part, opened.text)[2]) if bundle is not None else ()


def page_hindrances(opened: Opened) -> tuple[Problem, ...]:
    """Return the problems that keep the page of a record from being shown with a text."""
    place = opened.place
    texts = log.texts(db.session, place.record) | {place.part: opened.text}
    bundle, problems = read_bundle(store().kinds[place.kind].shape, place.id, texts)
    return () if bundle is not None else errors(problems)


def find_form(opened: Opened) -> SourceFile | TranslationFile | None:
    """Return the file as the form shows it, or `None` if only its text can be edited."""
    place, kind = opened.place, store().kinds[opened.place.kind]
    if place.part == SOURCE:
        return read_source_file(kind, opened.text)
    source = source_text(db.session, place)
    return read_translation_file(kind, place.id, source, place.part, opened.text) if source is not None else None


def show(
    page: EditorPage,
    *,
    problems: Sequence[Problem] = (),
    kept: Sequence[Draft] = (),
    title: str = "",
    company: bool = False,
    status: int = 200,
) -> Response:
    """Return the editor page, with every problem at its control and above the form.

    `kept` are other drafts of this text. `title` is shown above problems that the user cannot fix. `company` says that
    another user has the same text open.
    """
    labels = page.labels()
    placed, at = _place_problems(page, problems, labels)
    warnings, warned = _place_problems(page, page.warnings, labels)
    return render(
        "editor/edit.html",
        status=status,
        page=page,
        problems=placed,
        errors=at,
        warnings=warnings,
        warned=warned,
        kept=kept,
        title=title or _said_with(problems),
        standing=standing_of(page.opened, is_well=status != 503),
        company=company,
        citable=_find_citable(page),
    )


def _said_with(problems: Sequence[Problem]) -> str:
    """Return what the last action said, for the title of the problems: two messages would contradict each other."""
    said = get_flashed_messages() if problems and has_session() else []
    return _("%(said)s Fix the following before you publish.", said=" ".join(map(str, said))) if said else ""


def retire_page(
    kind: str, record_id: str, *, successor: str = "", note: str = "", problems: Sequence[Problem] = ()
) -> Response:
    """Return the form for retiring a record. Raises `NotFound` for an unknown or already retired record."""
    catalog = generation().catalog
    entry = catalog.columns.get((kind, record_id))
    if entry is None or entry.status is Status.RETIRED:
        raise NotFound(record_id)
    return render(
        "editor/retire.html",
        status=422 if problems else 200,
        entry=entry,
        successor=successor,
        note=note,
        problems=field_problems(problems),
        others=_others(catalog.entries(kind), record_id, successor),
    )


def _others(entries: Sequence[CatalogEntry], record_id: str, typed: str) -> list[tuple[str, str]]:
    """Return ids and titles of the records that can replace one, by title; a typed id stays among them."""
    language = i18n.current().code
    found = {each.id: each.title(language)[0] for each in entries if each.id != record_id}
    found |= {typed: typed} if typed and typed not in found else {}
    return sorted(found.items(), key=lambda each: (each[1].casefold(), each[0]))


def _place_problems(
    page: EditorPage, problems: Sequence[Problem], labels: Mapping[str, str]
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Return problems in words: as a list for the top of the page, and by control id."""
    at, placed = dict[str, str](), list[tuple[str, str]]()
    every = {**(page.desk.hidden if page.desk else {}), **labels}
    for problem in problems:
        place, words = place_of_problem(problem, every), _words(problem, page)
        label, place = every.get(place), place if place in labels else ""
        placed.append((place, _("%(label)s: %(words)s", label=label, words=words) if label else words))
        at[place] = Markup(" ").join((at[place], words)) if place in at else words
    return placed, at


def suggestions(file: SourceFile | None = None) -> EditorSuggestions:
    """Return the autocomplete suggestions for a record, or general ones."""
    values = file.values if file is not None else {}
    sections = [(each.id, each.heading) for each in file.sections] if file is not None else []
    return EditorSuggestions(
        store().vocabularies,
        generation().catalog,
        i18n.current().code,
        values,
        sections,
        store().law,
        asked_rows(),
    )


def asked_rows() -> frozenset[str]:
    """Return the ids of the rows whose controls were posted, or are asked for by a button."""
    verb, *arguments = request.form.get("do", "").split(":")
    asked = [f"f-{'-'.join(arguments)}"] if verb == "open" else []
    names = (name.split(".") for name in request.form if name.startswith("f."))
    return frozenset((*asked, *("-".join(parts[:3]) for parts in names if len(parts) > 3)))


def _words(problem: Problem, page: EditorPage) -> str:
    if page.view == "raw" and problem.line:
        return _("Line %(line)s: %(words)s", line=problem.line, words=problem_text(problem))
    return finding_words(problem) if page.view == "source" else problem_text(problem)


def _title(opened: Opened) -> str:
    entry = generation().catalog.columns.get((opened.place.kind, opened.place.id))
    return entry.title(i18n.current().code)[0] if entry else title_in(opened.text, opened.place.part) or opened.place.id


def _language(opened: Opened) -> str:
    if opened.place.part in LANGUAGES:
        return opened.place.part
    entry = generation().catalog.columns.get((opened.place.kind, opened.place.id))
    return entry.language if entry else ""


def _source_page(opened: Opened, file: SourceFile, previewed: str, *, minor: bool) -> EditorPage:
    offered = suggestions(file)
    controls = controls_of(file.fields, file.values, offered)
    title = file.values.get("title")
    return EditorPage(
        opened,
        "source",
        title if isinstance(title, str) and title else _title(opened),
        file.language,
        minor,
        head=tuple(each for each in controls if each.field in HEAD),
        cited=tuple(each for each in controls if each.field in CITED),
        facts=tuple(each for each in controls if each.field not in (*HEAD, *CITED, *KEEPING)),
        keeping=tuple(each for each in controls if each.field in KEEPING),
        sections=tuple(section_views(file, opened.place, previewed, files_beside(opened.place))),
        suggestions={name: offered.options(name) for name in suggested_in(controls)},
        is_free=file.shape.sections is None,
        has_parent=has_parent(file.shape.name),
        reasons=reasons_elsewhere(file),
        outline=outline_of(file),
        warnings=warnings_of(opened),
    )


def _translation_page(opened: Opened, file: TranslationFile, previewed: str, problems: Sequence[Problem]) -> EditorPage:
    named = {str(each.where[1]) for each in problems if len(each.where) > 1 and each.where[0] in _OF_TEXTS}
    desk = translation_desk(file, previewed, named)
    title = file.words.get("title")
    return EditorPage(
        opened,
        "translation",
        title if isinstance(title, str) and title else _title(opened),
        file.language,
        is_free=desk.is_free,
        desk=desk,
        warnings=warnings_of(opened),
    )


@dataclass(frozen=True)
class Citable:
    """Ids and titles of sources, from the form or from the original; names of images and documents.

    `may_add` says whether the user may add files of at most so many megabytes.
    """

    sources: tuple[tuple[str, str], ...]
    pictures: tuple[str, ...]
    documents: tuple[str, ...]
    may_add: bool = False
    megabytes: int = MOST_BYTES // 1024 // 1024

    def __bool__(self) -> bool:
        return bool(self.sources or self.pictures or self.documents)


def _find_citable(page: EditorPage) -> Citable:
    """Return the sources, images and documents that the texts of this page can refer to."""
    place = page.opened.place
    bundle = store().snapshot.find(place.kind, place.id)
    names = sorted(files_to_show(db.session, store(), signed_in(), (place.kind, place.id)))
    own = tuple((row.id, row.title) for row in getattr(bundle.record, "sources", ())) if bundle is not None else ()
    return Citable(
        sources=_rows(page) if page.view == "source" else own,
        pictures=tuple(name for name in names if is_picture(name)),
        documents=tuple(name for name in names if not is_picture(name)),
        may_add=page.view == "source"
        and (page.is_new or may_change_files(db.session, store(), signed_in(), (place.kind, place.id))),
    )


def _rows(page: EditorPage) -> tuple[tuple[str, str], ...]:
    rows = next((each.rows for each in page.cited), ())
    said = (row.title.partition(": ") for row in rows)
    return tuple((name, title) for name, _colon, title in said if name)
