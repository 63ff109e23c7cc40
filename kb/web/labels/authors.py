"""Who wrote or did something, as pages say it: for those who work here always, for readers only by choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from kb.accounts.queries import names_of, public_names_of
from kb.history.versions import authors_of_changes
from kb.web.http.i18n import gettext as _


def authors(session: Session, user_ids: Iterable[int | None]) -> Mapping[int, str]:
    """Return what to call these people on pages of those who work here; who has erased her account has no name."""
    ids = {each for each in user_ids if each is not None}
    names = names_of(session, ids)
    return {each: names.get(each) or _("former curator") for each in ids}


def public_authors(session: Session, changes: Iterable[int]) -> Mapping[int, str]:
    """Return by the number of a change who wrote it, of those who chose that readers may know."""
    written = authors_of_changes(session, changes)
    names = public_names_of(session, written.values())
    return {change: names[author] for change, author in written.items() if author in names}
