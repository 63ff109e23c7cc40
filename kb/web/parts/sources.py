"""Sources on record pages: number, words about each, and the places that cite it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.records.sources import Source
from kb.speech import lower_first
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.fields import SOURCE_KINDS
from kb.web.parts.formats import period
from kb.web.parts.passages import CitationMark


@dataclass(frozen=True)
class SourceView:
    """A source in the list: its number, the words about it, and the places that cite it."""

    source: Source
    number: int
    kind: str
    details: tuple[str, ...]
    marks: tuple[CitationMark, ...]


def source_views(sources: Iterable[Source], cited: Mapping[str, tuple[CitationMark, ...]]) -> tuple[SourceView, ...]:
    """Return the sources in the order of their numbers; `cited` are the places, as `passages.marks` finds them."""
    return tuple(_view(source, number, cited.get(source.id, ())) for number, source in enumerate(sources, 1))


def _view(source: Source, number: int, places: tuple[CitationMark, ...]) -> SourceView:
    known = (
        source.publisher,
        period(str(source.year)) if source.year else None,
        _(SOURCE_KINDS[source.kind]),
        in_language(source.language),
        _("accessed on %(date)s", date=i18n.date_words(source.accessed)) if source.accessed else None,
    )
    return SourceView(source, number, _(SOURCE_KINDS[source.kind]), tuple(filter(None, known)), places)


def in_language(code: str | None) -> str | None:
    """Return the language of a publication in words."""
    return _("%(label)s: %(words)s", label=lower_first(_("Language")), words=i18n.language_name(code)) if code else None
