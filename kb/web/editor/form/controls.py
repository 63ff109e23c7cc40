"""The controls of the editing form as its template shows them: names, labels, values, suggestions, rows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.editing.forms.form_values import fits, name_of
from kb.editing.forms.schema_form import FormControl, SchemaField
from kb.i18n import N_
from kb.problems import Problem, Where
from kb.records.front_matter import Value
from kb.web.editor.form.autocomplete import EditorSuggestions
from kb.web.editor.form.name_choices import NameChoices, choices_for
from kb.web.http.i18n import gettext as _
from kb.web.labels.fields import hint_of, label_of, option_of

# The control beside those of the record: what is said of a change.
NOTE = "note"
# Free lines below a list with suggestions; another round trip gives as many again.
_FREE = 2
# What a row is called by, the first that it has.
_TITLES = ("title", "name", "label", "text", "celex", "portal", "on")
# What a row is about, where that is the id of something with a name of its own.
_ABOUT = ("id", "fact", "term")
_NEW = N_("New entry")
_LONG = 60
# Letters of a line in a field of text, and the most lines that a field shows without scrolling.
_LETTERS, _HIGHEST = 75, 18


def height_of(text: str) -> int:
    """Return how many lines a text takes in a field, within reason."""
    lines = sum(1 + len(line) // _LETTERS for line in text.split("\n"))
    return max(2, min(lines + 1, _HIGHEST))


def id_of(name: str) -> str:
    """Return the id of the element with this name."""
    return name.replace(".", "-")


@dataclass(frozen=True)
class SuggestedEntry:
    """One line of a list with suggestions; `called` is the name of the id in it, `choices` what else it may mean."""

    id: str
    value: str
    called: str
    choices: NameChoices | None = None


@dataclass(frozen=True)
class ListRow:
    """One row of a list: its title, its controls, and whether it can be moved."""

    id: str
    index: int
    title: str
    controls: tuple[ControlView, ...]
    is_first: bool
    is_last: bool
    is_filled: bool

    @property
    def above(self) -> str:
        """The id that this row has once it is moved up."""
        return f"{self.id.rpartition('-')[0]}-{self.index - 1}"

    @property
    def below(self) -> str:
        """The id that this row has once it is moved down."""
        return f"{self.id.rpartition('-')[0]}-{self.index + 1}"

    @property
    def ids(self) -> frozenset[str]:
        """The ids of everything in this row that a problem can be shown at."""
        return frozenset({self.id, *(each for control in self.controls for each in control.ids())})


@dataclass(frozen=True)
class ControlView:
    """One control. Which of the last fields are filled depends on `kind`; `is_shown` is false for a value of a sort
    that the control cannot hold."""

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

    @property
    def height(self) -> int:
        """How many lines a text needs at first; its field can be drawn larger."""
        return height_of(self.value)

    @property
    def next_id(self) -> str:
        """The id that a new row will have."""
        return f"{self.id}-{len(self.rows)}"

    def all_choices(self) -> Iterator[NameChoices]:
        """Yield the choices at this control and at those inside it."""
        yield from filter(None, (self.choices, *(entry.choices for entry in self.entries)))
        inside = (*self.controls, *(control for row in self.rows for control in row.controls))
        yield from (each for control in inside for each in control.all_choices())

    def ids(self) -> Iterator[str]:
        """Yield the ids of everything in this control that a problem can be shown at."""
        yield from self.labels()

    def labels(self, above: str = "") -> dict[str, str]:
        """Return what each of these is called where it does not stand beside its list or group."""
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
    """Return which suggestions these controls need, each once."""
    found: dict[str, bool] = {}
    for control in controls:
        inside = (*control.controls, *(each for row in control.rows for each in row.controls))
        found |= dict.fromkeys((*([control.suggested] if control.suggested else []), *suggested_in(inside)), True)
    return tuple(found)


def _view(field: SchemaField, value: Value | None, suggestions: EditorSuggestions, name: str) -> ControlView:
    text = value if isinstance(value, str) else ""
    # A line that holds a line end would lose it.
    kind = FormControl.TEXT if field.control is FormControl.LINE and "\n" in text else field.control
    return ControlView(
        kind=str(kind),
        field=field.name,
        name=name,
        id=id_of(name),
        label=label_of(field),
        hint=hint_of(field),
        is_shown=fits(field, value),
        is_required=field.is_required,
        value="\n".join(str(each) for each in value or ()) if field.control is FormControl.LINES else text,
        called=suggestions.name(field.suggested, text) if field.suggested and text else "",
        suggested=field.suggested,
        options=_options(field, text),
        entries=_entries(field, value, suggestions, name),
        controls=_inside(field, value, suggestions, name) if field.control is FormControl.GROUP else (),
        rows=_rows(field, value, suggestions, name),
        choices=choices_for(suggestions, field.suggested, text, name) if field.control is FormControl.LINE else None,
    )


def _options(field: SchemaField, text: str) -> tuple[tuple[str, str], ...]:
    if field.control is not FormControl.CHOICE:
        return ()
    # What a broken file says is among the choices, so that nothing changes unless somebody chooses.
    values = ("", *field.options, *([text] if text and text not in field.options else []))
    return tuple((value, option_of(field, value)) for value in values)


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
    return tuple(
        ListRow(
            id=id_of(name_of(name, index)),
            index=index,
            title=_title(row, field, suggestions),
            controls=_inside(field, row, suggestions, name_of(name, index)),
            is_first=index == 0,
            is_last=index == len(rows) - 1,
            is_filled=_is_filled(row, field),
        )
        for index, row in enumerate(rows)
    )


def _is_filled(row: Value, field: SchemaField) -> bool:
    """Whether a row says anything; an id that was chosen says what the row is about."""
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
    """Return the id of the control that a problem belongs to, or an empty text where the form has none."""
    where: Where = problem.where
    if not where:
        return ""
    if where == (NOTE,) and not problem.path:
        return NOTE  # what is said of the change, and no fact of the record
    match where[0]:
        case "body":
            names = [name_of("s", where[1])] if len(where) > 1 else []
        case "words":
            names = [name_of("w", *where[1:])]
        case "made_from":
            names = [name_of(prefix, *where[1:2]) for prefix in ("w", "s")]
        case _:
            # The nearest control round the place: of a list of lines there is one for all.
            names = [name_of("f", *where[:end]) for end in range(len(where), 0, -1)]
    return next((id_of(name) for name in names if id_of(name) in known), "")
