"""Template of the source file of a new theme: every key with a comment, every section with its heading."""

from __future__ import annotations

from collections.abc import Mapping

from kb.kinds.theme.model import SECTIONS

# Section headings per language, in the order of the sections; pages show those of the translation catalogue.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "en": ("What this is about", "Where to begin", "What goes wrong"),
    "it": ("Di che cosa si tratta", "Da dove cominciare", "Che cosa va storto"),
    "lt": ("Apie ką tai", "Nuo ko pradėti", "Kas nepavyksta"),
    "pt": ("De que se trata", "Por onde começar", "O que corre mal"),
    "ro": ("Despre ce este vorba", "De unde se începe", "Ce nu merge bine"),
}

_FACTS = """\
---
id: {id}
language: {language}
title:
# Two or three sentences: what this is about, for whom, and what has to be decided.
summary:
# The ways of doing it: - {{id: m1, term: signposting, choose: "Choose this when …", note: "What it asks, its risk.",
#    practices: []}}                                    the term is a narrower one of the area; practices are examples
models: []
# What to settle before one chooses: - {{id: q1, label: "…?"}}
questions: []
# - {{id: s1, title: "…", address: "https://…", publisher: "…", year: 2024, language: {language}, kind: report,
#    accessed: 2026-11-25}}
# kind: law, official, evaluation, scientific, report, organisation or press. The text points here with [^s1].
sources: []
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""


def new_theme(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values."""
    headings = HEADINGS.get(language, HEADINGS["en"])
    body = "\n".join(f"## {heading} {{#{section}}}\n" for section, heading in zip(SECTIONS, headings, strict=True))
    return _FACTS.format(id=record_id, language=language) + body
