"""Labels, hints and options for the fields of tools, adaptations and the register in the editing form."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.web.labels.tools import BLANK_TYPES, FIELD_TYPES, LAYERS, NEEDS, SCOPES, STYLES, TOOL_KINDS

# The register and a tool with its own declarations have the same rows under different keys.
_BLANKS, _CHOICES = ("blanks", "own_blanks"), ("choices", "own_choices")
_ALTERNATIVES, _CAUTIONS = ("alternatives", "own_alternatives"), ("cautions", "own_cautions")

LABELS: Mapping[str, str] = {
    "version": N_("Version"),
    "parts": N_("Parts: how sections are printed"),
    "parts.id": N_("Section"),
    "style": N_("Style"),
    "locked": N_("Is it changed with a warning alone?"),
    "when": N_("Only if"),
    "new_page": N_("Does it begin on a new page?"),
    "parts.level": N_("Level of its heading: 2 or 3"),
    "without_heading": N_("Is it printed without its heading?"),
    "for_victims": N_("Does a victim read it?"),
    "fields": N_("Case fields"),
    "part": N_("Section in which it stands"),
    "type": N_("Type"),
    "fields.label": N_("Label"),
    "options": N_("Options"),
    "rows": N_("Rows"),
    "length": N_("Most letters"),
    "need": N_("Does it have to be filled in?"),
    "hint": N_("Hint"),
    "fields.note": N_("Note for the adapter"),
    "criteria": N_("Criteria"),
    "uses": N_("Blanks that it uses"),
    "uses.id": N_("Blank"),
    "choices_used": N_("Choices that it uses"),
    "own_blanks": N_("Blanks of this tool alone"),
    "own_choices": N_("Choices of this tool alone"),
    "own_alternatives": N_("Alternatives of these choices"),
    "own_cautions": N_("Warnings of this tool alone"),
    "blanks": N_("Blanks"),
    "choices": N_("Choices"),
    "alternatives": N_("Alternatives"),
    "cautions": N_("Warnings"),
    "layer": N_("Who fills it in"),
    "several": N_("Can there be several?"),
    "choice": N_("Choice"),
    "default": N_("What holds until somebody chooses"),
    "choose_when": N_("When to choose it"),
    "danger": N_("Danger, and the answer to it"),
    "evidence": N_("Evidence"),
    "evidence_note": N_("What is known of it, or that nothing was found"),
    "scope": N_("For what it is made"),
    "parent": N_("Made from the tool"),
    "parent_version": N_("Version of that tool"),
    "reviewed_by_lawyer": N_("Reviewed by the lawyer"),
    "chosen": N_("What was chosen"),
    "chosen.id": N_("Choice"),
    "values": N_("Alternatives"),
    "filled": N_("What was filled in"),
    "filled.id": N_("Blank"),
    "absent": N_("Does it not exist in the country?"),
    "left_open": N_("Is it left open, whatever the profile says?"),
    "filled.source": N_("Source"),
    "filled.checked": N_("Checked on"),
    "why": N_("What was changed, and why"),
    "chosen.why": N_("Reason"),
    **{f"{rows}.label": N_("Label") for rows in (*_BLANKS, *_CHOICES, *_ALTERNATIVES)},
    **{f"{rows}.absent": N_("What is printed where there is no such thing") for rows in _BLANKS},
    **{f"{rows}.fact": N_("Key fact that it is filled from") for rows in _BLANKS},
    **{f"{rows}.row": N_("Only this row of the key fact") for rows in _BLANKS},
    "proposal": N_("Our proposal"),
}
_CONDITION = N_("ch-model=m2, ch-model(g1)!=m4, b-dpa=absent; several joined by “and” or by “or”.")
_CHOSEN = N_("Type the beginning of its name, and choose.")
HINTS: Mapping[str, str] = {
    **dict.fromkeys(("parts.id", "part", "uses.id", "chosen.id", "filled.id", "choice", "parent"), _CHOSEN),
    "when": _CONDITION,
    "for_victims": N_(
        "Where it is read aloud or printed in large type that is so already. Nothing that a profile says "
        "to professionals is printed in it."
    ),
    "fields": N_(
        "These fields are about a victim. They stay empty in the downloaded document. Do not fill them in here."
    ),
    "options": N_("With | between them. A column of a grid that is written in ends with …"),
    "rows": N_("With | between them."),
    "criteria": N_("One per line: REF-08, SEC-12, ASM-01, INF-03."),
    "reviewed_by_lawyer": N_("Name and office, only with that person's consent."),
    "values": N_("One per line: b, or for each group of crimes g1=m4."),
    "evidence_note": N_("That nothing was found is said, too."),
    **{
        f"{rows}.id": N_("b- and small letters. Texts write it so: {{b-dpa}}, one side of it {{b-dpa.number}}.")
        for rows in _BLANKS
    },
    **{f"{rows}.id": N_("ch- and small letters, such as ch-model.") for rows in _CHOICES},
    **{f"{rows}.id": N_("The id of the choice, a hyphen and a short name: ch-model-m2.") for rows in _ALTERNATIVES},
}
# Labels of the empty option, which say what applies by default.
NOTHING: Mapping[str, str] = {
    "parts.style": N_("text, if nothing is chosen"),
    **dict.fromkeys(("fields.need", "uses.need"), N_("required, if nothing is chosen")),
    **{f"{rows}.scope": N_("made once, if nothing is chosen") for rows in _CHOICES},
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "kind": {str(value): words for value, words in TOOL_KINDS.items()},
    "parts.style": {str(value): words for value, words in STYLES.items()},
    "fields.type": {str(value): words for value, words in FIELD_TYPES.items()},
    "fields.need": {str(value): words for value, words in NEEDS.items()},
    "uses.need": {str(value): words for value, words in NEEDS.items()},
    **{f"{rows}.type": {str(value): words for value, words in BLANK_TYPES.items()} for rows in _BLANKS},
    **{f"{rows}.layer": {str(value): words for value, words in LAYERS.items()} for rows in _BLANKS},
    **{f"{rows}.scope": {str(value): words for value, words in SCOPES.items()} for rows in _CHOICES},
}
