"""Suggestions while a reader types: titles and names link to the record, terms and countries to a search.

Readers who may need help see the help pages first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from kb.i18n import N_
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import SearchSuggestion
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation, store
from kb.web.http.search_index import ask_index
from kb.web.http.search_urls import address
from kb.web.labels.kinds import suggestions_name
from kb.web.search.help import help_offers

# Groups of suggestions that are not records.
_GROUPS = {"term": N_("Glossary"), "country": N_("Countries")}


def suggestions(text: str) -> dict[str, Any]:
    """Return groups of suggestions for the script, and their number as a screen reader announces it."""
    found = (ask_index(lambda view: view.suggest(text, i18n.current().code)) if text else None) or ()
    groups = [
        {"label": _(_GROUPS[name]) if name in _GROUPS else suggestions_name(name), "options": options}
        for name, options in _group_options(found)
    ]
    if help_pages := _help_pages(text):
        groups.insert(0, {"label": _("Need help now?"), "options": help_pages})
    return {"groups": groups, "count": _count(len(found) + len(help_pages))}


def _help_pages(text: str) -> list[dict[str, str]]:
    asking = store().help_words.languages(text)
    if not asking:
        return []
    offers = [{"text": each.name, "address": each.address} for each in help_offers(asking)]
    return [{"text": _("Numbers to call in each country"), "address": url_for("help.index")}, *offers]


def _count(number: int) -> str:
    return ngettext("%(count)s suggestion", "%(count)s suggestions", number) if number else _("No suggestions")


def _group_options(found: Iterable[SearchSuggestion]) -> Iterable[tuple[str, list[dict[str, str]]]]:
    """Yield groups in the order of their best suggestion, the best of each first."""
    groups: dict[str, list[dict[str, str]]] = {}
    for each in found:
        groups.setdefault(_group(each), []).append(_option(each))
    return groups.items()


def _group(suggestion: SearchSuggestion) -> str:
    return suggestion.record_kind if suggestion.kind in ("title", "name") else suggestion.kind


def _option(suggestion: SearchSuggestion) -> dict[str, str]:
    option = {"text": suggestion.text, "address": _address(suggestion)}
    language = _language(suggestion)
    return option | ({"language": language} if language != i18n.current().code else {})


def _address(suggestion: SearchSuggestion) -> str:
    code = i18n.current().code
    match suggestion.kind:
        case "country":
            return address(SearchQuery(language=code, facets={"country": (suggestion.id,)}))
        case "term":
            return address(SearchQuery(text=suggestion.text, language=code))
        case _:
            return url_for(f"{suggestion.record_kind}.show", record_id=suggestion.id)


def _language(suggestion: SearchSuggestion) -> str:
    """Return the language of a title; other suggestions are in the reader's language, or names without one."""
    code = i18n.current().code
    if suggestion.kind != "title":
        return code
    entry = generation().catalog.find(suggestion.record_kind, suggestion.id)
    titles = entry.titles if entry is not None else {}
    return next((language for language, title in titles.items() if title == suggestion.text), code)
