"""The file that a new country starts from."""

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
# number: as it is dialled, grouped as it is spoken: "116 006". hours: [always], [not-known] or entries such as
#   mo-fr 09:00-17:00. free: yes, no or not-known. channels: phone, sms, chat, email. languages: [en, pt].
# note: in one or two sentences, for the person who needs help. Leave out every key of which nothing is known.
helplines: []
# - {{id: s1, title: "…", address: "https://…", publisher: "…", year: 2026, language: {language}, kind: official,
#    accessed: 2026-11-25}}
sources: []
# draft, published or retired
status: draft
licence: CC-BY-4.0
---
"""


def new_country(record_id: str, language: str) -> str:
    """Return the text of a source file in which nothing is wrong but what is missing.

    Its sections have ids of the author's choice: `## Heading {#id}`.
    """
    return _TEXT.format(id=record_id, language=language)
