"""What the search supports in each language of the Union, read from the data that the search uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    """One language: stemming, stop words, and whether terms and pages exist in it."""

    code: str
    name: str
    method: str
    source: str
    is_unchecked: bool
    has_terms: bool
    has_pages: bool


def language_rows() -> list[LanguageRow]:
    """Return the official languages of the Union, by their names in the reader's language."""
    reader = i18n.current().code
    return sorted(_rows(), key=lambda row: sort_key(row.name, reader))


def _rows() -> Iterator[LanguageRow]:
    offered = {each.code for each in i18n.offered()}
    for code in UNION:
        yield LanguageRow(
            code=code,
            name=i18n.language_name(code),
            method=_(METHODS[method_of(code)]),
            source=_(SOURCES[source_of(code)]),
            is_unchecked=code in NOT_CHECKED,
            has_terms=code in LABEL_LANGUAGES,
            has_pages=code in offered,
        )
