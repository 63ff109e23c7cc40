"""Template of the source file of a new register record: every key with a comment."""

from __future__ import annotations

from kb.kinds.template_text import END, HEAD, SOURCES, fill_template

_REGISTER = """\
# - {{id: b-dpa, label: "…", hint: "…", type: contact, layer: national, fact: f-dpa, absent: "…"}}
# type: text, long, org, role, law, contact, duration, date, number, languages, address or yes-no
# topic: what is asked together with it: partners, numbers, services, times, sending, law, data, assessment, rights,
#   teamwork or document
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


def new_register(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values."""
    return fill_template(record_id, language, HEAD, _REGISTER, SOURCES, END)
