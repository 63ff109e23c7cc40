"""A translation of an adaptation begins with the words of its tool, where the adaptation says what the tool says."""

from __future__ import annotations

from kb.content_store.store import ContentStore
from kb.conversion.adaptation_translation import TranslatedAnswers, translation_text
from kb.editing.translation.translation_form import new_translation
from kb.kinds.country.situation import YesNo
from kb.kinds.tool.model import ADAPTATION, TOOL, Adaptation
from kb.records.bundle import read_source
from kb.records.files.paths import RecordFile
from kb.records.segments import fingerprint


def first_translation(store: ContentStore, place: RecordFile, source: str) -> str:
    """Return what a new translation of a record begins with, whose source file this is.

    For most records that is nothing. Texts that are the adaptation's own, and those whose text in the tool has changed
    since, wait for somebody to translate them.
    """
    bundle = read_source(ADAPTATION, place.id, source)[0] if place.kind == ADAPTATION.name else None
    if bundle is None:
        return new_translation(place.part)
    record: Adaptation = bundle.record
    catalog = store.current().catalog
    if catalog.find(TOOL.name, record.parent) is None:
        return new_translation(place.part)
    tool = catalog.reading(TOOL.name, record.parent, place.part)
    texts = tool.bundle.segments()
    same = {
        row.id for row in record.made if row.own is not YesNo.YES and row.parent == fingerprint(texts.get(row.id, ""))
    }
    if tool.is_fallback:
        return new_translation(place.part)
    return translation_text(bundle, tool, texts.keys() - same, TranslatedAnswers())
