"""Template of the source file of a new exercise: every key with a comment."""

from __future__ import annotations

_TEXT = """\
---
id: {id}
language: {language}
title:
# Two or three sentences, at most 350 characters: what happens, for whom the case is, and what it trains.
summary:
# yes: nobody of the story exists, and no real case is told in disguise. Readers are told so on every page.
invented:
# Terms, the narrowest that fit.
areas: []
actors: []
# How many people, at least and at most.
smallest: "6"
largest: "20"
# Minutes before the first dose, and at the end to come back from the story.
opening: "5"
closing: "10"
# What participants can do afterwards: - {{id: a1, label: "Ask for safe contact before writing a number."}}
aims: []
# - {{id: d1, method: pair, work: 10, talk: 5}}       its story is the section {{#d1}}, the task {{#d1-task}}
# method: pair, group or plenary; minutes of work, then minutes of talking about it.
doses: []
# Ids of sections whose heading is a question and whose text is the model answer: [q1, q2]
asked: []
# What differs by country: - {{id: n1, fact: f-law-referral, label: "…?"}}    key facts are those of the profiles
national: []
# What the trainer hands out, by the ids of tools; practices that show it at work.
tools: []
practices: []
# - {{id: s1, title: "…", address: "https://…", publisher: "…", year: 2024, language: {language}, kind: report,
#    accessed: 2026-11-25}}
# kind: law, official, evaluation, scientific, report, organisation or press. The text points here with [^s1].
sources: []
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""


def new_exercise(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values.

    It needs a section `## Heading {#notice}`, and sections for doses, tasks and questions. Others are optional.
    """
    return _TEXT.format(id=record_id, language=language)
