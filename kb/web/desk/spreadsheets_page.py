"""Pages of an uploaded table: changes by record, problems by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kb.editing.forms.schema_form import form_of
from kb.exchange.columns import FINGERPRINT, FIXED, ID, LANGUAGE, STATUS, columns_of
from kb.exchange.import_table import Incoming, ProposedChange
from kb.exchange.table import to_json
from kb.i18n import N_
from kb.kinds.kind import Kind
from kb.problems import Problem, errors
from kb.publishing.bulk_changes import MOST
from kb.records.difference import Difference, DiffRun
from kb.web.http import i18n
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.labels.fields import label_of

# Maximum size of the form data. The request limit leaves room for its other fields.
MAX_CARRIED = 3 * 1024 * 1024
# Limit of words times words for a word diff. Above it, which would take seconds, both texts are shown one after the
# other.
_COMPARED = 4_000_000
_SHOWN_PROBLEMS = 200
_FIXED: Mapping[str, str] = {
    ID: N_("Id of the record"),
    LANGUAGE: N_("Original language of the record"),
    FINGERPRINT: N_("File version when you downloaded the table"),
    STATUS: N_("Status of the record"),
}


@dataclass(frozen=True)
class ChangedFactView:
    """A fact that changes."""

    name: str
    label: str
    runs: tuple[DiffRun, ...]


@dataclass(frozen=True)
class RecordView:
    """A record that changes; `language` is the language of its title."""

    id: str
    title: str
    language: str
    row: int
    facts: tuple[ChangedFactView, ...]


@dataclass(frozen=True)
class ProblemView:
    """A problem of a row or a column. `row` and `record` are empty for a problem of the whole table."""

    row: int | None
    record: str
    column: str
    words: str
    is_warning: bool


@dataclass(frozen=True)
class PreviewView:
    """The effects of a table. `carried` is what the form sends back, empty if it is too large."""

    records: tuple[RecordView, ...]
    problems: tuple[ProblemView, ...]
    more_problems: int
    has_errors: bool
    carried: str
    is_too_large: bool
    count: str
    unchanged: str


@dataclass(frozen=True)
class ColumnView:
    """A column of the table, for the page that explains it."""

    name: str
    label: str
    is_fixed: bool


def columns(kind: Kind) -> list[ColumnView]:
    """Return the columns of tables of a kind."""
    return [
        *(ColumnView(name, _(_FIXED[name]), is_fixed=True) for name in FIXED),
        *(ColumnView(name, label, is_fixed=False) for name, label in _labels(kind).items()),
    ]


def names_by_label(kind: Kind) -> dict[str, str]:
    """Return the columns of tables of a kind by label, in lowercase.

    A label shared by two columns is left out.
    """
    labels = [(each.label.casefold(), each.name) for each in columns(kind)]
    counts = Counter(label for label, _name in labels)
    return {label: name for label, name in labels if counts[label] == 1}


def preview_view(kind: Kind, incoming: Incoming) -> PreviewView:
    """Return the preview of a table before publication."""
    labels = _labels(kind)
    found = incoming.problems
    carried = to_json(each.row for each in incoming.proposals)
    is_too_large = len(incoming.proposals) > MOST or len(carried.encode()) > MAX_CARRIED
    number = len(incoming.proposals)
    return PreviewView(
        records=tuple(_record(each, labels) for each in incoming.proposals),
        problems=tuple(_problem(each, labels, incoming.ids) for each in found[:_SHOWN_PROBLEMS]),
        more_problems=max(0, len(found) - _SHOWN_PROBLEMS),
        has_errors=bool(errors(found)),
        carried="" if is_too_large else carried,
        is_too_large=is_too_large,
        count=i18n.ngettext("%(count)s record will change", "%(count)s records will change", number),
        unchanged=i18n.ngettext(
            "%(count)s row will not change.", "%(count)s rows will not change.", incoming.unchanged
        ),
    )


def _labels(kind: Kind) -> dict[str, str]:
    tops = {field.name: label_of(field) for field in form_of(kind.shape)}
    return {
        column.name: f"{tops[column.keys[0]]}: {label_of(column.field)}"
        if len(column.keys) > 1
        else label_of(column.field)
        for column in columns_of(kind.shape)
    }


def _record(proposal: ProposedChange, labels: Mapping[str, str]) -> RecordView:
    place = proposal.edit.place
    entry = generation().catalog.columns.get((place.kind, place.id))
    title, language = entry.title(i18n.current().code) if entry is not None else (place.id, "")
    facts = tuple(ChangedFactView(each.name, labels.get(each.name, ""), _runs(each)) for each in proposal.differences)
    return RecordView(place.id, title, language, proposal.row.number, facts)


def _runs(difference: Difference) -> tuple[DiffRun, ...]:
    if len(difference.before.split()) * len(difference.after.split()) <= _COMPARED:
        return difference.runs()
    return DiffRun("removed", difference.before), DiffRun("added", difference.after)


def _problem(problem: Problem, labels: Mapping[str, str], ids: Mapping[int, str]) -> ProblemView:
    row, column = problem.where if len(problem.where) == len(("row", "column")) else (None, "")
    record = ids.get(row, "") if isinstance(row, int) else ""
    name = str(column)
    words = f"{labels[name]} ({name})" if labels.get(name) else name
    return ProblemView(
        row if isinstance(row, int) else None, record, words, problem_text(problem), not errors([problem])
    )
