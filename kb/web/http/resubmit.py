"""Keep a posted text when the sign-in expired or the site failed, and post it again to the same address."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from kb.web.http.rendering import render

# Blueprints of forms with long texts; other forms are short, or hold a password. Readers submit texts too.
CARRIED = frozenset(
    {
        *("adapting", "adopted", "assessing", "beginning", "converting", "editor", "reviewing", "self_check"),
        *("submit", "suggest"),
        *("suggestions", "workshop_builder", "workshop_feedback", "workshop_items", "workshop_slots"),
    }
)
_TOKEN = "csrf_token"  # noqa: S105 - the name of a field


@dataclass(frozen=True)
class Carried:
    """A posted form: its address and its fields."""

    address: str
    fields: Sequence[tuple[str, str]]

    def written(self) -> str:
        """Return the form serialized as JSON, for a hidden field of the sign-in form."""
        return json.dumps({"address": self.address, "fields": list(self.fields)}, ensure_ascii=False)


def _read_posted() -> Carried:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != _TOKEN]
    return Carried(request.full_path.rstrip("?"), fields)


def carry() -> Response:
    """Answer a post with the sign-in form, which carries everything that was typed."""
    carried = _read_posted().written()
    return render("accounts/sign_in.html", status=403, email="", problems=(), next=None, carried=carried)


def resend(carried: Carried | None = None, *, status: int = 403) -> Response:
    """Ask a signed-in user to send again a carried form, or the one just posted.

    Status 503 says that it could not be saved now and should be sent again later.
    """
    return render("http/resubmit.html", status=status, carried=carried or _read_posted(), is_late=status == 503)


def is_carried() -> bool:
    """Whether this request posts a long text."""
    return request.method == "POST" and request.blueprint in CARRIED


def read_carried(written: str | None) -> Carried | None:
    """Parse the form that a sign-in form carried; `None` if it is invalid or its address is not ours."""
    try:
        found: Any = json.loads(written or "")
        carried = Carried(str(found["address"]), [(str(name), str(value)) for name, value in found["fields"]])
    except (ValueError, TypeError, KeyError):
        return None
    return carried if is_ours(carried.address, "POST") else None


def is_ours(address: str | None, method: str) -> bool:
    """Whether an address is a page of this site, written as a path; no other host can be smuggled in."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return False
    if any(mark in address for mark in "\\\r\n\t\0"):
        return False
    try:
        current_app.url_map.bind("localhost").match(urlsplit(address).path, method=method)
    except (HTTPException, ValueError):
        return False
    return True
