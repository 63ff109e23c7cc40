"""Template of the source file of a new adaptation: every key with a comment."""

from __future__ import annotations

from kb.kinds.template_text import END, HEAD, SOURCES, fill_template
from kb.kinds.tool.template import TOOL_FACTS

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


def new_adaptation(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values: title, parent, country."""
    return fill_template(record_id, language, HEAD, _ADAPTATION, TOOL_FACTS, _SETTLED, SOURCES, END)
