"""The page on which a record is read against its sources: each claim beside the sources that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request, url_for
from markupsafe import Markup, escape

from kb.accounts.permissions import Permission
from kb.editing.model import ReadClaim
from kb.editing.open_text import source_text
from kb.editing.sign_off.claims import REST, Claim, claims_of
from kb.editing.sign_off.readings import read_claims
from kb.editing.sign_off.sign_off import SignOff, first_sign_off
from kb.errors import NotFound
from kb.extensions import db
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.record import Bundle, Passage, State
from kb.records.sources import Source
from kb.web.editor.form.piece_values import PieceValues, piece_values
from kb.web.editor.form.section_previews import preview, row_of_original
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, has_pages, today
from kb.web.labels.authors import authors
from kb.web.labels.pieces import PieceNames
from kb.web.parts.allowed_actions import four_eyes, may_here
from kb.web.parts.passages import files_of, record_link


@dataclass(frozen=True)
class ClaimSource:
    """A source that a claim names, with its number on the page of the record."""

    number: int
    source: Source
    details: str


@dataclass(frozen=True)
class ClaimView:
    """A claim: its name, its words in the language of the record, its sources, and who read it.

    `rows` are the facts of a row with their labels; `own` is the text in the reader's language, if that differs.
    """

    claim: Claim
    heading: str
    html: Markup
    rows: tuple[tuple[str, str], ...]
    own: Markup
    sources: tuple[ClaimSource, ...]
    is_read: bool
    reader: str
    day: date | None


@dataclass(frozen=True)
class ClaimGroup:
    """Rows of one list, such as the figures of a practice."""

    heading: str
    claims: tuple[ClaimView, ...]


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
    views = _ClaimViews(bundle, text)
    shown = tuple(views.view(each, rows.get(each.name), names) for each in claims)
    return ReadingPage(
        place=place,
        title=entry.titles[entry.language],
        language=entry.language,
        claims=shown,
        groups=_groups(shown),
        wanted=wanted or first_sign_off(signed_in(), today()),
        is_drafted=bundle.record.is_machine_drafted,
        is_published_at_once=not four_eyes() and may_here(Permission.PUBLISH, place),
        address=url_for(f"{kind}.show", record_id=record_id) if has_pages(kind) else None,
        note=note,
        problems=tuple((str(each.where[0]) if each.where else "", problem_text(each)) for each in problems),
    )


def _groups(claims: Sequence[ClaimView]) -> tuple[ClaimGroup, ...]:
    found: dict[str, list[ClaimView]] = {}
    for each in claims:
        if not each.html:
            found.setdefault(each.heading, []).append(each)
    return tuple(ClaimGroup(heading, tuple(rows)) for heading, rows in found.items())


class _ClaimViews:
    """Makes the views of a record's claims."""

    def __init__(self, bundle: Bundle, text: str) -> None:
        self._bundle, self._language = bundle, bundle.record.language
        self._names = PieceNames(bundle.shape, (text,))
        self._values: PieceValues = piece_values(bundle.shape, self._names)
        listed: Sequence[Source] = getattr(bundle.record, "sources", ())
        self._sources = {each.id: (number, each) for number, each in enumerate(listed, 1)}
        self._numbers = {source_id: number for source_id, (number, _source) in self._sources.items()}
        reader = i18n.current().code
        self._reading: Mapping[str, Passage] = bundle.reading(reader).passages if reader != self._language else {}

    def view(self, claim: Claim, row: ReadClaim | None, names: Mapping[int, str]) -> ClaimView:
        """Return the view of a claim; `row` says who has read it."""
        return ClaimView(
            claim=claim,
            heading=self._heading(claim),
            html=self._html(Passage(claim.name, self._text(claim), self._language, State.ORIGINAL)),
            rows=tuple(self._rows(claim)),
            own=self._own(claim),
            sources=tuple(self._of(claim)),
            is_read=row is not None,
            reader=names.get(row.person_id, "") if row is not None else "",
            day=row.at.date() if row is not None else None,
        )

    def _heading(self, claim: Claim) -> str:
        if claim.name == REST:
            return _("All other facts")
        return self._names.segment(claim.name if isinstance(claim.value, str) else claim.path[0])

    def _text(self, claim: Claim) -> str:
        return claim.value if isinstance(claim.value, str) else ""

    def _html(self, passage: Passage) -> Markup:
        if not passage.text:
            return Markup()
        if passage.name not in {each.id for each in self._bundle.sections}:
            return Markup("<p>{}</p>").format(escape(passage.text))
        target = row_of_original(*self._bundle.key)
        place, files = RecordFile(*self._bundle.key, SOURCE), files_of(self._bundle)
        return preview(place, passage.name, passage.body, passage.language, self._numbers, target, files)

    def _own(self, claim: Claim) -> Markup:
        """Return the text in the reader's language, where a translation has it."""
        passage = self._reading.get(claim.name)
        has_own = passage is not None and passage.language != self._language and isinstance(claim.value, str)
        return self._html(passage) if passage is not None and has_own else Markup()

    def _rows(self, claim: Claim) -> Iterator[tuple[str, str]]:
        if not isinstance(claim.value, dict):
            return
        above = () if claim.name == REST else (claim.path[0],)
        for key, value in claim.value.items():
            if key in ("id", "source", "sources"):
                continue
            yield self._names.place((*above, key)).rpartition(" · ")[2], self._values.at((*above, key), value)

    def _of(self, claim: Claim) -> Iterator[ClaimSource]:
        for source_id in claim.sources:
            if source_id in self._sources:
                number, source = self._sources[source_id]
                known = (source.publisher, str(source.year or ""), i18n.language_name(source.language or ""))
                yield ClaimSource(number, source, ", ".join(filter(None, known)))


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
