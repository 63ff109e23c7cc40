"""A conversion from what the house holds: the tool or its adaptation, the register and the country's profile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kb.content_store.record_source import RecordSource
from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion, convert
from kb.conversion.presets import with_presets
from kb.errors import NotFound
from kb.kinds.country.model import Country
from kb.kinds.tool.declared import declared
from kb.records.record import Reading
from kb.speech import Speech

TOOLS, ADAPTATIONS, REGISTER, COUNTRIES = "tools", "adaptations", "register", "countries"


def conversion(
    shelf: RecordSource,
    kind: str,
    tool_id: str,
    answers: ConversionAnswers,
    speech: Speech,
    today: date,
    *,
    link: Callable[[str], str] = str,
) -> Conversion:
    """Return what becomes of a published tool, or an adaptation, in the language of `speech`.

    Raises `NotFound` if there is no such tool; a country without a profile is converted with everything open.
    """
    if kind not in (TOOLS, ADAPTATIONS):
        raise NotFound(f"{kind}/{tool_id}")
    tool = shelf.reading(kind, tool_id, speech.code)
    registers = [shelf.reading(REGISTER, each, speech.code) for each in shelf.ids(REGISTER)]
    if kind == ADAPTATIONS:
        answers = with_presets(tool, answers, declared(tool, registers).blanks, today)
    country = find_country(shelf, answers.country, speech.code)
    return convert(tool, registers, country, answers, speech, today, link=link)


def find_country(shelf: RecordSource, code: str | None, language: str) -> Reading[Country] | None:
    """Return the published profile of a country, or `None` where there is none."""
    if code is None:
        return None
    try:
        return shelf.reading(COUNTRIES, code.lower(), language)
    except NotFound:
        return None
