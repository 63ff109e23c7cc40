"""Actions of the buttons for translation segments: still right, read and found right, copy the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kb.editing.forms.form_values import Posted
from kb.editing.translation.translation_form import Judged, TranslationFile, TranslationSegment, apply_to_translation
from kb.records.segments import fingerprint

NEXT, STILL, READ, COPY, TICK = "next", "still", "read", "copy", "tick"
# Check boxes of segments, for actions on several at once.
PICKED = "pick"
# Prefix of the fields with the fingerprint of a machine's proposal.
PROPOSED = "p"


def names_meant(posted: Posted, arguments: Sequence[str]) -> frozenset[str]:
    """Return the segments of a button: the one that it names, or all checked ones."""
    return frozenset(filter(None, arguments[:1])) or frozenset(posted.texts(PICKED))


def translated(file: TranslationFile, posted: Posted, verb: str, arguments: Sequence[str], today: date) -> str:
    """Return the text of a translation after a button: with the typed texts and the button's action."""
    names = names_meant(posted, arguments)
    if verb == COPY:
        posted = _with_copies(file, posted, names)
    judged = Judged(
        still=names if verb == STILL else (),
        read=names if verb == READ else (),
        proposed=frozenset(each.name for each in file.segments() if _is_proposal(posted, each)),
    )
    return apply_to_translation(file, posted, today, judged)


def _is_proposal(posted: Posted, segment: TranslationSegment) -> bool:
    """Return whether the posted text is the one that a machine proposed: its fingerprint was posted beside it."""
    mark = posted.text(f"{PROPOSED}.{segment.name}")
    return bool(mark) and mark == fingerprint(posted.text(segment.control).strip())


def _with_copies(file: TranslationFile, posted: Posted, names: frozenset[str]) -> Posted:
    """Copy the source into empty controls; never replaces a typed text."""
    copies = {
        each.control: [each.source]
        for each in file.segments()
        if each.name in names and not posted.text(each.control, each.text).strip()
    }
    return replace(posted, values={**posted.values, **copies})
