"""Forms that readers post without an account: a correction of a record, or a whole practice."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app, request

from kb.editing.suggestions.rate_limit import network_mark
from kb.editing.suggestions.submit import Handed, Received, suggest_correction, suggest_record
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.record import Passage, Reading
from kb.web.editor.new_record.forms import NewRecordForm
from kb.web.http import i18n
from kb.web.http.bot_check import robot_problems
from kb.web.http.errors import WORDS
from kb.web.http.rendering import generation, has_pages, now, store

# The section was removed after the form was opened: the typed text becomes a remark on the whole record.
SECTION_GONE = Problem("changed", WORDS[409][0], ("reason",))


def find_reading(kind: str, record_id: str) -> Reading:
    """Return a published record that has a page. Raises `NotFound`."""
    if not has_pages(kind) or generation().catalog.find(kind, record_id) is None:
        raise NotFound(f"{kind}/{record_id}")
    return generation().catalog.reading(kind, record_id, i18n.current().code)


def has_section(reading: Reading, section: str) -> bool:
    """Whether a record has a section of this id; an empty id means the whole record."""
    return not section or any(each.name == section for each in reading.sections())


def find_passage(reading: Reading, section: str) -> Passage | None:
    """Return the text of a section, `None` for the whole record. Raises `NotFound`."""
    if not has_section(reading, section):
        raise NotFound(f"{reading.kind}/{reading.id} {section}")
    return next((each for each in reading.sections() if each.name == section), None)


def sent_correction() -> Handed:
    """Return the posted correction."""
    return Handed(
        text=request.form.get("text", ""),
        reason=request.form.get("reason", ""),
        contact=request.form.get("contact", "").strip(),
        language=i18n.current().code,
    )


def as_remark(correction: Handed) -> Handed:
    """Return a correction with its text moved to its reason."""
    texts = (correction.reason, correction.text)
    return replace(correction, text="", reason="\n\n".join(each for each in texts if each.strip()))


def submit_correction(reading: Reading, section: str, correction: Handed) -> Received:
    """Save a correction of the text that the reader saw. Raises `NotFound` for an unknown section, or `Rejected`."""
    passage = find_passage(reading, section)
    _reject_robots()
    place = _place(reading, passage)
    return suggest_correction(db.session, place, section, correction, network=_network(), now=now())


def submit_practice(form: NewRecordForm) -> Received:
    """Save a practice as a suggestion. Raises `Rejected`."""
    _reject_robots()
    sender = Handed("", "", form["contact"], i18n.current().code)
    session, problems = db.session, form.problems_of_values()
    return suggest_record(
        session, store(), form.kind, form.suggested(), sender, problems=problems, network=_network(), now=now()
    )


def _reject_robots() -> None:
    if problems := robot_problems():
        raise Rejected(problems)


def _network() -> str:
    """Return a mark of the client's network that does not reveal its address."""
    return network_mark(request.remote_addr or "", str(current_app.config["SECRET_KEY"]))


def _place(reading: Reading, passage: Passage | None) -> RecordFile:
    """Return the file whose text the reader saw: the translation, or the source if it is missing."""
    language = passage.language if passage is not None else reading.record.language
    return RecordFile(reading.kind, reading.id, SOURCE if language == reading.record.language else language)
