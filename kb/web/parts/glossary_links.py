"""Glossary links: the first occurrence of a term on a page links to the term and shows its definition.

Later occurrences stay plain text. The terms of this page are in `flask.g`, so the order of calls matters. Texts must be
rendered in the order in which a reader sees them. `mention` must be called before the texts that it concerns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from flask import g, get_template_attribute, url_for
from markupsafe import Markup

from kb.search.analysis.glossary_matcher import GlossaryMatch
from kb.web.http import i18n
from kb.web.http.rendering import store

# Skipped in the search for terms: tags, and the content of links, headings, code and source numbers.
_SKIPPED = re.compile(r"<(a|h[3-6]|code|pre|sup)\b.*?</\1>|<[^>]*>", re.S)
_TEXT = "\0"  # replaces the explained words; no text contains it


def terms_in(html: str, language: str) -> tuple[GlossaryMatch, ...]:
    """Return the terms in the HTML of a section, with their positions."""
    return store().labels.find(_SKIPPED.sub(lambda found: _TEXT * len(found[0]), html), language)


def mention(term_id: str) -> None:
    """Note that a term needs no explanation on this page any more.

    It changes only the texts that `explain_terms` renders afterwards in the same request; call it first.
    """
    _mentioned_terms().add(term_id)


def explain_terms(html: Markup, found: Sequence[GlossaryMatch], language: str) -> Markup:
    """Return the HTML of a section with links at its terms, except terms that this request has rendered before.

    It notes the terms that it links, so call it once for each section, in the order of the page.
    """
    parts: list[str] = []
    end = 0
    for each in found:
        if each.term not in _mentioned_terms():
            mention(each.term)
            before, after = _around(each.term, language, i18n.current().code)
            parts += (html[end : each.start], before, html[each.start : each.end], after)
            end = each.end
    return Markup("".join((*parts, html[end:]))) if parts else html  # noqa: S704 - cleaned, and made by a template


def _mentioned_terms() -> set[str]:
    found: set[str] = g.setdefault("mentioned", set())
    return found


@lru_cache(maxsize=8192)
def _around(term_id: str, text_language: str, language: str) -> tuple[str, str]:
    """Return the HTML before and after a term in a text of one language for a reader of another."""
    definition, defined_in = store().vocabularies.term(term_id).defined(language)
    macro = get_template_attribute("components/explained.html", "explained")
    html = macro(
        text=_TEXT,
        id=term_id,
        address=url_for("terms.show", term_id=term_id),
        definition=definition,
        language=defined_in if defined_in != text_language else None,
    )
    before, _text, after = str(html).partition(_TEXT)
    return before, after
