"""Confirmation page before a slot or an item with own texts is removed. It keeps everything that was typed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.parts.workshop_words import LocalText, localize
from kb.workshops.model import Texts, Workshop

# Button names: confirm the removal, or return to the form. All other fields of the form are passed through.
SURE, BACK = "sure", "back"
_LEFT_BEHIND = ("csrf_token", "do")


def confirm_page(
    workshop: Workshop, name: LocalText, *, kept: Sequence[Texts], typed: Sequence[Texts], is_slot: bool = False
) -> ResponseReturnValue:
    """Return the confirmation page. `kept` and `typed` are the texts that would be lost, titles first."""
    known = _lines(kept)
    return render(
        "workshops/builder/remove.html",
        workshop=workshop,
        above=localize(workshop.title, workshop),
        heading=_("Remove the session") if is_slot else _("Remove from the workshop"),
        name=name,
        is_slot=is_slot,
        kept=_lines(kept[1:]),
        typed=[line for line in _lines(typed) if line not in known],
        action=request.path,
        fields=[each for each in request.form.items(multi=True) if each[0] not in _LEFT_BEHIND],
    )


def _lines(texts: Sequence[Texts]) -> list[tuple[str, str]]:
    """Return the non-empty texts, each with its language."""
    return [(code, text) for each in texts for code, text in each.items() if text]
