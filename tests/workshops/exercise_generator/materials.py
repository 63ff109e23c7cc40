"""Frozen records for tests of the exercise generator, and voices whose messages are English."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kb.law.loader import load_law
from kb.records.bundle import SOURCE
from kb.speech import Speech
from kb.texts.loader import load_texts
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import Vocabularies
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.wording import Voice
from kb.workshops.frozen.facts import FrozenFacts
from kb.workshops.frozen.freeze import PublishedRecord, frozen_texts
from kb.workshops.frozen.item import Frozen, Held
from tests.builders import a_bundle, a_translation_text

CONTENT = Path(__file__).parents[3] / "content"
VRD = "32012L0029"


@cache
def vocabularies() -> Vocabularies:
    return load_vocabularies(CONTENT / "vocabularies")[0]


@cache
def voice(code: str) -> Voice:
    speech = Speech(code, str, lambda one, more, number: one if number == 1 else more)
    law, texts = load_law(CONTENT / "law", vocabularies())[0], load_texts(CONTENT / "texts", vocabularies())[0]
    return Voice(speech, vocabularies(), law, texts)


def voices(*codes: str) -> dict[str, Voice]:
    return {code: voice(code) for code in codes or ("en",)}


def frozen(
    record: str,
    texts: Mapping[str, str],
    facts: Mapping[str, Any],
    *,
    language: str = "en",
    body: Sequence[str] = (),
    headings: Mapping[str, str] | None = None,
) -> Frozen:
    kind, _, record_id = record.partition("/")
    heads = headings or {}
    passages = [
        {
            "name": name,
            "text": f"## {heads[name]} {{#{name}}}\n\n{text}" if name in heads else text,
            "language": language,
            "state": "original",
            "by": None,
            "reviewed": None,
            "heading": heads.get(name),
        }
        for name, text in texts.items()
    ]
    values = {
        "format": 1,
        "kind": kind,
        "id": record_id,
        "language": language,
        "parts": {"source": 4},
        "facts": facts,
        "lines": [],
        "passages": passages,
        "body": list(body),
        "attached": {},
    }
    return Frozen(json.dumps(values))


def a_practice(name: str = "walls", *, texts: Mapping[str, str] | None = None, **facts: Any) -> SourceMaterial:
    """Return a practice of Portugal that began in 2012, with these additional facts and texts."""
    said = {"title": "Stone walls", "summary": "Walls.", **(texts or {})}
    known = {"countries": ["PT"], "start_year": "2012", **facts}
    body = [each for each in said if each in ("problem", "what", "how", "limits")]
    return SourceMaterial(f"practices/{name}", Held({"en": frozen(f"practices/{name}", said, known, body=body)}))


def other(name: str, **facts: Any) -> FrozenFacts:
    return FrozenFacts(f"practices/{name}", facts)


# A known collection; each practice has a fact for each question.
# Id; title; title in Lithuanian; country; first year; level; area; actor; leader; article.
HOUSE = """
    walls; Walls of dry stone; Sienos; PT; 2012; ev-2-monitored; warm-referral; police; Guild; 8
    gates; A gate for each; Vartai; LT; 2015; ev-1-described; letter-of-rights; courts-and-judges; Keys; 4
    wells; Wells in a row; Šuliniai; ES; 2007; ev-3-evaluated; secure-email; prosecutors; Rope; 22
    roofs; Roofs of reed; Stogai; FR; 2009; ev-4-controlled; website-and-app; lawyers; Reed; 9
    lamps; Lamps by night; Lempos; IT; 2011; ev-1-described; risk-assessment; interpreters; Oil; 21
    boats; Boats for guests; Laivai; FI; 2013; ev-2-monitored; safe-contact; social-services; Oars; 10
    bells; Bells at noon; Varpai; RO; 2018; ev-5-replicated; proactive-contact; psychologists; Rings; 6
    paths; Paths of gravel; Takai; IE; 2020; ev-3-evaluated; opt-in-referral; health-professionals; Sand; 16
"""


@cache
def of_the_house() -> tuple[SourceMaterial, ...]:
    """Return every practice of that collection as a frozen record."""
    return tuple(_of_the_house(*line.strip().split("; ")) for line in HOUSE.strip().splitlines())


def _of_the_house(name: str, title: str, lithuanian: str, *values: str) -> SourceMaterial:
    country, year, level, area, actor, leader, article = values
    facts: dict[str, Any] = {
        "id": name,
        "title": title,
        "countries": [country],
        "start_year": year,
        "evidence_level": level,
        "areas": [area],
        "actors": [actor],
        "organisations": [{"id": "o1", "name": f"{leader} House", "role": "lead"}],
        "legal_basis": [{"id": "l1", "celex": VRD, "articles": [article], "checked": "no"}],
    }
    sections = {"problem": "Nobody knew the way.[^s1]", "what": "A walk.[^s1]", "how": "1. Go.\n2. Look.[^s2]"}
    words = {"title": lithuanian, "summary": "Santrauka.", "figures.f1.label": "žmonės"}
    bundle = a_bundle({"lt": a_translation_text(language="lt", words=words, sections={})}, sections=sections, **facts)
    stand = PublishedRecord(bundle, {SOURCE: 1, **dict.fromkeys(bundle.translations, 1)})
    held = Held({code: Frozen(text) for code, text in frozen_texts(stand, vocabularies()).items()})
    return SourceMaterial(stand.record, held)
