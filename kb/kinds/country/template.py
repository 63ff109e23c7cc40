"""Template of the source file of a new country."""

from __future__ import annotations

_TEXT = """\
---
id: {id}
language: {language}
# The name of the country in this language.
title:
# Two or three sentences, at most 350 characters: which help there is by telephone, and what is not known.
summary:
# - {{id: emergency, kind: emergency, number: "112", name: "112", hours: [always], free: yes, channels: [phone],
#    source: s1, checked: 2026-11-25}}
# kind: emergency, victims, domestic-violence, sexual-violence, children, missing-children, older-people, trafficking,
#   hate-crime, online-crime, emotional-support or other
# number: as it is dialled, grouped as it is spoken: "0800 500 333". hours: [always], [not-known] or entries such as
#   mo-fr 09:00-17:00. free: yes, no or not-known. channels: phone, sms, chat, email. languages: [en, pt].
# note: in one or two sentences, for the person who needs help. Leave out every key of which nothing is known.
helplines: []
# What to do: - {{id: duty-dv, line: duty, roles: [police], groups: [g1], known: answered, verdict: yes,
#    grade: law-read, law: "…", articles: "9(3)", text: "…", confidence: high, sources: [s1], checked: 2026-11-25}}
# line: duty, consent, whom, when, channel, form, data, ask, say or avoid. Without roles for all of them: police,
#   prosecution, support, first-contact, lawyer; without groups for all crimes. verdict (of a duty only): yes,
#   if-agreed, may, no or not-known. grade: law-read, official or other. facts, helplines: ids of rows of this record.
guidance: []
# Theme and actor: - {{id: t1-police, extent: partial, rests_on: "…", how: "…", confidence: medium, year: 2025,
#    sources: [s1], checked: 2026-11-25}}    extent: systematic, partial, ad-hoc, absent or not-known; what each takes
#   is told in the content guide. A rule that nobody showed to be lived: by_rule_only: yes. groups: [g1=systematic]
cells: []
# Questions in depth: - {{id: c-05, known: partly, text: "…", confidence: low, sources: [s1], checked: 2026-11-25}}
# known: answered, partly, not-known or absent (a source says that it does not exist)
answers: []
# - {{id: x1, kind: legal-gap, text: "…", when: "2021", still_true: yes, confidence: high, sources: [s1],
#    checked: 2026-11-25}}        kind: legal-gap, practical-gap, limitation, driver, change or coming
findings: []
# - {{id: p8, article: "8", law: "…", provision: "Article 5", known: answered, confidence: high, sources: [s1],
#    checked: 2026-11-25}}
transposition: []
# Facts for tools: - {{id: k1, fact: f-dpa, known: answered, name: "…", number: "…", address: "https://…",
#    confidence: high, sources: [s1], checked: 2026-11-25}}   numbers to ring stand among the helplines and only there
# text: for professionals; documents print it. plain: for victims, in short sentences; their tools print only that.
# not_found: what could not be found out; documents never print it.
facts: []
# Ids of good practices.
practices: []
# - {{id: s1, title: "…", address: "https://…", publisher: "…", year: 2026, language: {language}, kind: official,
#    accessed: 2026-11-25}}
sources: []
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""


def new_country(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values.

    The author chooses the ids of its sections: `## Heading {#id}`.
    """
    return _TEXT.format(id=record_id, language=language)
