"""A machine's proposal for one text of a translation, if the operator has set a machine: asked for on demand.

Apart because a route of its own answers the script.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from kb.editing.translation.machine_proposal import ProposalFailed, propose
from kb.editing.translation.translation_form import TranslationSegment
from kb.records.files.paths import RecordFile
from kb.records.record import Status
from kb.records.segments import fingerprint
from kb.web.editor.translation.memory_page import source_bundle, source_texts
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation

PROPOSE = "propose"


@dataclass(frozen=True)
class ProposalView:
    """A proposal with its fingerprint, which tells later that the text is a machine's; or why there is none."""

    text: str = ""
    mark: str = ""
    words: str = ""


def is_offered(segment: TranslationSegment) -> bool:
    """Return whether a machine may be asked: one is set, and no person has translated the text."""
    is_persons = segment.made is not None and segment.made.by == "person" and bool(segment.text.strip())
    return bool(current_app.config["PROPOSALS"]) and not is_persons


def find_proposal(place: RecordFile, name: str) -> ProposalView:
    """Ask the machine for a text of a record. Raises `NotFound`.

    Texts of records that are not published stay here unless the operator has allowed to send them.
    """
    machine, bundle = str(current_app.config["PROPOSALS"]), source_bundle(place)
    text = source_texts(bundle).get(name, "")
    if not machine or not text:
        return ProposalView(words=_("AI is not set up on this site."))
    entry = generation().catalog.columns.get(bundle.key)
    is_public = entry is not None and entry.status is Status.PUBLISHED
    if not is_public and not current_app.config["PROPOSALS_FOR_DRAFTS"]:
        return ProposalView(words=_("This record is not published, so its texts are not sent to AI."))
    try:
        found = propose(machine, text, bundle.record.language, place.part)
    except ProposalFailed as error:
        return ProposalView(words=_(error.message) % error.params)
    return ProposalView(found, fingerprint(found))
