"""Loads the records of a conversion from the store: the tool or adaptation, the registers and the country's profile."""

from __future__ import annotations

from datetime import date

from kb.content_store.record_source import RecordSource
from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion, ConversionSources, resolve
from kb.conversion.presets import country_of
from kb.errors import NotFound
from kb.kinds.country.model import Country
from kb.records.record import Reading
from kb.speech import Speech

TOOLS, ADAPTATIONS, REGISTER, COUNTRIES = "tools", "adaptations", "register", "countries"


def load_conversion(
    shelf: RecordSource, kind: str, tool_id: str, answers: ConversionAnswers, speech: Speech, today: date
) -> Conversion:
    """Return the conversion of a published tool or adaptation in the language of `speech`.

    Raises `NotFound` for an unknown tool. For a country without a profile, everything stays open.
    """
    if kind not in (TOOLS, ADAPTATIONS):
        raise NotFound(f"{kind}/{tool_id}")
    tool = shelf.reading(kind, tool_id, speech.code)
    registers = [shelf.reading(REGISTER, each, speech.code) for each in shelf.ids(REGISTER)]
    country = _find_country(shelf, country_of(tool.record, answers), speech.code)
    return resolve(ConversionSources.read(tool, registers, country, speech), answers, today)


def _find_country(shelf: RecordSource, code: str | None, language: str) -> Reading[Country] | None:
    """Return the published profile of a country, or `None` without one."""
    if code is None:
        return None
    try:
        return shelf.reading(COUNTRIES, code.lower(), language)
    except NotFound:
        return None
