"""Countries that are valid unless told otherwise, and what the check says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.kinds.country.checks import check
from kb.kinds.country.model import COUNTRY
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE, read_bundle, read_source
from kb.records.front_matter import emit
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies
from tests.builders import a_source

ITALIAN = """---
language: it
words:
  title: Portogallo
  summary: Due numeri.
  helplines.victims.note: Per le vittime di ogni reato.
---
## Dopo {#after}

Chiami la linea.[^s1]
"""


def a_helpline(**changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": "victims",
        "kind": "victims",
        "number": "116 006",
        "name": "Linha de Ajuda",
        "hours": ["mo-fr 09:00-17:00"],
        "free": "yes",
        "languages": ["pt", "en"],
        "note": "For victims of any crime.",
        "source": "s1",
        "checked": "2026-11-20",
    }
    return {key: value for key, value in (row | changes).items() if value is not None}


def a_country_text(
    record_id: str = "pt", body: str = "## After {#after}\n\nRing the line.[^s1]\n", **changes: Any
) -> str:
    facts: dict[str, Any] = {
        "id": record_id,
        "language": "en",
        "title": "Portugal",
        "summary": "One number.",
        "helplines": [a_helpline()],
        "sources": [a_source("s1")],
        "status": "published",
        "origin": "machine-drafted",
        "licence": "CC-BY-4.0",
    }
    facts = {key: value for key, value in (facts | changes).items() if value is not None}
    return f"---\n{emit(facts)}---\n{body}"


def a_country(record_id: str = "pt", translations: Mapping[str, str] | None = None, **changes: Any) -> Bundle[Any]:
    bundle, problems = read_bundle(
        COUNTRY, record_id, {SOURCE: a_country_text(record_id, **changes), **(translations or {})}
    )
    assert bundle is not None, [str(problem) for problem in problems]
    return bundle


def problems_of(record_id: str = "pt", **changes: Any) -> tuple[Problem, ...]:
    text = a_country_text(record_id, **changes)
    front = read_source(COUNTRY, record_id, text)[1]

    def line(part: str, where: Where) -> int | None:
        return front.line(where) if part == SOURCE else None

    return check(a_country(record_id, **changes), line, Vocabularies(), Law())


def line_problems(**changes: Any) -> list[tuple[str, Where]]:
    """Return code and place of what is wrong with a country with one helpline."""
    return [(problem.code, problem.where) for problem in problems_of(helplines=[a_helpline(**changes)])]
