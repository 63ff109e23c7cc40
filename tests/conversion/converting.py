"""A small tool with its register, converted for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import Conversion, ConversionSources, resolve
from kb.records.record import Bundle
from kb.speech import Speech
from tests.builders import a_register, a_tool
from tests.kinds.country.checking import a_country, a_helpline

TODAY = date(2026, 11, 25)
ENGLISH = Speech("en", str, lambda one, more, number: one if number == 1 else more)
SECTIONS = {
    "head": "Ring {{b-line.number}} or {{b-line}}.\n\nWritten by {{b-unit}}, for {{ch-model=m2}}.",
    "law": "The law says so.",
    "note": "For you alone.",
}
BLANKS = [
    {
        "id": "b-line",
        "label": "Line",
        "type": "contact",
        "layer": "national",
        "fact": "f-helpline",
        "absent": "There is none.",
    },
    {"id": "b-unit", "label": "Unit", "type": "org", "layer": "local"},
]
CHOICES = [{"id": "ch-model", "label": "Model", "scope": "group"}]
ALTERNATIVES = [
    {"id": f"ch-model-{short}", "choice": "ch-model", "label": short, "choose_when": "Always.", "criteria": ["REF-01"],
     "evidence_note": "None found."}
    for short in ("m2", "m4")
]  # fmt: skip
CAUTIONS = [{"id": "w1", "when": "ch-model=m4 and b-unit=open", "text": "Nobody answers for it."}]
FACTS: dict[str, Any] = {
    "parts": [{"id": "law", "when": "ch-model=m4"}, {"id": "note", "style": "adapter-note"}],
    "fields": [
        {"id": "c1", "part": "head", "type": "text", "label": "Name", "length": "60"},
        {"id": "c2", "part": "law", "type": "one", "label": "Told", "options": "yes | no"},
    ],
    "uses": [{"id": "b-line"}, {"id": "b-unit"}],
    "choices_used": ["ch-model"],
    "own_blanks": [],
}


def tool() -> Bundle[Any]:
    return a_tool(sections=SECTIONS, **FACTS)


def register() -> Bundle[Any]:
    return a_register(blanks=BLANKS, choices=CHOICES, alternatives=ALTERNATIVES, cautions=CAUTIONS)


def converted(
    answers: ConversionAnswers | None = None,
    *,
    country: bool = True,
    today: date = TODAY,
    bundle: Bundle[Any] | None = None,
    models: Sequence[str] = (),
    **given: object,
) -> Conversion:
    bundle = bundle or tool()
    answers = answers or ConversionAnswers.model_validate({"tool": bundle.record.id, "language": "en", **given})
    model: dict[str, Any] = {"answers": [{"id": "c-01", "known": "answered", "text": "By law.", "groups": [*models]}]}
    place = (
        a_country(helplines=[a_helpline(kind="victims")], **(model if models else {})).reading("en")
        if country
        else None
    )
    sources = ConversionSources.read(bundle.reading("en"), [register().reading("en")], place, ENGLISH)
    return resolve(sources, answers, today)
