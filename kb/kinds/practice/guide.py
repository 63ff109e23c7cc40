"""The ids of the texts that help authors: a question for each section, and explanations of assessment questions.

The texts are in `content/texts`.
"""

from __future__ import annotations

from kb.kinds.practice.evidence import QUESTIONS
from kb.texts.model import TextIds

SECTION_TEXTS = TextIds(
    "practice-sections",
    ("problem", "what", "how", "setup", "results", "mechanism", "costs", "limits", "transfer", "lessons"),
)
MEANING, EXAMPLE = "-meaning", "-example"  # endings of the ids of what a question means, and of a borderline case
QUESTION_TEXTS = TextIds(
    "assessment-questions",
    tuple(f"{question.lower()}{part}" for question in QUESTIONS for part in ("", MEANING, EXAMPLE)),
)
