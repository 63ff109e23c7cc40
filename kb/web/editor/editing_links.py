"""Links from the public page of a record to its editor, its history and the desk, for people whose role reaches them.

Apart because the frame of every page shows them, and the permissions are known above it.
"""

from __future__ import annotations

from flask import Flask, request, url_for

from kb.accounts.permissions import Permission, may
from kb.kinds.registry import KINDS_BY_NAME
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.current_user import person
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import MenuLink
from kb.web.http.rendering import generation
from kb.web.parts.allowed_actions import may_here

# Public pages of records that have other addresses than their kind.
_SHOWN = {"profiles.show": "countries", "help.show": "countries"}


def init_app(app: Flask) -> None:
    """Add `editing_links` to the template globals."""
    app.jinja_env.globals.update(editing_links=editing_links)


def editing_links() -> tuple[MenuLink, ...]:
    """Return the links for this page; none for readers, on other pages, and where the role does not reach."""
    key = _record()
    if key is None or person() is None or not may(signed_in(), Permission.SEE_DESK):
        return ()
    kind, record_id = key
    entry = generation().catalog.columns[key]
    own = entry.language
    code = i18n.current().code
    part = SOURCE if code == own else code
    permission = Permission.EDIT if part == SOURCE else Permission.TRANSLATE
    links = [
        MenuLink(_("History"), url_for("revisions.index", kind=kind, record_id=record_id)),
        MenuLink(_("Dashboard"), url_for("desk.record", kind=kind, record_id=record_id)),
    ]
    if may_here(permission, RecordFile(kind, record_id, part)):
        words = _("Edit") if part == SOURCE else _("Edit translation")
        links.insert(0, MenuLink(words, url_for("editor.edit", kind=kind, record_id=record_id, part=part)))
    if entry.is_machine_drafted and may_here(Permission.EDIT, RecordFile(kind, record_id, SOURCE)):
        links.insert(-1, MenuLink(_("Sign off"), url_for("signing.show", kind=kind, record_id=record_id)))
    return tuple(links)


def _record() -> tuple[str, str] | None:
    """Return kind and id of the record that this page shows."""
    endpoint, record_id = request.endpoint or "", (request.view_args or {}).get("record_id", "")
    kind, _dot, view = endpoint.partition(".")
    kind = _SHOWN.get(endpoint, kind if view == "show" and kind in KINDS_BY_NAME else "")
    key = kind, record_id.lower()
    return key if key in generation().catalog.columns else None
