"""Editor controls for an adaptation's own texts: what was changed in each, and why."""

from __future__ import annotations

from dataclasses import dataclass

from kb.editing.forms.own_texts import deviations, has_parent, reason_name
from kb.editing.forms.source_form import SourceFile
from kb.web.editor.form.controls import height_of, id_of
from kb.web.labels.pieces import PieceNames


@dataclass(frozen=True)
class ReasonView:
    """The control for the reason of one text; `called` is the label of that text."""

    name: str
    called: str
    is_own: bool
    why: str

    @property
    def id(self) -> str:
        """The id of the control."""
        return id_of(self.name)

    @property
    def height(self) -> int:
        """The height of the reason in lines."""
        return height_of(self.why)


def reason_views(file: SourceFile) -> dict[str, ReasonView]:
    """Return the controls by text name, or none for a kind of record that has no parent."""
    if not has_parent(file.shape.name):
        return {}
    names = PieceNames(file.shape, [file.text])
    return {
        segment: ReasonView(reason_name(segment), names.segment(segment), each.is_own, each.why)
        for segment, each in deviations(file.values).items()
    }


def reasons_elsewhere(file: SourceFile) -> tuple[ReasonView, ...]:
    """Return the controls of own texts that are not sections: labels of fields, the title."""
    sections = {section.id for section in file.sections}
    found = reason_views(file).items()
    return tuple(view for segment, view in found if segment not in sections and (view.is_own or view.why))
