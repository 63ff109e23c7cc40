"""Formats values of a record file in words: terms by label, rows by the labels of their facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.editing.forms.schema_form import FormControl, form_of, walk
from kb.kinds.suggested_lists import LANGUAGES
from kb.records.front_matter import Value
from kb.records.record import Bundle, Shape, State, TranslatedFrom
from kb.web.editor.form.autocomplete import EditorSuggestions
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.labels.fields import OPTIONS, YES_NO, label_of
from kb.web.labels.pieces import PieceNames
from kb.web.labels.segment_status import FRESH, MACHINE, MISSING, REVIEWED, STALE, word_of
from kb.web.parts.ratings import rating_words
from kb.web.parts.record_filter import STATUSES

_ANSWERS = "assessments.answers"
_MADE, _PARENT = "made_from", "made"
_RATED = frozenset({"evidence_level", "effect_direction", "transferability"})
_STATES = {State.FALLBACK: MISSING, State.STALE: STALE, State.MACHINE: MACHINE}


def piece_values(shape: Shape, names: PieceNames, source: Bundle | None = None) -> PieceValues:
    """Return the formatter for values of this kind of record in the reader's language."""
    offered = EditorSuggestions(store().vocabularies, generation().catalog, i18n.current().code)
    return PieceValues(shape, names, offered, source)


class PieceValues:
    """Formats the value of a top-level key. `source` is the original of a translation."""

    def __init__(
        self, shape: Shape, names: PieceNames, offered: EditorSuggestions, source: Bundle | None = None
    ) -> None:
        self._fields = {field.path: field for field in walk(form_of(shape))}
        self._names, self._offered, self._source = names, offered, source

    def __call__(self, name: str, value: Value) -> str:
        """Return the value in words. A value without a known name stays as written."""
        if name == _MADE and isinstance(value, dict) and self._source is not None:
            return "\n".join(self._translation_lines(value, self._source))
        if name == _PARENT and isinstance(value, list):
            return "\n".join(self._parent_line(row) for row in value if isinstance(row, dict))
        return self._in_words(name, value)

    def at(self, where: Sequence[str], value: Value | None) -> str:
        """Return the value at a path in a file in words. Row ids in the path are ignored."""
        path = ""
        for step in where:
            inner = f"{path}.{step}" if path else step
            path = inner if inner in self._fields or not path else path
        return self._in_words(path, value) if value is not None else ""

    def _in_words(self, path: str, value: Value) -> str:
        if isinstance(value, str):
            return self._word(path, value)
        if isinstance(value, list):
            is_plain = all(isinstance(each, str) for each in value)
            return (", " if is_plain else "\n").join(self._in_words(path, each) for each in value)
        return self._row(path, value)

    def _row(self, path: str, row: Mapping[str, Value]) -> str:
        """Format a row after its id, which texts and translations refer to."""
        facts = "; ".join(self._fact(f"{path}.{name}", name, value) for name, value in row.items() if name != "id")
        return f"{row['id']} · {facts}" if isinstance(row.get("id"), str) else facts

    def _fact(self, path: str, name: str, value: Value) -> str:
        field = self._fields.get(path)
        label = label_of(field) if field is not None and not path.startswith(_ANSWERS + ".") else name
        words = self._in_words(path, value)
        return f"{label}: ({words})" if isinstance(value, Mapping) else f"{label}: {words}"

    def _word(self, path: str, value: str) -> str:
        field = self._fields.get(path)
        if path == "status":
            return next((_(words) for status, words in STATUSES.items() if status == value), value)
        if path in _RATED:
            return rating_words(value, self._offered.vocabularies) or value
        suggested = LANGUAGES if path == "language" else field.suggested if field is not None else ""
        if suggested:
            return self._offered.name(suggested, value) or value
        if field is not None and field.control is FormControl.CHOICE:
            return _(words) if (words := OPTIONS.get(path, YES_NO).get(value)) else value
        return value

    def _parent_line(self, row: Mapping[str, Value]) -> str:
        """Format whether a text of an adaptation is its own, which text of the tool it replaces, and why."""
        name, mark = self._names.segment(str(row.get("id", ""))), str(row.get("parent", ""))[:8]
        if row.get("own") != "yes":
            return _("%(name)s: as in the tool (%(mark)s)", name=name, mark=mark)
        if mark:
            words = _("%(name)s: custom text, based on the tool’s text (%(mark)s)", name=name, mark=mark)
        else:
            words = _("%(name)s: custom text, not in the tool", name=name)
        return f"{words}. {row['why']}" if row.get("why") else words

    def _translation_lines(self, rows: Mapping[str, Value], source: Bundle) -> Iterator[str]:
        """Format the state of each text of a translation against the current original."""
        segments = source.segments()
        for name, row in rows.items():
            try:
                made = TranslatedFrom.model_validate(row)
            except ValueError:
                made = None
            if name in segments:
                state = _STATES.get(source.state(name, segments[name], made))
                word = word_of(state or (REVIEWED if made is not None and made.reviewed else FRESH))
                yield f"{self._names.segment(name)}: {word}"
