"""View models of the translation matrix: filters, cells in words, totals, pagination."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from flask import request, url_for

from kb.accounts.permissions import may
from kb.content_store.catalog import CatalogEntry
from kb.editing.translation.matrix import (
    STATES,
    Matrix,
    MatrixFilter,
    TranslationCell,
    TranslationRow,
    areas_of,
    matrix,
)
from kb.editing.translation.to_do import subject_of_entry
from kb.i18n import N_
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.record import Status
from kb.records.translation_status import Progress, TranslationStatus
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation, store
from kb.web.labels.kinds import kind_name

_AREAS = "practice-areas"
_STATES: Mapping[str, str] = {
    "open": N_("Work to do"),
    "missing": N_("Texts missing"),
    "stale": N_("Texts out of date"),
    "machine": N_("Texts translated by AI"),
    "reviewed": N_("All texts reviewed"),
}
_STANDINGS: Mapping[TranslationStatus, tuple[str, str]] = {
    TranslationStatus.ORIGINAL: ("original", N_("Original")),
    TranslationStatus.MISSING: ("plus", N_("Missing")),
    TranslationStatus.STALE: ("stale", N_("Out of date")),
    TranslationStatus.DRAFTED: ("machine", N_("To review")),
    TranslationStatus.REVIEWED: ("check", N_("Reviewed")),
}


@dataclass(frozen=True)
class FilterOption:
    """An option of a filter."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class MatrixFilterMenu:
    """A filter with its options. The first option means no filter."""

    name: str
    label: str
    options: tuple[FilterOption, ...]


@dataclass(frozen=True)
class CellView:
    """A cell: a symbol, a word, counts, and the URL of the translation or the original for users who may edit it."""

    language: str
    icon: str
    word: str
    counts: str
    address: str
    is_missing: bool


@dataclass(frozen=True)
class LineView:
    """A record with its cells."""

    title: str
    title_language: str
    kind: str
    address: str
    is_draft: bool
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class MatrixPage:
    """One page of the matrix."""

    filters: tuple[MatrixFilterMenu, ...]
    text: str
    languages: tuple[str, ...]
    lines: tuple[LineView, ...]
    sums: tuple[str, ...]
    words: tuple[str, ...]
    total: str
    number: int
    pages: int
    previous: str
    following: str
    file: str
    is_filtered: bool


def read_matrix_filter() -> MatrixFilter:
    """Return the filter from the URL. Unknown values are ignored."""
    given, vocabularies = request.args, store().vocabularies
    area = given.get("area", "")
    return MatrixFilter(
        kind=_if_known(given.get("kind", ""), store().kinds),
        language=_if_known(given.get("in", ""), site_languages()),
        state=_if_known(given.get("state", ""), STATES),
        country=given.get("country", "").upper()[:2],
        areas=frozenset(_with_narrower(area)) if vocabularies.is_in(area, _AREAS) else frozenset(),
        text=given.get("q", "")[:200],
    )


def _if_known(value: str, known: object) -> str:
    return value if value in known else ""  # type: ignore[operator]


def _with_narrower(area: str) -> Iterator[str]:
    yield area
    for each in store().vocabularies.narrower(area):
        yield from _with_narrower(each)


def site_languages() -> tuple[str, ...]:
    """Return the languages of this site, which are the columns."""
    return tuple(each.code for each in i18n.offered())


def _find_rows(wanted: MatrixFilter) -> Matrix:
    reader = i18n.current().code
    kinds = {kind: place for place, kind in enumerate(store().kinds)}
    return matrix(
        generation().catalog,
        site_languages(),
        wanted,
        lambda entry: (kinds[entry.kind], sort_key(entry.title(reader)[0], reader), entry.id),
    )


def matrix_page(wanted: MatrixFilter, number: int) -> MatrixPage:
    """Return one page of the filtered records."""
    found = _find_rows(wanted)
    number = min(max(1, number), found.pages)
    address = partial(_address, "matrix.index")
    return MatrixPage(
        filters=tuple(_filters(wanted)),
        text=wanted.text,
        languages=found.languages,
        lines=tuple(map(_line, found.page(number))),
        sums=tuple(counts_words(*each) for each in zip(found.sums, found.ready, strict=True)),
        words=tuple(words_left(each) for each in found.words),
        total=ngettext("%(count)s record", "%(count)s records", len(found.lines)),
        number=number,
        pages=found.pages,
        previous=address(page=number - 1) if number > 1 else "",
        following=address(page=number + 1) if number < found.pages else "",
        file=_address("matrix.download"),
        is_filtered=wanted != MatrixFilter(),
    )


def _address(endpoint: str, **changes: int) -> str:
    given = {name: value for name, value in request.args.items() if value and name != "page"}
    return url_for(endpoint, **given, **changes)  # type: ignore[arg-type]  # names of parameters are plain words


def _line(line: TranslationRow) -> LineView:
    entry = line.entry
    title, language = entry.title(i18n.current().code)
    return LineView(
        title=title,
        title_language=language,
        kind=kind_name(entry.kind),
        address=url_for("desk.record", kind=entry.kind, record_id=entry.id),
        is_draft=entry.status is Status.DRAFT,
        cells=tuple(_cell(entry, cell) for cell in line.cells),
    )


def _cell(entry: CatalogEntry, cell: TranslationCell) -> CellView:
    icon, word = _STANDINGS[cell.standing]
    part = SOURCE if cell.progress is None else cell.language
    permission = writing(RecordFile(entry.kind, entry.id, part))
    is_open = may(signed_in(), permission, subject_of_entry(entry, cell.language, store().vocabularies))
    return CellView(
        language=cell.language,
        icon=icon,
        word=_(word),
        counts=counts_words(cell.progress, cell.work.ready if cell.work is not None else 0)
        if cell.progress is not None
        else "",
        address=url_for("editor.edit", kind=entry.kind, record_id=entry.id, part=part) if is_open else "",
        is_missing=cell.standing is TranslationStatus.MISSING,
    )


def words_left(count: int) -> str:
    """Return the number of words that wait for a translator or a reader; an empty text for none."""
    return ngettext("%(count)s word left", "%(count)s words left", count, count=i18n.number(count)) if count else ""


def counts_words(progress: Progress, ready: int = 0) -> str:
    """Return the number of texts in each state, without empty states. `ready` ones come from the tool."""
    missing = progress.missing - ready
    said = (
        (missing, ngettext("%(count)s missing", "%(count)s missing", missing)),
        (ready, ngettext("%(count)s ready from the tool", "%(count)s ready from the tool", ready)),
        (progress.stale, ngettext("%(count)s out of date", "%(count)s out of date", progress.stale)),
        (progress.machine, ngettext("%(count)s translated by AI", "%(count)s translated by AI", progress.machine)),
        (progress.reviewed, ngettext("%(count)s reviewed", "%(count)s reviewed", progress.reviewed)),
    )
    return ", ".join(words for count, words in said if count)


def _filters(wanted: MatrixFilter) -> Iterator[MatrixFilterMenu]:
    reader, vocabularies = i18n.current().code, store().vocabularies
    entries = [entry for entry in generation().catalog.columns.values() if entry.status is not Status.RETIRED]
    countries = {code: i18n.country_name(code) for entry in entries for code in entry.facets.get("country", ())}
    there = {area for entry in entries for own in areas_of(entry) for area in (own, *vocabularies.broader_chain(own))}
    areas = {area: vocabularies.term(area).label(reader) for area in there if vocabularies.find_term(area) is not None}
    languages = {code: i18n.language_name(code) for code in site_languages()}
    yield _filter("kind", _("Type"), {kind: kind_name(kind) for kind in store().kinds}, wanted.kind)
    yield _filter("in", _("Language"), languages, wanted.language)
    yield _filter("state", _("Status"), {value: _(words) for value, words in _STATES.items()}, wanted.state)
    yield _filter("country", _("Country"), _sort_by_words(countries, reader), wanted.country)
    yield _filter(
        "area", _("Practice area"), _sort_by_words(areas, reader), request.args.get("area", "") if wanted.areas else ""
    )


def _sort_by_words(words: Mapping[str, str], language: str) -> dict[str, str]:
    return dict(sorted(words.items(), key=lambda each: sort_key(each[1], language)))


def _filter(name: str, label: str, words: Mapping[str, str], chosen: str) -> MatrixFilterMenu:
    options = {"": _("Any"), **words}
    return MatrixFilterMenu(
        name, label, tuple(FilterOption(value, said, value == chosen) for value, said in options.items())
    )


def table_rows(wanted: MatrixFilter) -> Iterator[list[str | int]]:
    """Yield the rows of the table. Each holds one record in one language, so that a spreadsheet can filter them."""
    yield ["kind", "id", "title", "status", "language", "standing", "missing", "stale", "machine", "reviewed"]
    for line in _find_rows(wanted).lines:
        entry = line.entry
        title = entry.title(i18n.current().code)[0]
        for cell in line.cells:
            row = [entry.kind, entry.id, title, str(entry.status), cell.language, str(cell.standing)]
            yield [*row, *(cell.progress or Progress())]
