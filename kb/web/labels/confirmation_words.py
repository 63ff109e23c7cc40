"""Who confirmed a record, which parts, and which of them have changed since, in words."""

from __future__ import annotations

from dataclasses import dataclass

from kb.editing.open_text import source_text
from kb.editing.sign_off.claims import TEXTS, claims_of, parts_of
from kb.extensions import db
from kb.records.bundle import SOURCE
from kb.records.confirmation import Confirmation, ConfirmedPart
from kb.records.files.paths import RecordFile
from kb.records.record import Bundle
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.pieces import PieceNames


@dataclass(frozen=True)
class ConfirmationWords:
    """Who confirmed a record and when; the parts that are as they were then, and those that are not, by name.

    Without any part, the organisation confirmed the whole record at that day.
    """

    words: str
    parts: tuple[str, ...]
    changed: tuple[str, ...]


def confirmation_words(bundle: Bundle) -> ConfirmationWords | None:
    """Return who confirmed a record, or `None`."""
    record = bundle.record
    found: Confirmation | None = getattr(record, "confirmed", None)
    if found is None:
        return None
    rows: tuple[ConfirmedPart, ...] = getattr(record, "confirmed_parts", ())
    text = source_text(db.session, RecordFile(*bundle.key, SOURCE)) or ""
    marks = {each.name: each.mark for each in parts_of(claims_of(text))}
    names = PieceNames(bundle.shape, (text,))
    told = [(_name(each.id, names), each.mark in (None, marks.get(each.id))) for each in rows]
    return ConfirmationWords(
        words=_("Confirmed by %(name)s on %(date)s", name=found.by, date=i18n.date_words(found.on)),
        parts=tuple(name for name, is_same in told if is_same),
        changed=tuple(name for name, is_same in told if not is_same),
    )


def _name(part: str, names: PieceNames) -> str:
    return _("In short") if part == TEXTS else names.segment(part)
