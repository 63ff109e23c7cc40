"""How each State transposed an article of the Victims' Rights Directive, and the answers that rest on the same law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import current_app, url_for

from kb.i18n import N_
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.model import Country
from kb.kinds.country.situation import AnswerStatus, Provision
from kb.law.model import Article
from kb.records.record import Passage, Reading
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.labels.guidance_fields import ROLES
from kb.web.labels.practice_facts import Value
from kb.web.parts.answer_links import choice_address
from kb.web.parts.law_references import FIRST

# A known provision speaks for itself.
_KNOWN: Mapping[AnswerStatus, str] = {
    AnswerStatus.PARTLY: N_("Partly known"),
    AnswerStatus.NOT_KNOWN: N_("Not known"),
    AnswerStatus.ABSENT: N_("Does not exist here"),
}
_NUMBER = re.compile(r"\d+[a-z]?")


@dataclass(frozen=True)
class NationalProvision:
    """A national law that transposes an article; `known` is empty where the provision is known."""

    law: str
    provision: str
    known: str
    note: Passage | None
    sources: tuple[Value, ...]
    checked: str


@dataclass(frozen=True)
class StateLaw:
    """How one State transposed an article; `answers` are the choices of the roles whose answers rest on that law."""

    name: str
    address: str
    provisions: tuple[NationalProvision, ...]
    answers: tuple[Value, ...]


def states_by_article() -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the countries whose record says how they transposed an article, by its number."""
    stamp = generation().stamp
    known, found = current_app.extensions.get("transposed", ("", None))
    if known != stamp or found is None:
        found = _group_states()
        current_app.extensions["transposed"] = (stamp, found)
    states: Mapping[str, tuple[str, ...]] = found
    return states


def _group_states() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for entry in generation().catalog.entries(COUNTRY):
        for row in generation().catalog.bundle(COUNTRY, entry.id).record.transposition:
            found.setdefault(_number(row), {})[entry.id] = None
    return {number: tuple(ids) for number, ids in found.items()}


def _number(row: Provision) -> str:
    """Return the number of the article, without the paragraph."""
    found = _NUMBER.match(row.article)
    return found[0] if found else ""


def count_states(article: Article) -> int:
    """Return in how many countries we looked for the transposition of an article."""
    return len(_states_of(article))


def _states_of(article: Article) -> tuple[str, ...]:
    return states_by_article().get(article.number, ()) if article.instrument == FIRST else ()


def state_laws(article: Article) -> tuple[StateLaw, ...]:
    """Return how the States transposed an article, by their names; the country of the reader's language is first."""
    language, near = i18n.current().code, i18n.current().country
    readings = (generation().catalog.reading(COUNTRY, each, language) for each in _states_of(article))
    laws = {reading.id.upper(): _state_law(reading, article.number) for reading in readings}
    return tuple(
        laws[code] for code in sorted(laws, key=lambda code: (code != near, sort_key(laws[code].name, language)))
    )


def _state_law(reading: Reading[Country], number: str) -> StateLaw:
    rows = tuple(row for row in reading.record.transposition if _number(row) == number)
    return StateLaw(
        i18n.country_name(reading.record.code),
        url_for("profiles.show", record_id=reading.id, _anchor="transposition"),
        tuple(_provision(reading, row) for row in rows),
        tuple(
            Value(_(ROLES[role]), choice_address(reading.record.code, role)) for role in _roles(reading.record, rows)
        ),
    )


def _provision(reading: Reading[Country], row: Provision) -> NationalProvision:
    sources = {source.id: source for source in reading.record.sources}
    words = _KNOWN.get(row.known)
    return NationalProvision(
        row.law or "",
        row.provision or "",
        _(words) if words else "",
        reading.passage(f"transposition.{row.id}.note"),
        tuple(
            Value(sources[each].title, sources[each].address, sources[each].language)
            for each in row.sources
            if each in sources
        ),
        _("Checked on %(date)s", date=i18n.date_words(row.checked)) if row.checked is not None else "",
    )


def _roles(country: Country, rows: Iterable[Provision]) -> Iterator[ReaderRole]:
    """Yield the roles that have an answer which names one of these provisions."""
    provisions = {(row.law, piece) for row in rows if row.law for piece in _pieces(row.provision)}
    named = [row for row in country.guidance if {(row.law, piece) for piece in _pieces(row.articles)} & provisions]
    for role in ReaderRole:
        if any(not row.roles or role in row.roles for row in named):
            yield role


def _pieces(text: str | None) -> frozenset[str]:
    """Return the provisions of an enumeration, such as `4, 9(3), 10`."""
    return frozenset(piece for each in (text or "").split(",") if (piece := each.strip()))
