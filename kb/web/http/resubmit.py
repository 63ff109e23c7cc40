"""What somebody typed while their sign-in ended, or while the site was broken: it goes back to where it was sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from kb.web.http.rendering import render

# Forms with long texts in them; what is typed elsewhere is short, or a password. Readers hand in texts too.
CARRIED = frozenset(
    {
        *("adapting", "assessing", "beginning", "converting", "editor", "reviewing", "submit", "suggest"),
        *("suggestions", "workshop_builder", "workshop_feedback", "workshop_items", "workshop_slots"),
    }
)
_TOKEN = "csrf_token"  # noqa: S105 - the name of a field


@dataclass(frozen=True)
class Carried:
    """A form that was posted: where to, and its fields."""

    address: str
    fields: Sequence[tuple[str, str]]

    def written(self) -> str:
        """Return what the sign-in form carries in a hidden field."""
        return json.dumps({"address": self.address, "fields": list(self.fields)}, ensure_ascii=False)


def _read_posted() -> Carried:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != _TOKEN]
    return Carried(request.full_path.rstrip("?"), fields)


def carry() -> Response:
    """Answer a post with the sign-in form, which holds everything that was typed."""
    carried = _read_posted().written()
    return render("accounts/sign_in.html", status=403, email="", problems=(), next=None, carried=carried)


def resend(carried: Carried | None = None, *, status: int = 403) -> Response:
    """Ask somebody who is signed in to send what was typed before, or what has just been posted, on its way.

    With status 503 it could not be taken now and is to be sent again later.
    """
    return render("account/carried.html", status=status, carried=carried or _read_posted(), is_late=status == 503)


def is_carried() -> bool:
    """Whether this request brings a long text."""
    return request.method == "POST" and request.blueprint in CARRIED


def read_carried(written: str | None) -> Carried | None:
    """Return the form that a sign-in form carried, or `None` if it is none that we would have made."""
    try:
        found: Any = json.loads(written or "")
        carried = Carried(str(found["address"]), [(str(name), str(value)) for name, value in found["fields"]])
    except (ValueError, TypeError, KeyError):
        return None
    return carried if is_ours(carried.address, "POST") else None


def is_ours(address: str | None, method: str) -> bool:
    """Whether an address is a page of this site, written as a path: no other host can be smuggled in."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return False
    if any(mark in address for mark in "\\\r\n\t\0"):
        return False
    try:
        current_app.url_map.bind("localhost").match(urlsplit(address).path, method=method)
    except (HTTPException, ValueError):
        return False
    return True
