"""Template of the source file of a new tool: every key with a comment."""

from __future__ import annotations

from kb.kinds.template_text import END, HEAD, SOURCES, fill_template

TOOL_FACTS = """\
# form, agreement, questionnaire, leaflet or guide
kind: form
# Changes with every change that whoever adapted it should look at.
version: "1"
# Terms, the narrowest that fit.
areas: []
actors: []
document_types: []
# If it makes several papers, each a file of its own: - {{id: leaflet, label: "…", format: leaflet, hint: "…"}}
# format: a4, form, bare, a5, leaflet, cards, poster or pictures. for_victims: yes, if victims take it with them.
# sets: choices that it decides, [ch-product=leaflet]. pages: its most sides. points: the size of its letters.
papers: []
# What is known of sections: - {{id: offer, style: say, when: ch-model=m2, new_page: yes}}
# style: text, say (read aloud), user-note, adapter-note (never printed), large, number (very large), code (beside a
#   QR code) or strips (to tear off a poster). locked: yes, if it protects victims.
# papers: those that print it, for a tool with several. crimes: only for these groups, [g1, g9]. drawing: beside it.
# new_panel: yes, on a folded sheet. cut_above: yes, if it is cut off the sheet.
# A section without a line is text, and always printed. for_victims: yes, if a victim reads it in smaller type; then
#   no words of a profile that speak to professionals are printed in it, as in what is read aloud or large.
parts: []
# Case fields, below the text of their part: - {{id: a1, part: offer, type: one, label: "…", options: "yes | no"}}
# type: text, long, date, time, date-time, number, phone, email, one, many, yes-no, yes-no-decline, need, grid,
#   crime, signature or show. need: required, conditional or optional. Nobody ever types them into this site.
# width: hundredths of the width of a form, for fields side by side.
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


def new_tool(record_id: str, language: str) -> str:
    """Return a source file whose only problems are missing values.

    The author chooses the ids of its sections: `## Heading {#id}`.
    """
    return fill_template(record_id, language, HEAD, TOOL_FACTS, SOURCES, END)
