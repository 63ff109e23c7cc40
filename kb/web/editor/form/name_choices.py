"""Choices for a typed name that is not an id: its matches, or the most similar names."""

from __future__ import annotations

from dataclasses import dataclass

from kb.editing.forms.disambiguation import PICK, WAS
from kb.i18n import N_
from kb.problems import Problem, Where
from kb.vocabulary.find_terms import SHORTEST, is_too_short
from kb.web.editor.form.autocomplete import EditorSuggestions
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import listing

# With more choices than these, none is shown: another typed letter narrows them down.
MOST = 10

_SEVERAL = N_("“%(text)s” has several matches. Select one below.")
_TOO_MANY = N_("“%(text)s” has too many matches. Enter more of the name.")
_NEAREST = N_("“%(text)s” was not found. Closest matches: %(near)s.")
_TOO_SHORT = N_("“%(text)s” is too short. Enter at least %(least)s characters of the name.")
_NOTHING = N_("“%(text)s” was not found. Enter the start of another name, in any language.")


@dataclass(frozen=True)
class NameChoices:
    """The choices at one control. `name` is the control's name, with the index of the entry in a list."""

    name: str
    text: str
    options: tuple[tuple[str, str], ...]
    fits: bool

    @property
    def pick(self) -> str:
        """The name of the radio buttons."""
        return f"{PICK}{self.name}"

    @property
    def was(self) -> str:
        """The name of the field with the text that the choices belong to."""
        return f"{WAS}{self.name}"

    def problem(self) -> Problem:
        """Return the problem of the typed text, at its place in the record."""
        some, none = (_SEVERAL, _TOO_MANY) if self.fits else (_NEAREST, _NOTHING)
        none = _TOO_SHORT if is_too_short(self.text) else none
        near = listing(_("“%(name)s”", name=name) for _id, name in self.options)
        params = {"text": self.text, "near": near, "least": SHORTEST}
        return Problem("unresolved-name", some if self.options else none, _where(self.name), params=params)


def choices_for(suggestions: EditorSuggestions, suggested: str, text: str, name: str) -> NameChoices | None:
    """Return the choices for a control's text, or `None` if it is an id, is empty, or has no suggestions."""
    if not text.strip() or not suggested or suggestions.is_known(suggested, text):
        return None
    if found := suggestions.fitting(suggested, text):
        return NameChoices(name, text, found if len(found) <= MOST else (), fits=True)
    return NameChoices(name, text, suggestions.nearest(suggested, text), fits=False)


def _where(name: str) -> Where:
    """Return the path in the record for a control name such as `f.models.0.term`."""
    return tuple(int(part) if part.isdecimal() else part for part in name.split(".")[1:])
