"""Names for the pieces of a file in text comparisons: field labels for facts, headings for sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.editing.forms.body_sections import body_of
from kb.editing.forms.own_texts import reason_of
from kb.editing.forms.schema_form import FormControl, form_of, walk
from kb.i18n import N_
from kb.kinds.practice.model import SECTION_TITLES
from kb.records.record import Shape
from kb.records.segments import sections
from kb.web.http.i18n import gettext as _
from kb.web.labels.fields import LABELS, label_of

# Keys that the form does not ask for: set at creation, set by a button, or generated.
_OWN: Mapping[str, str] = {
    "id": N_("Id"),
    "status": N_("Status"),
    "successor": N_("Id of the replacement record"),
    "evidence_level": N_("Strength of evidence"),
    "effect_direction": N_("Effect"),
    "transferability": N_("Transferability"),
    "made_from": N_("Status of each text"),
    "made": N_("Texts used from the tool"),
}


class PieceNames:
    """Names for the pieces of a record's files; a heading comes from the first of `texts` that has the section."""

    def __init__(self, shape: Shape, texts: Sequence[str] = ()) -> None:
        self._fields = {field.path: field for field in walk(form_of(shape))}
        self._headings = _headings_of(shape, texts)

    def place(self, where: Sequence[str]) -> str:
        """Return the name of a path in a file, such as `("figures", "f1", "label")` or `("body", "what")`."""
        match where:
            case ("text",):
                return _("The whole file")
            case ("body", section_id, *rest):
                name = self._headings.get(section_id, section_id)
                return _("%(name)s: heading", name=name) if rest == ["heading"] else name
            case ("words", path, *_rest):
                return self.segment(path)
            case ("made", name, *_rest) | ("made_from", name, *_rest):
                return _("%(name)s: source text", name=self.segment(name))
            case _:
                return self._fact(where)

    def piece(self, name: str) -> str:
        """Return the name of a piece of a comparison: a top-level key, the path of words, or a section id."""
        return self.place(("text",)) if name == "text" else self.segment(name)

    def is_written(self, name: str) -> bool:
        """Whether a piece is a text in the language of its file; other facts are shown in the reader's language."""
        if name in self._headings or name == "text":
            return True
        fields = [self._fields.get(path) for path in (name, ".".join(name.split(".")[::2]))]
        return any(field is not None and field.control is FormControl.TEXT for field in fields)

    def segment(self, name: str) -> str:
        """Return the name of a segment, which is a path such as `figures.f1.label` or a section id."""
        if about := reason_of(name):
            return _("%(name)s: what was changed, and why", name=self.segment(about))
        return self._headings.get(name) or self._fact(name.split("."))

    def _fact(self, where: Sequence[str]) -> str:
        """Join the labels of all steps of a path; steps that are not fields are row ids or unknown keys."""
        path, names = "", list[str]()
        for step in where:
            inner = f"{path}.{step}" if path else step
            field = self._fields.get(inner)
            if field is not None:
                path = inner
                names.append(label_of(field))
            else:
                known = {**LABELS, **_OWN} if not path else {}
                names.append(_(known[step]) if step in known else step)
        return " · ".join(names)


def _headings_of(shape: Shape, texts: Sequence[str]) -> Mapping[str, str]:
    """Return headings by section id, in the reader's language if the kind has fixed headings."""
    if shape.name == "practices":
        return {key: _(words) for key, words in SECTION_TITLES.items()}
    found: dict[str, str] = {}
    for text in texts:
        for section in sections(body_of(text))[0]:
            found.setdefault(section.id, section.heading or section.id)
    return found
