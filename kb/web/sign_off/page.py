"""The page on which a record is read against its sources: each claim beside the sources that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request, url_for

from kb.accounts.permissions import Permission
from kb.editing.open_text import source_text
from kb.editing.sign_off.claims import claims_of
from kb.editing.sign_off.readings import read_claims
from kb.editing.sign_off.sign_off import SignOff, first_sign_off
from kb.errors import NotFound
from kb.extensions import db
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import field_problems
from kb.web.http.rendering import generation, has_pages, today
from kb.web.labels.authors import authors
from kb.web.parts.allowed_actions import four_eyes, may_here
from kb.web.parts.passages import record_link
from kb.web.sign_off.claim_views import ClaimGroup, ClaimView, ClaimViews, group_claims


@dataclass(frozen=True)
class ReadingPage:
    """All data of the page: all `claims`, and rows by their list. `problems` are pairs of a field and a message."""

    place: RecordFile
    title: str
    language: str
    claims: tuple[ClaimView, ...]
    groups: tuple[ClaimGroup, ...]
    wanted: SignOff
    is_drafted: bool
    is_published_at_once: bool
    address: str | None
    note: str
    problems: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> tuple[ClaimView, ...]:
        """The claims with a text of their own."""
        return tuple(each for each in self.claims if each.html)

    @property
    def read(self) -> int:
        """How many claims were read."""
        return sum(each.is_read for each in self.claims)

    @property
    def has_all(self) -> bool:
        """Whether nothing is left to read."""
        return self.read == len(self.claims)


def reading_page(
    kind: str, record_id: str, problems: Sequence[Problem] = (), wanted: SignOff | None = None, note: str = ""
) -> ReadingPage:
    """Return the page of a record in its published state. Raises `NotFound`."""
    place = RecordFile(kind, record_id, SOURCE)
    entry = generation().catalog.columns.get((kind, record_id))
    text = source_text(db.session, place)
    if entry is None or text is None:
        raise NotFound(place.record)
    bundle, claims = generation().catalog.bundle(kind, record_id), claims_of(text)
    rows = read_claims(db.session, place.record, claims)
    names = authors(db.session, [row.person_id for row in rows.values()])
    views = ClaimViews(bundle, text, entry.language, beside=True)
    shown = tuple(views.view(each, rows.get(each.name), names) for each in claims)
    return ReadingPage(
        place=place,
        title=entry.titles[entry.language],
        language=entry.language,
        claims=shown,
        groups=group_claims(shown),
        wanted=wanted or first_sign_off(signed_in(), today()),
        is_drafted=bundle.record.is_machine_drafted,
        is_published_at_once=not four_eyes() and may_here(Permission.PUBLISH, place),
        address=url_for(f"{kind}.show", record_id=record_id) if has_pages(kind) else None,
        note=note,
        problems=field_problems(problems),
    )


def posted_claims() -> tuple[dict[str, str], frozenset[str]]:
    """Return the claims that the form showed, with their marks, and the names of those that were ticked."""
    seen = dict(each.split(" ", 1)[::-1] for each in request.form.getlist("seen") if " " in each)
    return seen, frozenset(request.form.getlist("read"))


def posted_sign_off() -> SignOff:
    """Return what the form says about keeper and next review; a day that cannot be read is in the past."""
    try:
        due = date.fromisoformat(request.form.get("review_due", "").strip())
    except ValueError:
        due = date.min
    return SignOff(" ".join(request.form.get("keeper", "").split()), due)


def record_address(place: RecordFile) -> str:
    """Return the address of a record for readers, or of its page on the desk."""
    if has_pages(place.kind):
        return record_link(place.record)
    return url_for("desk.record", kind=place.kind, record_id=place.id)
