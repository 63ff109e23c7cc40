"""Names of authors on pages: always shown to signed-in users, shown to readers only if the author agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from kb.accounts.queries import names_of, public_names_of
from kb.history.versions import authors_of_changes
from kb.web.http.i18n import gettext as _


def authors(session: Session, user_ids: Iterable[int | None]) -> Mapping[int, str]:
    """Return the names of users by id, for pages of signed-in users; erased accounts are "former curator"."""
    ids = {each for each in user_ids if each is not None}
    names = names_of(session, ids)
    return {each: names.get(each) or _("former curator") for each in ids}


def public_authors(session: Session, changes: Iterable[int]) -> Mapping[int, str]:
    """Map change numbers to the names of their authors, if the authors chose to be named to readers."""
    written = authors_of_changes(session, changes)
    names = public_names_of(session, written.values())
    return {change: names[author] for change, author in written.items() if author in names}
