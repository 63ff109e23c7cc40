"""The files that a new tool, a new adaptation and a new record of the register start from."""

from __future__ import annotations

_HEAD = """\
---
id: {id}
language: {language}
title:
# Two or three sentences, at most 350 characters: what it is for, who fills it in or reads it, and when.
summary:
"""
_TOOL = """\
# form, agreement, questionnaire, leaflet or guide
kind: form
# Changes with every change that whoever adapted it should look at.
version: "1"
# Terms, the narrowest that fit.
areas: []
actors: []
document_types: []
# What is known of sections: - {{id: offer, style: say, when: ch-model=m2, new_page: yes}}
# style: text, say (read aloud), user-note, adapter-note (never printed) or large. locked: yes, if it protects victims.
# A section without a line is text, and always printed. for_victims: yes, if a victim reads it in smaller type; then
#   no words of a profile that speak to professionals are printed in it, as in what is read aloud or large.
parts: []
# Case fields, below the text of their part: - {{id: a1, part: offer, type: one, label: "…", options: "yes | no"}}
# type: text, long, date, time, date-time, number, phone, email, one, many, yes-no, yes-no-decline, need, grid,
#   signature or show. need: required, conditional or optional. Nobody ever types them into this site.
fields: []
# Blanks by their ids: - {{id: b-dpa, need: required}}. In a text: {{{{b-dpa}}}}, or a side of it: {{{{b-dpa.number}}}}.
uses: []
# Ids of choices of the register.
choices_used: []
# What this tool alone needs; what two tools share stands in the register.
own_blanks: []
own_choices: []
own_alternatives: []
own_cautions: []
# Criteria that it meets: [REF-08, SEC-03]
criteria: []
practices: []
# Ids of other tools.
related: []
"""
_SOURCES = """\
# - {{id: s1, title: "…", address: "https://…", publisher: "…", year: 2024, language: {language}, kind: report,
#    accessed: 2026-11-25}}
# kind: law, official, evaluation, scientific, report, organisation or press. The text points here with [^s1].
sources: []
"""
_END = """\
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""
_ADAPTATION = """\
# The tool that it was made from, and which version of it; the id is both: referral-form-ro.
parent:
parent_version:
country:
# Name and office of the lawyer, with that person's consent; leave it out until then.
reviewed_by_lawyer:
"""
_SETTLED = """\
# What was chosen: - {{id: ch-model, values: [g1=m4, g9=m2]}}, or values: [b] where it is made once.
chosen: []
# What was filled in: - {{id: b-dpa, text: "…", source: s1}}, or absent: yes where the country has no such thing.
filled: []
"""
_REGISTER = """\
# - {{id: b-dpa, label: "…", hint: "…", type: contact, layer: national, fact: f-dpa, absent: "…"}}
# type: text, long, org, role, law, contact, duration, date, number, languages, address or yes-no
# layer: national or local. fact: the key fact of the country's profile that it is filled from. absent: what is printed
#   where there is no such thing. row: only this row of the fact. proposal: ours, to be taken over or not.
blanks: []
# - {{id: ch-model, label: "…", hint: "…", scope: group, default: [m2]}}  scope: once, or group for each group of crimes
choices: []
# - {{id: ch-model-m2, choice: ch-model, label: "…", choose_when: "Choose this when …", danger: "…", criteria: [REF-08],
#    practices: [], evidence: ev-2-monitored, evidence_note: "…"}}        that nothing was found is said: evidence_note
alternatives: []
# What is said of a combination: - {{id: w1, when: ch-model=m4 and b-law-referral=absent, text: "…"}}
cautions: []
"""


def new_tool(record_id: str, language: str) -> str:
    """Return the text of a source file in which nothing is wrong but what is missing.

    Its sections have ids of the author's choice: `## Heading {#id}`.
    """
    return _filled(record_id, language, _HEAD, _TOOL, _SOURCES, _END)


def new_adaptation(record_id: str, language: str) -> str:
    """Return the same for an adaptation; parent and country are missing too."""
    return _filled(record_id, language, _HEAD, _ADAPTATION, _TOOL, _SETTLED, _SOURCES, _END)


def new_register(record_id: str, language: str) -> str:
    """Return the same for a record of the register."""
    return _filled(record_id, language, _HEAD, _REGISTER, _SOURCES, _END)


def _filled(record_id: str, language: str, *pieces: str) -> str:
    return "".join(pieces).format(id=record_id, language=language)
