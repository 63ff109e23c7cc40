"""Template of the source file of a new area of the directory."""

from __future__ import annotations

from kb.kinds.template_text import SOURCES, fill_template

_HEAD = """\
---
id: {id}
language: {language}
# The name of the area in this language.
title:
# One or two sentences, at most 350 characters: which services were found, from which lists, and what is missing.
summary:
# - {{id: s1, name: "…", services: [svc-emotional-support], source: s1, checked: 2026-11-25}}
# services: terms of the service types. groups: crime groups g1 to g9. victims: terms of the victim groups. Without
#   them the service is for every victim.
# serves: codes of areas inside this one; without them the whole area. place: the town; never for a shelter.
# form: state, municipality, ngo, church, private, network. free, complaint, interpreter: yes, no or not-known.
# access: step-free, hearing-loop, sign-language, easy-to-read, quiet-room, children-welcome, animals-welcome,
#   text-only-possible. referral: how referrals reach it. note: in one or two sentences, for the person who calls.
# checked_by: machine, person or service. Leave out every key of which nothing is known.
services: []
# - {{id: c1, service: s1, way: phone, value: "0800 500 333", hours: [always], free: yes, languages: [en]}}
# way: phone, sms, chat, email, visit or site. holidays: yes, no or not-known: is it open on public holidays?
contacts: []
# - {{id: g1, services: [svc-shelter], looked: "Where we looked, and found none.", checked: 2026-11-25}}
gaps: []
"""
_END = """\
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""


def new_area(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values."""
    return fill_template(record_id, language, _HEAD, SOURCES, _END)
