"""Template of the source file of new criteria."""

from __future__ import annotations

from kb.kinds.template_text import END, HEAD, SOURCES, fill_template

_CRITERIA = """\
# The practice area that the criteria are about, for example referral.
area:
# - {{id: coverage, label: "…"}}
topics: []
# - {{id: ref-01, topic: coverage, scopes: [police, support, state], question: "Do we …?", state_question: "Does …?",
#    find_out: "…", first_step: "…", state_step: "…", effort: week, state_effort: year, is_short: yes, is_stop: yes,
#    may_not_apply: no, tools: [], practices: [], law: [vrd:8], sources: [s1]}}
# effort of the first step: week, months or year. is_stop: a "no" may endanger people.
criteria: []
"""


def new_criteria(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values."""
    return fill_template(record_id, language, HEAD, _CRITERIA, SOURCES, END)
