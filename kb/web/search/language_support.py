"""What the search supports in each language of the Union, read from the data that the search uses.

Apart because it knows how the search analyses words, and no search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.i18n import N_
from kb.search.analysis.collation import sort_key
from kb.search.analysis.stopwords import NOT_CHECKED, StopwordSource, source_of
from kb.search.analysis.word_forms import UNION, LanguageSupport, method_of
from kb.vocabulary.model import LABEL_LANGUAGES
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _

METHODS: Mapping[LanguageSupport, str] = {
    LanguageSupport.LEMMA: N_("By dictionary form, then by word stem. Endings do not matter."),
    LanguageSupport.STEM: N_("By word stem. Most endings do not matter."),
    LanguageSupport.RELATED: N_("By word stem, using the rules of a related language. Many endings do not matter."),
    LanguageSupport.FOLD: N_("Exactly as written. Words with different endings do not match."),
}
SOURCES: Mapping[StopwordSource, str] = {
    StopwordSource.SNOWBALL: N_("The Snowball project’s word list."),
    StopwordSource.BOTH: N_("The Snowball project’s word list and our own list."),
    StopwordSource.HAND: N_("Our own list."),
    StopwordSource.NONE: N_("No list. Every word counts."),
}


@dataclass(frozen=True)
class LanguageRow:
    """Languages with the same support: stemming, stop words, and whether terms and pages exist in them."""

    names: tuple[str, ...]
    method: str
    source: str
    is_unchecked: bool
    has_terms: bool
    has_pages: bool


def language_rows() -> list[LanguageRow]:
    """Return the official languages of the Union by their support, those of this site first, then the larger groups."""
    reader, offered = i18n.current().code, {each.code for each in i18n.offered()}
    found: dict[tuple[str, str, bool, bool, bool], list[str]] = {}
    for code in UNION:
        words = _(METHODS[method_of(code)]), _(SOURCES[source_of(code)])
        support = (*words, code in NOT_CHECKED, code in LABEL_LANGUAGES, code in offered)
        found.setdefault(support, []).append(i18n.language_name(code))
    rows = (
        LanguageRow(tuple(sorted(names, key=lambda name: sort_key(name, reader))), *support)
        for support, names in found.items()
    )
    return sorted(rows, key=lambda row: (not row.has_pages, not row.has_terms, -len(row.names)))
