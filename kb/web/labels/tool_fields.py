"""Labels, hints and options for the fields of tools, adaptations and the register in the editing form."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.web.labels.tools import (
    BLANK_TOPICS,
    BLANK_TYPES,
    FIELD_TYPES,
    LAYERS,
    NEEDS,
    PAGE_PLACES,
    PAPER_FORMATS,
    SCOPES,
    STYLES,
    TOOL_KINDS,
)

# The register and a tool with its own declarations have the same rows under different keys.
_BLANKS, _CHOICES = ("blanks", "own_blanks"), ("choices", "own_choices")
_ALTERNATIVES, _CAUTIONS = ("alternatives", "own_alternatives"), ("cautions", "own_cautions")

LABELS: Mapping[str, str] = {
    "version": N_("Version"),
    "papers": N_("Documents that this tool makes"),
    "papers.label": N_("Title"),
    "format": N_("Sheet of paper"),
    "papers.for_victims": N_("Do victims take it with them?"),
    "sets": N_("Choices that this document decides"),
    "pages": N_("Most sides of paper"),
    "points": N_("Font size, in points"),
    "parts": N_("How sections are printed"),
    "parts.id": N_("Section"),
    "style": N_("Style"),
    "locked": N_("Show a warning when this section is changed?"),
    "when": N_("Only if"),
    "new_page": N_("Start on a new page?"),
    "parts.level": N_("Heading level: 2 or 3"),
    "without_heading": N_("Print without the heading?"),
    "for_victims": N_("Is this section for victims to read?"),
    "parts.page": N_("Place on the page for a person who was harmed"),
    "parts.papers": N_("Documents that print this section"),
    "crimes": N_("Only for these groups of crimes"),
    "drawing": N_("Drawing beside it"),
    "new_panel": N_("Start on a new panel of a folded sheet?"),
    "cut_above": N_("Print a line above, to cut along?"),
    "fields": N_("Case fields"),
    "part": N_("Section"),
    "type": N_("Type"),
    "fields.label": N_("Label"),
    "options": N_("Options"),
    "rows": N_("Rows"),
    "length": N_("Maximum number of characters"),
    "width": N_("Width, in hundredths of the page"),
    "need": N_("Required?"),
    "hint": N_("Hint"),
    "fields.note": N_("Note for the person adapting the tool"),
    "criteria": N_("Criteria"),
    "uses": N_("Fill-in fields used in this tool"),
    "uses.id": N_("Field to fill in"),
    "choices_used": N_("Choices used in this tool"),
    "own_blanks": N_("Fill-in fields for this tool only"),
    "own_choices": N_("Choices for this tool only"),
    "own_alternatives": N_("Alternatives for these choices"),
    "own_cautions": N_("Warnings for this tool only"),
    "blanks": N_("Fields to fill in"),
    "choices": N_("Choices"),
    "alternatives": N_("Alternatives"),
    "cautions": N_("Warnings"),
    "layer": N_("How often the field is filled in"),
    "topic": N_("Topic"),
    "several": N_("Allow more than one?"),
    "choice": N_("Choice"),
    "default": N_("Default"),
    "choose_when": N_("When to choose this option"),
    "danger": N_("Risk and how to deal with it"),
    "evidence": N_("Evidence"),
    "evidence_note": N_("Note on the evidence"),
    "scope": N_("How often the choice is made"),
    "retired": N_("Kept only for earlier adaptations?"),
    "parent": N_("Based on the tool"),
    "parent_version": N_("Version of the tool"),
    "reviewed_by_lawyer": N_("Reviewing lawyer"),
    "chosen": N_("Choices made"),
    "chosen.id": N_("Choice"),
    "values": N_("Alternatives"),
    "filled": N_("Fields filled in"),
    "filled.id": N_("Field to fill in"),
    "absent": N_("Confirmed not to exist in the country?"),
    "left_open": N_("Leave the field empty even if the profile has an answer?"),
    "filled.source": N_("Source"),
    "filled.checked": N_("Checked on"),
    "why": N_("What was changed and why"),
    "chosen.why": N_("Reason"),
    **{f"{rows}.label": N_("Label") for rows in (*_BLANKS, *_CHOICES, *_ALTERNATIVES)},
    **{f"{rows}.absent": N_("Text to print if this does not exist in the country") for rows in _BLANKS},
    **{f"{rows}.fact": N_("Key fact used to fill in the field") for rows in _BLANKS},
    **{f"{rows}.row": N_("Only this row of the key fact") for rows in _BLANKS},
    "proposal": N_("Our proposal"),
}
_CONDITION = N_(
    "Enter a condition, for example ch-model=m2, ch-model(g1)!=m4 or b-dpa=absent. Join several conditions with “and” "
    "or “or”."
)
_CHOSEN = N_("Type the start of the name, then select from the list.")
HINTS: Mapping[str, str] = {
    **dict.fromkeys(("parts.id", "part", "uses.id", "chosen.id", "filled.id", "choice", "parent"), _CHOSEN),
    "when": _CONDITION,
    "for_victims": N_(
        "No answer is needed for sections that are read aloud or in large print. What a profile says to professionals "
        "is never printed in a section for victims."
    ),
    "papers": N_("Only if the tool makes several documents. Each of them is a file of its own."),
    "papers.hint": N_("How it is used and printed."),
    "papers.for_victims": N_("If so, nothing on it names this site, a review or a lawyer."),
    "sets": N_("One per line, for example ch-product=leaflet. No one is asked about these choices."),
    "pages": N_("The document for one crime is never longer than this."),
    "points": N_("Only if it differs from what is usual for this sheet."),
    "parts.papers": N_("One ID per line. A section without any is never printed."),
    "crimes": N_("One group per line, from g1 to g9. Without any, it is printed for all crimes."),
    "drawing": N_("Only for easy-to-read documents: the name of a drawing, for example police."),
    "width": N_("Fields with a width are side by side, until they fill 100."),
    "topic": N_("Fields with the same topic are filled in on one page."),
    "fields": N_(
        "These fields are about a victim. They stay empty in the downloaded document. Do not fill them in here."
    ),
    "options": N_("Separate the options with |. In a grid, add “…” to the end of the name of each free-text column."),
    "rows": N_("Separate the rows with |."),
    "criteria": N_("One per line, for example REF-08 or SEC-12."),
    "reviewed_by_lawyer": N_("Name and position, only with the person’s consent."),
    "values": N_("One per line, for example b, or g1=m4 for a group of crimes."),
    "evidence_note": N_("If nothing was found, say so."),
    **{
        f"{rows}.id": N_(
            "Enter b- and lower-case letters, for example b-dpa. In texts, write {{b-dpa}}, or {{b-dpa.number}} for "
            "one part of the value."
        )
        for rows in _BLANKS
    },
    **{f"{rows}.id": N_("Enter ch- and lower-case letters, for example ch-model.") for rows in _CHOICES},
    **{
        f"{rows}.id": N_("Enter the ID of the choice, a hyphen and a short name, for example ch-model-m2.")
        for rows in _ALTERNATIVES
    },
}
# Labels of the empty option, which say what applies by default.
NOTHING: Mapping[str, str] = {
    "papers.format": N_("A4, text of any length (default)"),
    "parts.style": N_("Text (default)"),
    "parts.page": N_("Not on that page (default)"),
    **dict.fromkeys(("fields.need", "uses.need"), N_("Required (default)")),
    **{f"{rows}.scope": N_("Once (default)") for rows in _CHOICES},
    **{f"{rows}.topic": N_("This document (default)") for rows in _BLANKS},
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "kind": {str(value): words for value, words in TOOL_KINDS.items()},
    "papers.format": {str(value): words for value, words in PAPER_FORMATS.items()},
    "parts.style": {str(value): words for value, words in STYLES.items()},
    "parts.page": {str(value): words for value, words in PAGE_PLACES.items()},
    "fields.type": {str(value): words for value, words in FIELD_TYPES.items()},
    "fields.need": {str(value): words for value, words in NEEDS.items()},
    "uses.need": {str(value): words for value, words in NEEDS.items()},
    **{f"{rows}.type": {str(value): words for value, words in BLANK_TYPES.items()} for rows in _BLANKS},
    **{f"{rows}.topic": {str(value): words for value, words in BLANK_TOPICS.items()} for rows in _BLANKS},
    **{f"{rows}.layer": {str(value): words for value, words in LAYERS.items()} for rows in _BLANKS},
    **{f"{rows}.scope": {str(value): words for value, words in SCOPES.items()} for rows in _CHOICES},
}
