"""A conversion from what the library holds: the tool or its adaptation, the register and the country's profile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kb.content.record import Reading
from kb.errors import NotFound
from kb.library.catalog import Catalog
from kb.speech import Speech
from kb.toolkit.answers import Answers
from kb.toolkit.convert import Conversion, convert

TOOLS, ADAPTATIONS, REGISTER, COUNTRIES = "tools", "adaptations", "register", "countries"


def conversion(
    catalog: Catalog,
    kind: str,
    tool_id: str,
    answers: Answers,
    speech: Speech,
    today: date,
    *,
    link: Callable[[str], str] = str,
) -> Conversion:
    """Return what becomes of a published tool, or an adaptation, in the language of `speech`.

    Raises `NotFound` if there is no such tool; a country without a profile is converted with everything open.
    """
    if kind not in (TOOLS, ADAPTATIONS) or catalog.find(kind, tool_id) is None:
        raise NotFound(f"{kind}/{tool_id}")
    tool = catalog.reading(kind, tool_id, speech.code)
    registers = [catalog.reading(REGISTER, entry.id, speech.code) for entry in catalog.entries(REGISTER)]
    country = find_country(catalog, answers.country, speech.code)
    return convert(tool, registers, country, answers, speech, today, link=link)


def find_country(catalog: Catalog, code: str | None, language: str) -> Reading | None:
    """Return the published profile of a country, or `None` where there is none."""
    if code is None or catalog.find(COUNTRIES, code.lower()) is None:
        return None
    return catalog.reading(COUNTRIES, code.lower(), language)
