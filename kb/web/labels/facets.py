"""Labels for search facets, their values, and the terms recognised in a query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.errors import NotFound
from kb.i18n import N_
from kb.records.translation_status import TranslationStatus
from kb.search.query.search_query import SearchQuery
from kb.speech import lower_first
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.labels.kinds import filter_name

SITE = "Praxis"
# In the order of active filters, and so of the titles of feeds, which do not change.
TITLES: Mapping[str, str] = {
    "area": N_("Practice area"),
    "evidence": N_("Evidence"),
    "status": N_("Status"),
    "cost": N_("Cost"),
    "country": N_("Country"),
    "group": N_("For whom"),
    "transferability": N_("Transferability"),
    "direction": N_("Effect"),
    "crime": N_("Crimes"),
    "actor": N_("Who is involved"),
    "stage": N_("Stages"),
    "document": N_("Documents used"),
    "law": N_("Law and articles"),
    "period": N_("Start year"),
    "language": N_("Available in"),
    "translation": N_("Text in your language"),
    "kind": N_("Type of page"),
}
# From the most trusted state to missing.
STATES: Mapping[str, str] = {
    TranslationStatus.ORIGINAL: N_("Original"),
    TranslationStatus.REVIEWED: N_("Translation reviewed by a person"),
    TranslationStatus.DRAFTED: N_("Translation not yet fully reviewed by a person"),
    TranslationStatus.STALE: N_("Out of date"),
    TranslationStatus.MISSING: N_("Not translated yet"),
}
# The values of facets that are no terms, in their order.
VALUES: Mapping[str, Mapping[str, str]] = {
    "status": {
        "in-use": N_("In use"),
        "planned": N_("Planned or being tried"),
        "ended": N_("Ended"),
        "failed": N_("Failed"),
        "not-known": N_("Not known"),
    },
    "cost": {"known": N_("Known"), "not-known": N_("Not known")},
}
_BEFORE = "before-"
_YEARS = re.compile(r"(?:before-\d{4}|\d{4}-\d{4})")


@dataclass(frozen=True)
class Label:
    """The label of a value. `language` is empty if it is the reader's language.

    `detail` follows the words and may be in another language, such as the heading of an article.
    """

    words: str
    language: str = ""
    detail: str = ""
    detail_language: str = ""

    @property
    def text(self) -> str:
        """The whole label as plain text, for searching and sorting."""
        return f"{self.words}: {self.detail}" if self.detail else self.words


def label_of(facet: str, value: str) -> Label:
    """Return the label of a value outside its facet, such as in the list of active filters."""
    if facet == "law" and ":" in value:
        return _law_label(value)
    if value in VALUES.get(facet, {}):
        return Label(_("%(label)s: %(words)s", label=_(TITLES[facet]), words=lower_first(_(VALUES[facet][value]))))
    if facet == "translation":
        language, _colon, state = value.partition(":")
        if state in STATES:
            words = _("%(label)s: %(words)s", label=i18n.language_name(language), words=lower_first(_(STATES[state])))
            return Label(words)
    return label_inside(facet, value)


def label_inside(facet: str, value: str) -> Label:
    """Return the label of a value under the title of its facet; articles are listed under their instrument."""
    match facet:
        case "country":
            return Label(i18n.country_name(value))
        case "language":
            return Label(i18n.language_name(value))
        case "kind":
            return Label(filter_name(value))
        case "period":
            return Label(_period(value))
        case "status" | "cost":
            return Label(_(VALUES[facet].get(value, value)))
        case "translation":
            state = value.partition(":")[2]
            return Label(_(STATES[state]) if state in STATES else value)
        case "law":
            return _article(value) if ":" in value else _law_label(value)
        case _:
            return _term(value)


def recognised_label(kind: str, value: str) -> Label:
    """Return the label of a term, country or law that was recognised in a query."""
    if kind == "country":
        return Label(i18n.country_name(value))
    return _law_label(value) if kind == "law" else _term(value)


def _law_label(value: str) -> Label:
    """Return the name of an instrument, with the article number if the value has one."""
    instrument_id, _colon, number = value.partition(":")
    try:
        instrument = store().law.instrument(instrument_id)
    except NotFound:
        return Label(value)
    code = i18n.current().code
    title, language = instrument.title(code), "" if code in instrument.translations or code == "en" else "en"
    return Label(_("%(law)s, Article %(number)s", law=title, number=number) if number else title, language)


def _article(value: str) -> Label:
    instrument, _colon, number = value.partition(":")
    article = store().law.find_article(instrument, number)
    words = _("Article %(number)s", number=number)
    if article is None:
        return Label(words)
    heading, _summary, language = article.said(i18n.current().code)
    return Label(words, detail=heading, detail_language="" if language == i18n.current().code else language)


def _term(term_id: str) -> Label:
    term = store().vocabularies.find_term(term_id)
    if term is None:
        return Label(term_id)
    code = i18n.current().code
    return Label(term.label(code), "" if term.labels.get(code) else "en")


def _period(value: str) -> str:
    if not _YEARS.fullmatch(value):
        return value
    if value.startswith(_BEFORE):
        return _("before %(year)s", year=value.removeprefix(_BEFORE))
    start, _hyphen, end = value.partition("-")
    return _("%(start)s to %(end)s", start=start, end=end)


def filters_in_words(query: SearchQuery) -> Iterable[tuple[str, str, Label]]:
    """Yield facet, value and label of every active filter, in display order."""
    return ((facet, value, label_of(facet, value)) for facet in TITLES for value in query.facets.get(facet, ()))


def asked_words(query: SearchQuery) -> str:
    """Return the words and the filters of a search as one text, empty for an empty search."""
    words = (query.text, *(label.text for _facet, _value, label in filters_in_words(query)))
    return " · ".join(each for each in words if each)


def feed_title(query: SearchQuery) -> str:
    """Return the title of a feed: the site's name with the words and filters, which are constant for a feed."""
    asked = asked_words(query)
    return f"{SITE}: {asked}" if asked else SITE
