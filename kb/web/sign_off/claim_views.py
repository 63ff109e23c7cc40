"""Claims of a record as pages show them: the words, the facts of a row with their labels, and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from kb.editing.model import ReadClaim
from kb.editing.sign_off.claims import REST, Claim
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.front_matter import Value
from kb.records.record import Bundle, Passage
from kb.records.sources import Source
from kb.web.editor.form.piece_values import PieceValues, piece_values
from kb.web.editor.form.section_previews import preview, row_of_original
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.pieces import PieceNames
from kb.web.parts.passages import files_of

# Keys of a row that are no words for people, or are told beside them.
_ASIDE = frozenset(("id", "source", "sources"))


@dataclass(frozen=True)
class ClaimSource:
    """A source that a claim names, with its number on the page of the record."""

    number: int
    source: Source
    details: str


@dataclass(frozen=True)
class ClaimView:
    """A claim: its name, its words in `language`, its sources, and who read it.

    `rows` are the facts of a row: label, words, and the language of the words if it is known. `own` is the text in the
    reader's language, if that differs.
    """

    claim: Claim
    heading: str
    html: Markup
    language: str
    rows: tuple[tuple[str, str, str], ...]
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


def group_claims(claims: Sequence[ClaimView]) -> tuple[ClaimGroup, ...]:
    """Return the rows by their list."""
    found: dict[str, list[ClaimView]] = {}
    for each in claims:
        if not each.html:
            found.setdefault(each.heading, []).append(each)
    return tuple(ClaimGroup(heading, tuple(rows)) for heading, rows in found.items())


class ClaimViews:
    """Makes the views of a record's claims, in its own language or in that of a translation.

    `text` is the source file. With `beside`, the text in the reader's language is added where it differs.
    """

    def __init__(self, bundle: Bundle, text: str, language: str, *, beside: bool = False) -> None:
        self._bundle = bundle
        self._names = PieceNames(bundle.shape, (text,))
        self._values: PieceValues = piece_values(bundle.shape, self._names)
        listed: Sequence[Source] = getattr(bundle.record, "sources", ())
        self._sources = {each.id: (number, each) for number, each in enumerate(listed, 1)}
        self._numbers = {source_id: number for source_id, (number, _source) in self._sources.items()}
        self._reading: Mapping[str, Passage] = bundle.reading(language).passages
        self._beside: Mapping[str, Passage] = bundle.reading(i18n.current().code).passages if beside else {}

    def view(self, claim: Claim, row: ReadClaim | None = None, names: Mapping[int, str] | None = None) -> ClaimView:
        """Return the view of a claim; `row` says who has read it, `names` are those of people."""
        passage = self._reading.get(claim.name) if isinstance(claim.value, str) else None
        return ClaimView(
            claim=claim,
            heading=(passage.heading if passage is not None else None) or self._heading(claim),
            html=self._html(passage) if passage is not None else self._words(claim),
            language=passage.language if passage is not None else self._bundle.record.language,
            rows=tuple(self._rows(claim)),
            own=self._own(claim, passage),
            sources=tuple(self._of(claim)),
            is_read=row is not None,
            reader=(names or {}).get(row.person_id, "") if row is not None else "",
            day=row.at.date() if row is not None else None,
        )

    def _heading(self, claim: Claim) -> str:
        if claim.name == REST:
            return _("All other facts")
        return self._names.segment(claim.name if isinstance(claim.value, str) else claim.path[0])

    def _words(self, claim: Claim) -> Markup:
        """Return a text that is no segment, such as a title in another language."""
        return Markup("<p>{}</p>").format(escape(claim.value)) if isinstance(claim.value, str) else Markup()

    def _html(self, passage: Passage) -> Markup:
        if passage.name not in {each.id for each in self._bundle.sections}:
            return Markup("<p>{}</p>").format(escape(passage.text))
        target = row_of_original(*self._bundle.key)
        place, files = RecordFile(*self._bundle.key, SOURCE), files_of(self._bundle)
        return preview(place, passage.name, passage.body, passage.language, self._numbers, target, files)

    def _own(self, claim: Claim, passage: Passage | None) -> Markup:
        """Return the text in the reader's language, where a translation has it."""
        other = self._beside.get(claim.name) if passage is not None else None
        if other is None or passage is None or other.language == passage.language:
            return Markup()
        return self._html(other)

    def _rows(self, claim: Claim) -> Iterator[tuple[str, str, str]]:
        if not isinstance(claim.value, dict):
            return
        above = () if claim.name == REST else (claim.path[0],)
        for key, value in claim.value.items():
            if key not in _ASIDE:
                label = self._names.place((*above, key)).rpartition(" · ")[2]
                yield label, *self._fact(claim, (*above, key), value)

    def _fact(self, claim: Claim, where: tuple[str, ...], value: Value) -> tuple[str, str]:
        """Return a fact in words; a text of the record in the language of the page, with that language."""
        passage = self._reading.get(f"{claim.name}.{where[-1]}")
        return (passage.text, passage.language) if passage is not None else (self._values.at(where, value), "")

    def _of(self, claim: Claim) -> Iterator[ClaimSource]:
        for source_id in claim.sources:
            if source_id in self._sources:
                number, source = self._sources[source_id]
                known = (source.publisher, str(source.year or ""), i18n.language_name(source.language or ""))
                yield ClaimSource(number, source, ", ".join(filter(None, known)))
