"""Differences between two texts of a record, with the labels of the editing form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.editing.forms.draft_titles import language_in
from kb.editing.open_text import source_text
from kb.editing.translation.translation_form import read_translation_file
from kb.extensions import db
from kb.i18n import LANGUAGES
from kb.records.bundle import SOURCE, read_source
from kb.records.difference import Difference, file_differences
from kb.records.files.paths import RecordFile
from kb.web.editor.form.piece_values import piece_values
from kb.web.http.rendering import store
from kb.web.labels.pieces import PieceNames


@dataclass(frozen=True)
class Comparison:
    """The differences of two whole texts, and both texts.

    `names` are the labels of the pieces. `language` is the language of the texts, empty if unknown.
    """

    before: str
    after: str
    differences: tuple[Difference, ...]
    names: PieceNames | None = None
    language: str = ""


@dataclass(frozen=True)
class Originals:
    """The texts of the original by segment name, for reviewers of its translation."""

    language: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def compare(place: RecordFile, before: str, after: str) -> Comparison:
    """Return the differences by fact and section. Facts written by the program can differ without any edit."""
    kind = store().kinds.get(place.kind)
    if kind is None:
        return Comparison(before, after, file_differences(before, after))
    names = PieceNames(kind.shape, (after, before))
    written = source_text(db.session, place) or ""
    source = read_source(kind.shape, place.id, written)[0] if place.part != SOURCE else None
    values = piece_values(kind.shape, names, source)
    return Comparison(before, after, file_differences(before, after, values), names, _language(place, after or before))


def _language(place: RecordFile, text: str) -> str:
    if place.part != SOURCE:
        return place.part if place.part in LANGUAGES else ""
    return language_in(text)


def originals(place: RecordFile, text: str) -> Originals:
    """Return the original texts of a translation, or none for an original."""
    kind, source = store().kinds.get(place.kind), source_text(db.session, place)
    if kind is None or source is None or place.part == SOURCE:
        return Originals()
    file = read_translation_file(kind, place.id, source, place.part, text)
    if file is None:
        return Originals()
    return Originals(file.bundle.record.language, {each.name: each.source for each in file.segments()})
