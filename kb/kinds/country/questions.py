"""The ids of the questions that a country profile answers, and of the key facts that tools take from it.

Themes and actors form the grid, with cell ids such as `t1-police`. The ids of the other questions begin with the
letter of their part. The texts are in `content/texts`. Their wording is our own; parts and numbers follow the project's
list of questions.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.texts.model import TextIds

THEMES = ("t1", "t2", "t3a", "t3b", "t4")
ACTORS = ("police", "prosecution", "courts", "support", "others")
CELLS: Mapping[str, tuple[str, str]] = {f"{theme}-{actor}": (theme, actor) for theme in THEMES for actor in ACTORS}

# Part letter → the id of its heading.
PARTS: Mapping[str, str] = {letter: f"part-{letter}" for letter in "cdei"}
_NUMBERS: Mapping[str, int] = {"c": 14, "d": 7, "e": 7, "i": 8}  # of questions by part
QUESTIONS = tuple(f"{part}-{number:02}" for part in PARTS for number in range(1, _NUMBERS[part] + 1))
QUESTION_TEXTS = TextIds("country-questions", (*THEMES, *ACTORS, *PARTS.values(), *QUESTIONS))

KEY_FACTS = (
    "f-emergency",
    "f-emergency-text",
    "f-helpline",
    "f-helplines-special",
    "f-crisis-line",
    "f-generic",
    "f-specialised",
    "f-coordinator",
    "f-police",
    "f-law-support",
    "f-law-procedure",
    "f-law-referral",
    "f-law-dv",
    "f-law-trafficking",
    "f-law-gdpr",
    "f-law-police-data",
    "f-dpa",
    "f-age",
    "f-duty-report",
    "f-duty-inform",
    "f-retention",
    "f-limits",
    "f-compensation",
    "f-comp-abroad",
    "f-legal-aid",
    "f-interpreter",
    "f-report",
    "f-own-complaint",
    "f-ack",
    "f-case-info",
    "f-release",
    "f-complaints",
    "f-restorative",
    "f-forensic",
    "f-medical-doc",
    "f-expenses",
    "f-easy-readers",
    "f-terms",
    "f-training",
    "f-stat-owner",
    "f-languages",
    "f-risk-instrument",
    "f-protection-assessment",
    "f-support-assessment",
    "f-national-channel",
    "f-accreditation",
    "f-first-contact",
    "f-model",
)
KEY_FACT_TEXTS = TextIds("key-facts", KEY_FACTS)
