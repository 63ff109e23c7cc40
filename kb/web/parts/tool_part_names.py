"""Names of the parts of a tool and its adaptation: headings for sections, and the first words of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.editing.forms.schema_form import form_of, walk
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.tool.declared import Declared, gap_names
from kb.records.record import Passage, Reading
from kb.web.http.i18n import gettext as _
from kb.web.labels.fields import label_of
from kb.web.parts.blank_marks import with_names

# The fields of a row that name it; the first that it has is used.
_SAYING = ("label", "text")


@dataclass(frozen=True)
class PartName:
    """The name of a part in a language; `sort` says in the reader's language what it is, where it is not a section."""

    text: str
    language: str
    sort: str = ""

    @property
    def whole(self) -> str:
        """Both in one text, where the language of a part of a text cannot be marked."""
        return _("%(label)s: %(words)s", label=self.sort, words=self.text) if self.sort else self.text


class PartNames:
    """The names of the parts of an adaptation and its tool; of several readings, the first that has one counts."""

    def __init__(self, known: Declared, *readings: Reading) -> None:
        self._gaps, self._readings = gap_names(known), readings
        self._labels: Mapping[str, str] = {each.path: label_of(each) for each in walk(form_of(ADAPTATION))}

    def part(self, name: str) -> PartName:
        """Return the name of a part."""
        rows, _dot, row = name.partition(".")
        if row:
            found = self._passage(*(f"{name}.{key}" for key in _SAYING))
            text, language = (found.text, found.language) if found is not None else (row, "")
            return PartName(with_names(text, self._gaps), language, self._labels.get(rows, rows))
        found = self._passage(name)
        if found is not None and found.heading:
            return PartName(with_names(found.heading, self._gaps), found.language)
        return PartName(self._labels.get(name, name), "")

    def word(self, name: str) -> str:
        """Return the name of a text inside a row, in the reader's language."""
        rows, _dot, rest = name.partition(".")
        key = rest.rpartition(".")[2]
        return self._labels.get(f"{rows}.{key}", key)

    def _passage(self, *names: str) -> Passage | None:
        found = (reading.passage(name) for name in names for reading in self._readings)
        return next((each for each in found if each is not None), None)
