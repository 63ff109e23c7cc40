"""The countries for which a tool can be adapted: every one in the world, grouped by how much we know of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.kinds.country.kind import KIND as COUNTRY
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation

# Codes of Babel (CLDR) that are not countries: unions, test regions, and parts that belong to a country with a code.
_NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class CountryGroup:
    """Countries of which we know about as much, each with code and name."""

    words: str
    countries: tuple[tuple[str, str], ...]


def country_code(text: str) -> str | None:
    """Return the code of a country in any case, `None` if it names none."""
    code = text.strip().upper()
    return code if code in _codes() else None


def country_groups() -> tuple[CountryGroup, ...]:
    """Return the countries with a profile, those with key facts alone, and all others, each sorted by name."""
    catalog, language = generation().catalog, i18n.current().code
    known = {entry.id.upper(): entry.card.has_guidance for entry in catalog.entries(COUNTRY)}
    groups = (
        (_("Much is known"), [code for code, is_full in known.items() if is_full]),
        (_("Some facts are known"), [code for code, is_full in known.items() if not is_full]),
        (_("Nothing is known yet"), [code for code in _codes() if code not in known]),
    )
    named = ((words, [(code, i18n.country_name(code)) for code in codes]) for words, codes in groups)
    return tuple(CountryGroup(words, _sorted(rows, language)) for words, rows in named if rows)


def _sorted(rows: Iterable[tuple[str, str]], language: str) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(rows, key=lambda row: sort_key(row[1], language)))


def is_known(code: str) -> bool:
    """Return whether we know anything of a country."""
    return generation().catalog.find(COUNTRY, code.lower()) is not None


def _codes() -> Iterator[str]:
    names = i18n.locale().territories
    yield from (code for code in map(str, names) if _CODE.fullmatch(code) and code not in _NO_COUNTRIES)
