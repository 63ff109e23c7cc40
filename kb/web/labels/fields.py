"""Labels, hints and options for the fields of records in the editing form."""

from __future__ import annotations

from collections.abc import Mapping

from kb.editing.forms.schema_form import SchemaField
from kb.i18n import N_
from kb.kinds.country.helpline_audiences import WHOM
from kb.kinds.country.model import Free
from kb.kinds.practice.evidence import QUESTIONS
from kb.kinds.practice.labels import CHOICE_FIELDS, NEEDS, ROLES, TERM_FIELDS, USAGES
from kb.problems import Problem
from kb.records.sources import SourceKind
from kb.web.http.i18n import gettext as _
from kb.web.labels import exercise_fields, situation_fields, tool_fields

SOURCE_KINDS: Mapping[SourceKind, str] = {
    SourceKind.LAW: N_("law"),
    SourceKind.OFFICIAL: N_("official publication"),
    SourceKind.EVALUATION: N_("evaluation"),
    SourceKind.SCIENTIFIC: N_("scientific publication"),
    SourceKind.REPORT: N_("report"),
    SourceKind.ORGANISATION: N_("publication of an organisation"),
    SourceKind.PRESS: N_("press"),
}
CALL_COSTS: Mapping[Free, str] = {
    Free.YES: N_("The call is free"),
    Free.NO: N_("The call costs money"),
    Free.NOT_KNOWN: N_("Cost not known"),
}
# By path; without an entry for its path, a field uses the entry for its last name, such as `address`.
LABELS: Mapping[str, str] = {
    **situation_fields.LABELS,
    **tool_fields.LABELS,
    **exercise_fields.LABELS,
    "title": N_("Title"),
    "summary": N_("Summary"),
    "aliases": N_("Previous ids that redirect here"),
    "origin": N_("Responsible for the text"),
    "keeper": N_("Maintained by"),
    "reviewed": N_("Reviewed on"),
    "review_due": N_("Next review due on"),
    "licence": N_("Licence"),
    "original_title": N_("Title in the original language"),
    "original_language": N_("Original language"),
    "names": N_("Names people use for it"),
    "countries": N_("Countries"),
    "regions": N_("Regions and cities"),
    **{name: field.label for name, field in CHOICE_FIELDS.items()},
    **{name: field.label for name, field in TERM_FIELDS.items()},
    "organisations": N_("Organisations"),
    "role": N_("Role"),
    "legal_basis": N_("Legal basis"),
    "celex": N_("CELEX number"),
    "articles": N_("Articles"),
    "legal_basis.text": N_("National law: name, number, article"),
    "checked": N_("Read in the official text"),
    "start_year": N_("Start year"),
    "end_year": N_("End year"),
    "implementation_status": N_("Implementation"),
    "secure_channel": N_("Secure channel"),
    "used": N_("Is one used?"),
    "kinds": N_("Kinds of channel"),
    "note": N_("Note"),
    "data_fields": N_("Data that are sent"),
    "time_limits": N_("Time limits"),
    "time_limits.value": N_("Limit"),
    "distribution_rule": N_("How people are shared among providers"),
    "assessments": N_("Assessments"),
    "by": N_("Answered by"),
    "on": N_("Answered on"),
    "tool_quality": N_("Quality of the questionnaire"),
    "external_ratings": N_("Ratings elsewhere"),
    "portal": N_("Portal"),
    "grade": N_("Grade"),
    "transfer_conditions": N_("Conditions of transfer"),
    "tried_in": N_("Countries where it was tried"),
    "needs": N_("What one would need"),
    **{f"needs.{name}": label for name, label in NEEDS.items()},
    "figures": N_("Key figures"),
    "figures.value": N_("Figure"),
    "figures.source": N_("Source"),
    "sources": N_("Sources"),
    "publisher": N_("Publisher"),
    "accessed": N_("Accessed on"),
    "helplines": N_("Helplines"),
    "helplines.kind": N_("For whom or what"),
    "number": N_("Number"),
    "helplines.name": N_("Name of the line"),
    "hours": N_("Hours"),
    "free": N_("Is the call free?"),
    "helplines.languages": N_("Languages in which somebody answers"),
    "channels": N_("Ways to get in touch"),
    "helplines.note": N_("Note for the person who needs help"),
    "helplines.source": N_("Source"),
    "helplines.checked": N_("Compared with the source on"),
    "materials": N_("Materials to take"),
    "related": N_("Related practices"),
    "warning": N_("Warning"),
    "models": N_("Models to choose from"),
    "term": N_("Term"),
    "choose": N_("When to choose it"),
    "models.note": N_("What it asks, and its risk"),
    "models.practices": N_("Examples"),
    "questions": N_("What to settle first"),
    "id": N_("Id of this row"),
    "name": N_("Name"),
    "label": N_("What it is"),
    "text": N_("Text"),
    "country": N_("Country"),
    "address": N_("Address"),
    "year": N_("Year"),
    "language": N_("Language"),
    "kind": N_("Kind"),
}
# Labels for related records, by kind: related records are always of the same kind.
_RELATED: Mapping[str, str] = {"tools": N_("Related tools")}
HINTS: Mapping[str, str] = {
    **situation_fields.HINTS,
    **tool_fields.HINTS,
    **exercise_fields.HINTS,
    "title": N_("What it is, in words another country would understand."),
    "summary": N_("Two or three sentences, at most 350 characters: what, where, for whom, and its one lesson."),
    "origin": N_("Until a person has taken responsibility for it, readers are told that a machine drafted it."),
    "keeper": N_(
        "The person responsible for the record. Readers see this name, even after the person has left. Only add it "
        "with the person’s consent."
    ),
    "areas": N_("Type in any language; choose the narrowest that fits."),
    "countries": N_("Type in any language. EU for what is not one country's."),
    "id": N_("Translations and the marks of sources name it: once published, leave it as it is."),
    "number": N_("As it is dialled, grouped as it is spoken: 0800 500 333."),
    "hours": N_("One per line: always, not-known, or days and times such as mo-fr 09:00-17:00."),
    "channels": N_("One per line: phone, sms, chat, email."),
    "helplines.source": N_("The id of a row of the sources below."),
    "figures.year": N_("A year, or two: 2018-2022."),
    "warning": N_("Only where an assessment answers G3 with no: the conflict with victims' rights or data law."),
    "sources": N_("The text points at a source by its id: [^s1]."),
}
_DATE = N_("Year, month and day: 2026-11-25.")
_LIST = N_("One per line.")
_BY = {"machine": N_("a machine"), "person": N_("a person")}
YES_NO = {"yes": N_("yes"), "no": N_("no")}
_QUALITY = {"A": "A", "B": "B", "C": "C"}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    **situation_fields.OPTIONS,
    **tool_fields.OPTIONS,
    **exercise_fields.OPTIONS,
    "origin": {"machine-drafted": N_("drafted by a machine, no person answers for it yet")},
    **{name: {str(value): words for value, words in field.options.items()} for name, field in CHOICE_FIELDS.items()},
    "organisations.role": {str(value): words for value, words in ROLES.items()},
    "secure_channel.used": {str(value): words for value, words in USAGES.items()},
    "sources.kind": {str(value): words for value, words in SOURCE_KINDS.items()},
    "helplines.kind": {str(value): words for value, words in WHOM.items()},
    "helplines.free": {str(value): words for value, words in CALL_COSTS.items()},
    "legal_basis.checked": YES_NO,
    "assessments.by": _BY,
    "assessments.tool_quality": _QUALITY,
}
NOTHING: Mapping[str, str] = {"origin": N_("a person"), **tool_fields.NOTHING}


def label_of(field: SchemaField) -> str:
    """Return the label of a field."""
    if field.name in QUESTIONS and field.path.startswith("assessments.answers."):
        return f"{field.name}. {_(QUESTIONS[field.name])}"
    words = _RELATED.get(field.suggested) if field.name == "related" else None
    words = words or LABELS.get(field.path) or LABELS.get(field.name)
    return _(words) if words else field.name.replace("_", " ").capitalize()


def hint_of(field: SchemaField) -> str:
    """Return the hint for filling in a field, or an empty text."""
    if words := HINTS.get(field.path) or HINTS.get(field.name):
        return _(words)
    if field.is_date:
        return _(_DATE)
    return _(_LIST) if field.control == "lines" else ""


_NOTHING_CHOSEN = N_("nothing chosen")
_NEEDED = N_("This is needed and not there yet.")


def finding_words(problem: Problem) -> str:
    """Return the text of a problem next to a field's label, where the key would be redundant."""
    return _(_NEEDED) if problem.code == "missing-key" else problem.text(_)


def choice_of(field: SchemaField, text: str) -> str:
    """Return the value of the option whose label or value the user typed, or the text unchanged."""
    meant = {option_of(field, value).casefold(): value for value in field.options if value}
    meant |= {value.casefold(): value for value in field.options if value}
    return meant.get(text.casefold(), text)


def option_of(field: SchemaField, value: str) -> str:
    """Return the label of an option; the empty option leaves the field out."""
    if not value:
        return _(NOTHING.get(field.path, _NOTHING_CHOSEN))
    words = OPTIONS.get(field.path, YES_NO).get(value)
    return _(words) if words else value
