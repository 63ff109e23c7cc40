"""Builders for record texts that are valid by default; a test passes only what it varies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.practice.evidence import generated
from kb.kinds.practice.model import PRACTICE, Practice
from kb.kinds.register.model import REGISTER
from kb.kinds.tool.model import TOOL
from kb.records.bundle import SOURCE, read_bundle
from kb.records.front_matter import Value, emit
from kb.records.record import Bundle, Shape

Sections = Mapping[str, str]  # id → text; the heading is derived from the id

ANSWERS: dict[str, str] = {
    **dict.fromkeys(("G1", "G2", "G3", "G4", "Q1", "Q2"), "yes"),
    "Q3": "no",
    "D1": "no",
    "T1": "yes",
    "T2": "yes",
    "T3": "yes",
    "T4": "yes",
    "T5": "no",
}
PRACTICE_SECTIONS: dict[str, str] = {
    "what": "Officers ask every victim whether a service may call.[^s1]",
    "how": "1. The officer asks.\n2. The service calls within two days.[^s2]",
}
PAGE_SECTIONS: dict[str, str] = {"aim": "We collect practices.", "people": "Nobody is named here."}
TOOL_SECTIONS: dict[str, str] = {
    "offer": "May I tell you about {{b-service}}?[^s1]",
    "note": "Nobody prints this.",
}
ADAPTED_SECTIONS: dict[str, str] = {"offer": "May I tell you about {{b-service}}? Ring {{b-emergency.number}}."}
TRANSLATED_SECTIONS: dict[str, str] = {
    "what": "Gli agenti chiedono a ogni vittima se un servizio può chiamare.[^s1]",
    "how": "1. L'agente chiede.\n2. Il servizio chiama entro due giorni.[^s2]",
}


def an_assessment(assessment_id: str = "a1", **answers: str | None) -> dict[str, Value]:
    """Return an assessment at level E2; `answers` override single answers, `None` removes one."""
    given: dict[str, Value] = {
        question: answer for question, answer in (ANSWERS | answers).items() if answer is not None
    }
    return {"id": assessment_id, "by": "machine", "on": "2026-11-20", "answers": given}


def a_material(row_id: str = "m1", **changes: Any) -> dict[str, Any]:
    """Return material that a reader can use: with owner, language and licence."""
    row = {"id": row_id, "title": "What officers ask", "owner": "Police", "language": "en", "licence": "not-stated"}
    return row | changes


def a_source(source_id: str, **changes: Value) -> dict[str, Value]:
    """Return a row of the list of sources."""
    row: dict[str, Value] = {
        "id": source_id,
        "title": f"Report {source_id}",
        "address": f"https://example.org/{source_id}",
        "kind": "report",
        "accessed": "2026-11-24",
    }
    return row | changes


def practice_facts(**changes: Any) -> dict[str, Value]:
    """Return the facts of a practice; `None` removes a key. The generated lines are computed from assessments."""
    facts: dict[str, Any] = {
        "id": "ask-before-referral",
        "language": "en",
        "title": "Police ask before they refer",
        "names": ["ABR"],
        "summary": "Officers ask each victim, and pass on the name only with a yes.",
        "countries": ["PT"],
        "areas": ["opt-in-referral"],
        "actors": ["police"],
        "legal_basis": [{"id": "l1", "celex": "32012L0029", "articles": ["8"], "checked": "no"}],
        "organisations": [{"id": "o1", "name": "Polícia", "role": "lead"}],
        "start_year": "2015",
        "assessments": [an_assessment()],
        "figures": [{"id": "f1", "value": "120", "label": "people referred", "year": "2024", "source": "s1"}],
        "sources": [a_source("s1"), a_source("s2")],
        "materials": [a_material()],
        "status": "published",
        "origin": "machine-drafted",
        "licence": "CC-BY-4.0",
    }
    facts = {key: value for key, value in (facts | changes).items() if value is not None}
    return _with_generated(facts, changes)


def _with_generated(facts: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Value]:
    """Add the generated lines, if the facts parse and the test has not set these lines."""
    try:
        lines = generated(Practice.model_validate(facts))
    except ValueError:
        return facts
    return facts | {key: term for key, term in lines.items() if term is not None and key not in changes}


def a_practice_text(*, sections: Sections | None = None, **changes: Any) -> str:
    """Return the text of a practice's source file that passes every check; `changes` are front matter keys."""
    return _file(practice_facts(**changes), PRACTICE_SECTIONS if sections is None else sections)


def a_translation_text(
    *,
    language: str = "it",
    words: Mapping[str, str | None] | None = None,
    sections: Sections | None = None,
    made_from: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Return a complete translation of `a_practice_text()`; `words` override single texts, `None` removes one."""
    own: dict[str, str | None] = {
        "title": "La polizia chiede prima di inviare",
        "summary": "Gli agenti chiedono a ogni vittima e trasmettono il nome solo con un sì.",
        "figures.f1.label": "persone inviate",
    }
    kept: dict[str, Value] = {path: text for path, text in (own | dict(words or {})).items() if text is not None}
    facts: dict[str, Value] = {"language": language, "words": kept}
    if made_from is not None:
        facts["made_from"] = {name: dict(row) for name, row in made_from.items()}
    return _file(facts, TRANSLATED_SECTIONS if sections is None else sections)


def a_page_text(*, sections: Sections | None = None, **changes: Any) -> str:
    """Return the text of a page's source file that passes every check."""
    facts: dict[str, Any] = {
        "id": "about",
        "language": "en",
        "title": "About",
        "summary": "Who makes this site, and why.",
        "status": "published",
        "licence": "CC-BY-4.0",
    }
    facts = {key: value for key, value in (facts | changes).items() if value is not None}
    return _file(facts, PAGE_SECTIONS if sections is None else sections)


def a_bundle(translations: Mapping[str, str] | None = None, **changes: Any) -> Bundle[Any]:
    """Return a practice as parsed from its files; `translations` are texts by language."""
    return _read(PRACTICE, changes.get("id", "ask-before-referral"), a_practice_text(**changes), translations)


def a_practice(**changes: Any) -> Practice:
    """Return the facts of a practice as its model."""
    practice: Practice = a_bundle(**changes).record
    return practice


def tool_facts(**changes: Any) -> dict[str, Value]:
    """Return the facts of a tool that uses `a_register()`; `None` removes a key."""
    facts: dict[str, Any] = {
        "id": "referral-form",
        "language": "en",
        "title": "Referral form",
        "summary": "What an officer sends to a service.",
        "kind": "form",
        "version": "1",
        "areas": ["opt-in-referral"],
        "actors": ["police"],
        "document_types": ["doc-referral-form"],
        "parts": [
            {"id": "offer", "style": "say", "when": "ch-model=m2"},
            {"id": "note", "style": "adapter-note"},
        ],
        "fields": [
            {"id": "a1", "part": "offer", "type": "one", "label": "Does {{b-service}} fit?", "options": "yes | no"}
        ],
        "uses": [{"id": "b-service"}],
        "choices_used": ["ch-model"],
        "sources": [a_source("s1")],
        "status": "published",
        "origin": "machine-drafted",
        "licence": "CC-BY-4.0",
    }
    return {key: value for key, value in (facts | changes).items() if value is not None}


def register_facts(**changes: Any) -> dict[str, Value]:
    """Return the facts of a register record: two blanks, a choice with two alternatives, a warning."""
    facts: dict[str, Any] = {
        "id": "shared",
        "language": "en",
        "title": "What tools share",
        "summary": "Blanks and choices.",
        "blanks": [
            {"id": "b-service", "label": "Service", "type": "org", "layer": "local"},
            {"id": "b-emergency", "label": "Emergency number", "type": "contact", "layer": "national"},
        ],
        "choices": [{"id": "ch-model", "label": "Model", "scope": "group", "default": ["m2"]}],
        "alternatives": [an_alternative("m2"), an_alternative("m4")],
        "cautions": [{"id": "w1", "when": "ch-model(g1)=m4 and b-emergency=absent", "text": "Find the number first."}],
        "status": "published",
        "origin": "machine-drafted",
        "licence": "CC-BY-4.0",
    }
    return {key: value for key, value in (facts | changes).items() if value is not None}


def an_alternative(short: str, choice: str = "ch-model", **changes: Any) -> dict[str, Value]:
    """Return a row of alternatives; `None` removes a key."""
    row: dict[str, Any] = {
        "id": f"{choice}-{short}",
        "choice": choice,
        "label": f"Way {short}",
        "choose_when": "Choose this when somebody is there.",
        "criteria": ["REF-08"],
        "evidence_note": "None found.",
    }
    return {key: value for key, value in (row | changes).items() if value is not None}


ADAPTED_PARTS = [{"id": "offer", "when": "ch-model=m2"}]


def adaptation_facts(**changes: Any) -> dict[str, Value]:
    """Return the facts of an adaptation of `a_tool()` for Portugal."""
    facts: dict[str, Any] = {
        **tool_facts(id="referral-form-pt", title="Referral form for Portugal", parts=ADAPTED_PARTS, fields=None),
        "parent": "referral-form",
        "parent_version": "1",
        "country": "PT",
        "uses": [{"id": "b-service"}, {"id": "b-emergency"}],
        "chosen": [{"id": "ch-model", "values": ["g1=m4", "g9=m2"]}],
        "filled": [{"id": "b-emergency", "text": "112", "source": "s1"}],
        "made": [{"id": "offer", "parent": "0" * 16}],
    }
    return {key: value for key, value in (facts | changes).items() if value is not None}


def a_tool_text(*, sections: Sections | None = None, **changes: Any) -> str:
    """Return the text of a tool's source file that passes every check."""
    return _file(tool_facts(**changes), TOOL_SECTIONS if sections is None else sections)


def a_register_text(*, sections: Sections | None = None, **changes: Any) -> str:
    """Return the text of a source file of the register that passes every check."""
    return _file(register_facts(**changes), sections or {})


def an_adaptation_text(*, sections: Sections | None = None, **changes: Any) -> str:
    """Return the text of an adaptation's source file that passes every check."""
    return _file(adaptation_facts(**changes), ADAPTED_SECTIONS if sections is None else sections)


def a_tool(translations: Mapping[str, str] | None = None, **changes: Any) -> Bundle[Any]:
    """Return a tool as parsed from its files; `translations` are texts by language."""
    return _read(TOOL, changes.get("id", "referral-form"), a_tool_text(**changes), translations)


def a_register(translations: Mapping[str, str] | None = None, **changes: Any) -> Bundle[Any]:
    """Return a register record as parsed from its files."""
    return _read(REGISTER, changes.get("id", "shared"), a_register_text(**changes), translations)


def an_adaptation(translations: Mapping[str, str] | None = None, **changes: Any) -> Bundle[Any]:
    """Return an adaptation as parsed from its files."""
    return _read(ADAPTATION, changes.get("id", "referral-form-pt"), an_adaptation_text(**changes), translations)


def _read(shape: Shape, record_id: str, text: str, translations: Mapping[str, str] | None) -> Bundle[Any]:
    bundle, problems = read_bundle(shape, record_id, {SOURCE: text, **(translations or {})})
    assert bundle is not None, [str(problem) for problem in problems]
    return bundle


def _file(facts: Mapping[str, Value], sections: Sections) -> str:
    body = "\n".join(f"## {key.capitalize()} {{#{key}}}\n\n{text}\n" for key, text in sections.items())
    return f"---\n{emit(facts)}---\n{body}"
