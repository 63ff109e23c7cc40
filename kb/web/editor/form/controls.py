"""View models of the form's controls: names, labels, values, suggestions, rows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.editing.forms.form_values import fits, name_of
from kb.editing.forms.schema_form import FormControl, SchemaField
from kb.editing.quality.warnings import is_day
from kb.i18n import N_
from kb.problems import Problem, Where
from kb.records.front_matter import Value
from kb.web.editor.form.autocomplete import EditorSuggestions, group_options
from kb.web.editor.form.name_choices import NameChoices, choices_for
from kb.web.http.i18n import gettext as _
from kb.web.labels.fields import hint_of, label_of, option_of

# The only control that is not part of the record: the note about a change.
NOTE = "note"
REVIEWER = "reviewer"
# Empty lines below a list with suggestions. The script keeps one of them and adds another when it is filled in.
_FREE = 3
# Keys that can be the title of a row. The first key present is used.
_TITLES = ("title", "name", "label", "text", "celex", "portal", "on")
# Keys of a row that refer to something with a name of its own.
_ABOUT = ("id", "fact", "term")
_NEW = N_("New entry")
_LONG = 60
# A longer list has the controls of a row only when the row is opened: 8,700 controls take two seconds.
MOST_ROWS = 20
# Lists whose entries name a crime group and a value, such as g1=m4.
_BY_GROUP = frozenset({"answers.groups", "chosen.values"})
# Letters per line of a text area, and its maximum height in lines.
_LETTERS, _HIGHEST = 75, 18


def height_of(text: str) -> int:
    """Return the height of a text in lines, within limits."""
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    return max(2, min(lines + 1, _HIGHEST))


def id_of(name: str) -> str:
    """Return the element id for this control name."""
    return name.replace(".", "-")


@dataclass(frozen=True)
class SuggestedEntry:
    """One line of a list with suggestions. `called` is the name of its id, `choices` are alternative matches."""

    id: str
    value: str
    called: str
    choices: NameChoices | None = None


@dataclass(frozen=True)
class ListRow:
    """One row of a list: its id in the record (`name`), its title, its controls, and whether it can be moved.

    `is_left_out` says that its controls are not on the page until they are asked for, so that a long list is quick.
    """

    id: str
    index: int
    name: str
    title: str
    controls: tuple[ControlView, ...]
    is_first: bool
    is_last: bool
    is_filled: bool
    is_left_out: bool = False
    is_asked: bool = False

    @property
    def above(self) -> str:
        """The id of this row after it moves up."""
        return f"{self.id.rpartition('-')[0]}-{self.index - 1}"

    @property
    def below(self) -> str:
        """The id of this row after it moves down."""
        return f"{self.id.rpartition('-')[0]}-{self.index + 1}"

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all elements in this row that can show a problem."""
        return frozenset({self.id, *(each for control in self.controls for each in control.ids())})


@dataclass(frozen=True)
class ControlView:
    """One control. `kind` decides which of the last fields are set.

    `legend` explains codes that the value may have. `is_shown` is false if the control cannot hold this type of value.
    """

    kind: str
    field: str
    name: str
    id: str
    label: str
    hint: str
    is_shown: bool = True
    is_required: bool = False
    value: str = ""
    called: str = ""
    suggested: str = ""
    options: tuple[tuple[str, str], ...] = ()
    entries: tuple[SuggestedEntry, ...] = ()
    controls: tuple[ControlView, ...] = ()
    rows: tuple[ListRow, ...] = ()
    choices: NameChoices | None = None
    is_date: bool = False
    limit: int = 0
    legend: tuple[tuple[str, str], ...] = ()

    @property
    def type(self) -> str:
        """The type of a line. A date that cannot be read stays text: a date input would empty it."""
        return "date" if self.is_date and (not self.value or is_day(self.value)) else "text"

    @property
    def height(self) -> int:
        """The initial height of a text in lines. The user can enlarge the field."""
        return height_of(self.value)

    @property
    def next_id(self) -> str:
        """The id of the next new row."""
        return f"{self.id}-{len(self.rows)}"

    def all_choices(self) -> Iterator[NameChoices]:
        """Yield the name choices of this control and of nested controls."""
        yield from filter(None, (self.choices, *(entry.choices for entry in self.entries)))
        inside = (*self.controls, *(control for row in self.rows for control in row.controls))
        yield from (each for control in inside for each in control.all_choices())

    def ids(self) -> Iterator[str]:
        """Yield the ids of all elements in this control that can show a problem."""
        yield from self.labels()

    def labels(self, above: str = "") -> dict[str, str]:
        """Return the labels of these elements, with their list or group for use elsewhere."""
        label = f"{above}, {self.label}" if above else self.label
        found = {self.id: label, **{entry.id: label for entry in self.entries}}
        for control in self.controls:
            found |= control.labels(label)
        for row in self.rows:
            called = f"{label}, {row.title.partition(':')[0]}"
            found[row.id] = called
            for control in row.controls:
                found |= control.labels(called)
        return found


def controls_of(
    fields: Sequence[SchemaField], values: Mapping[str, Value], suggestions: EditorSuggestions, prefix: str = "f"
) -> tuple[ControlView, ...]:
    """Return the controls for these facts."""
    return tuple(_view(field, values.get(field.name), suggestions, name_of(prefix, field.name)) for field in fields)


def suggested_in(controls: Sequence[ControlView]) -> tuple[str, ...]:
    """Return the types of suggestions that these controls need, each once."""
    found: dict[str, bool] = {}
    for control in controls:
        inside = (*control.controls, *(each for row in control.rows for each in row.controls))
        found |= dict.fromkeys((*([control.suggested] if control.suggested else []), *suggested_in(inside)), True)
    return tuple(found)


def _view(field: SchemaField, value: Value | None, suggestions: EditorSuggestions, name: str) -> ControlView:
    text = value if isinstance(value, str) else ""
    # A single-line input would lose the line break.
    kind = FormControl.TEXT if field.control is FormControl.LINE and "\n" in text else field.control
    words = suggestions.field_words.get(field.path)  # the same in each row of a list
    label, hint = words or suggestions.field_words.setdefault(field.path, (label_of(field), hint_of(field)))
    return ControlView(
        kind=str(kind),
        field=field.name,
        name=name,
        id=id_of(name),
        label=label,
        hint=hint,
        is_shown=fits(field, value),
        is_required=field.is_required,
        value="\n".join(str(each) for each in value or ()) if field.control is FormControl.LINES else text,
        called=suggestions.name(field.suggested, text) if field.suggested and text else "",
        suggested=field.suggested,
        options=_options(field, text, suggestions),
        entries=_entries(field, value, suggestions, name),
        controls=_inside(field, value, suggestions, name) if field.control is FormControl.GROUP else (),
        rows=_rows(field, value, suggestions, name),
        choices=choices_for(suggestions, field.suggested, text, name) if field.control is FormControl.LINE else None,
        is_date=field.is_date,
        limit=field.limit,
        legend=group_options() if field.path in _BY_GROUP else (),
    )


def _options(field: SchemaField, text: str, suggestions: EditorSuggestions) -> tuple[tuple[str, str], ...]:
    if field.control is not FormControl.CHOICE:
        return ()
    # Include the invalid value of a broken file as a choice, so that it changes only if the user chooses.
    if field.path not in suggestions.field_options:
        every = tuple((value, option_of(field, value)) for value in ("", *field.options))
        suggestions.field_options[field.path] = every
    more = [(text, option_of(field, text))] if text and text not in field.options else []
    return (*suggestions.field_options[field.path], *more)


def _entries(
    field: SchemaField, value: Value | None, suggestions: EditorSuggestions, name: str
) -> tuple[SuggestedEntry, ...]:
    if field.control is not FormControl.TERMS or not fits(field, value):
        return ()
    given = [str(each) for each in value] if isinstance(value, list) else []
    return tuple(
        _entry(field, each, suggestions, name_of(name, index)) for index, each in enumerate([*given, *[""] * _FREE])
    )


def _entry(field: SchemaField, value: str, suggestions: EditorSuggestions, name: str) -> SuggestedEntry:
    called = suggestions.name(field.suggested, value) if value else ""
    return SuggestedEntry(id_of(name), value, called, choices_for(suggestions, field.suggested, value, name))


def _inside(
    field: SchemaField, value: Value | None, suggestions: EditorSuggestions, name: str
) -> tuple[ControlView, ...]:
    return controls_of(field.fields, value if isinstance(value, dict) else {}, suggestions, name)


def _rows(field: SchemaField, value: Value | None, suggestions: EditorSuggestions, name: str) -> tuple[ListRow, ...]:
    if field.control is not FormControl.ROWS or not fits(field, value):
        return ()
    rows = value if isinstance(value, list) else []
    asked = suggestions.asked
    return tuple(
        ListRow(
            id=id_of(name_of(name, index)),
            index=index,
            name=str(row.get("id") or "") if isinstance(row, dict) else "",
            title=_title(row, field, suggestions),
            controls=_row_controls(field, row, suggestions, name_of(name, index)),
            is_first=index == 0,
            is_last=index == len(rows) - 1,
            is_filled=_is_filled(row, field),
            is_left_out=len(rows) > MOST_ROWS and id_of(name_of(name, index)) not in asked,
            is_asked=id_of(name_of(name, index)) in asked and len(rows) > MOST_ROWS,
        )
        for index, row in enumerate(rows)
    )


def _row_controls(field: SchemaField, row: Value, suggestions: EditorSuggestions, name: str) -> tuple[ControlView, ...]:
    """Return the controls of a row; a made-up id, which people rarely change, comes last."""
    controls = _inside(field, row, suggestions, name)
    if isinstance(row, dict) and isinstance(celex := row.get("celex"), str):
        articles = suggestions.articles(celex)
        controls = tuple(replace(each, legend=articles) if each.field == "articles" else each for each in controls)
    return tuple(sorted(controls, key=lambda control: control.field == "id" and not control.suggested))


def _is_filled(row: Value, field: SchemaField) -> bool:
    """Return whether a row has content. A chosen id counts as content."""
    is_chosen = any(each.name == "id" and each.suggested for each in field.fields)
    return isinstance(row, dict) and (set(row) > {"id"} or (is_chosen and bool(row.get("id"))))


def _title(row: Value, field: SchemaField, suggestions: EditorSuggestions) -> str:
    if not isinstance(row, dict):
        return ""
    words = _label_of(row, field, suggestions) or next((str(row[key]) for key in _TITLES if row.get(key)), "")
    shown = words if len(words) <= _LONG else f"{words[:_LONG].rsplit(' ', 1)[0]} …"
    row_id = str(row.get("id") or "")
    return ": ".join(each for each in (row_id, shown) if each) or _(_NEW)


def _label_of(row: Mapping[str, Value], field: SchemaField, suggestions: EditorSuggestions) -> str:
    """Return the name of what a row is about, if that is declared elsewhere."""
    about = next((each for each in field.fields if each.name in _ABOUT and each.suggested), None)
    return suggestions.name(about.suggested, str(row.get(about.name, ""))) if about is not None else ""


def place_of_problem(problem: Problem, known: Container[str]) -> str:
    """Return the id of the control for a problem, or an empty text if the form has none."""
    where: Where = problem.where
    if not where:
        return ""
    if where in ((NOTE,), (REVIEWER,)) and not problem.path:
        return str(where[0])  # a problem of the change note or the reviewer, which are no facts of the record
    match where[0]:
        case "body":
            names = [name_of("s", where[1])] if len(where) > 1 else []
        case "words":
            names = [name_of("w", *where[1:])]
        case "made_from":
            names = [name_of(prefix, *where[1:2]) for prefix in ("w", "s")]
        case _:
            # Try the nearest enclosing control: a list of lines has one control for all lines.
            names = [name_of("f", *where[:end]) for end in range(len(where), 0, -1)]
    return next((id_of(name) for name in names if id_of(name) in known), "")
