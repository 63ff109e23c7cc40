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
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.labels import (
    criteria_fields,
    exercise_fields,
    guidance_fields,
    service_fields,
    situation_fields,
    tool_fields,
)
from kb.web.labels.content_texts import assessment_question

SOURCE_KINDS: Mapping[SourceKind, str] = {
    SourceKind.LAW: N_("Law"),
    SourceKind.OFFICIAL: N_("Official publication"),
    SourceKind.EVALUATION: N_("Evaluation"),
    SourceKind.SCIENTIFIC: N_("Scientific publication"),
    SourceKind.REPORT: N_("Report"),
    SourceKind.ORGANISATION: N_("Publication by an organisation"),
    SourceKind.PRESS: N_("Press"),
}
CALL_COSTS: Mapping[Free, str] = {
    Free.YES: N_("The call is free"),
    Free.NO: N_("The call is not free"),
    Free.NOT_KNOWN: N_("Cost not known"),
}
# By path; without an entry for its path, a field uses the entry for its last name, such as `address`.
LABELS: Mapping[str, str] = {
    **situation_fields.LABELS,
    **guidance_fields.LABELS,
    **tool_fields.LABELS,
    **exercise_fields.LABELS,
    **service_fields.LABELS,
    **criteria_fields.LABELS,
    "title": N_("Title"),
    "summary": N_("Summary"),
    "aliases": N_("Previous IDs that redirect here"),
    "origin": N_("Responsible for the text"),
    "keeper": N_("Maintained by"),
    "reviewed": N_("Reviewed on"),
    "review_due": N_("Next review due on"),
    "licence": N_("Licence"),
    "original_title": N_("Title in the original language"),
    "original_language": N_("Original language"),
    "names": N_("Also known as"),
    "countries": N_("Countries"),
    "regions": N_("Regions and cities"),
    "short": N_("Verdict in one sentence"),
    "first_step": N_("First step"),
    "staff_line": N_("Staff and hours"),
    "staff_line.text": N_("Staff and hours in one sentence"),
    "cost_line": N_("Cost"),
    "cost_line.text": N_("Cost in one sentence"),
    "contact": N_("Who to ask"),
    "contact.name": N_("Organisation or function"),
    "contact.source": N_("Source"),
    "contact.checked": N_("Checked against the source on"),
    "not_found": N_("What we could not find out"),
    "confirmed": N_("Confirmed by the organisation"),
    "confirmed.by": N_("Organisation"),
    "confirmed.on": N_("Confirmed on"),
    "confirmed_parts": N_("Parts that it confirmed"),
    "confirmed_parts.mark": N_("Fingerprint of the text that it read"),
    **{name: field.label for name, field in CHOICE_FIELDS.items()},
    **{name: field.label for name, field in TERM_FIELDS.items()},
    "organisations": N_("Organisations"),
    "role": N_("Role"),
    "legal_basis": N_("Legal basis"),
    "checked_on": N_("Official text read on"),
    "celex": N_("Law of the European Union"),
    "articles": N_("Articles"),
    "legal_basis.text": N_("National law: name, number, article"),
    "checked": N_("Checked against the official text"),
    "start_year": N_("Start year"),
    "end_year": N_("End year"),
    "implementation_status": N_("Implementation"),
    "secure_channel": N_("Secure channel"),
    "used": N_("Is a secure channel used?"),
    "kinds": N_("Types of channel"),
    "note": N_("Note"),
    "data_fields": N_("Data sent"),
    "time_limits": N_("Time limits"),
    "time_limits.value": N_("Limit"),
    "distribution_rule": N_("How people are allocated to service providers"),
    "assessments": N_("Assessments"),
    "by": N_("Answered by"),
    "on": N_("Answered on"),
    "tool_quality": N_("Quality of the questionnaire"),
    "external_ratings": N_("Ratings on other portals"),
    "portal": N_("Portal"),
    "grade": N_("Grade"),
    "transfer_conditions": N_("Conditions for transfer"),
    "tried_in": N_("Tried in"),
    "needs": N_("Resources needed"),
    **{f"needs.{name}": label for name, label in NEEDS.items()},
    "figures": N_("Key figures"),
    "figures.value": N_("Figure"),
    "figures.source": N_("Source"),
    "sources": N_("Sources"),
    "publisher": N_("Published by"),
    "accessed": N_("Accessed on"),
    "helplines": N_("Helplines"),
    "helplines.kind": N_("Type of helpline"),
    "number": N_("Phone number"),
    "helplines.name": N_("Name of the helpline"),
    "hours": N_("Opening hours"),
    "free": N_("Is the call free?"),
    "helplines.languages": N_("Languages spoken"),
    "helplines.serves": N_("Areas served"),
    "channels": N_("Ways to get in touch"),
    "helplines.note": N_("Note for the person who needs help"),
    "helplines.source": N_("Source"),
    "helplines.checked": N_("Checked against the source on"),
    "materials": N_("Materials you can use"),
    "adoptions": N_("Who tried it"),
    "adoptions.organisation": N_("Organisation"),
    "adoptions.country": N_("Country"),
    "adoptions.since": N_("Since"),
    "adoptions.took": N_("Taken over"),
    "adoptions.changed": N_("Changed"),
    "adoptions.outcome": N_("What came of it"),
    "adoptions.told_on": N_("Told on"),
    "materials.owner": N_("Owner"),
    "related": N_("Related practices"),
    "warning": N_("Warning"),
    "models": N_("Models to choose from"),
    "term": N_("Term"),
    "choose": N_("When to choose this option"),
    "models.note": N_("Requirements and risks"),
    "models.practices": N_("Examples"),
    "questions": N_("What to decide first"),
    "id": N_("Id of this row"),
    "name": N_("Name"),
    "label": N_("What it is"),
    "text": N_("Text"),
    "country": N_("Country"),
    "address": N_("Address"),
    "year": N_("Year"),
    "language": N_("Language"),
    "kind": N_("Type"),
}
# Labels for related records, by kind: related records are always of the same kind.
_RELATED: Mapping[str, str] = {"tools": N_("Related tools")}
HINTS: Mapping[str, str] = {
    **situation_fields.HINTS,
    **guidance_fields.HINTS,
    **tool_fields.HINTS,
    **exercise_fields.HINTS,
    **service_fields.HINTS,
    **criteria_fields.HINTS,
    "title": N_("Say what the record is about, in words that people in other countries understand."),
    "summary": N_("Two or three sentences, at most 350 characters: what, where, for whom, and the main lesson."),
    "short": N_("At most 180 characters: what it does for whom, and whether an effect was measured."),
    "first_step": N_("What a reader can do first, without money or staff. At most 300 characters."),
    "staff_line.text": N_("Who does the work, how many posts, at which hours; or “Not known” and what you looked at."),
    "cost_line.text": N_("The figure and what it covers; or “Not known” and what you looked at."),
    "materials": N_("The form or protocol itself, from its owner’s address. Licence: “not-stated” if it names none."),
    "contact": N_("The public contact of an organisation. Never name a private person."),
    "not_found": N_("What you looked for and did not find, such as an evaluation, a cost or a time limit."),
    "confirmed": N_("Fill in only if the organisation confirmed the text in writing."),
    "origin": N_("Until a person signs off the text, readers see that it was drafted by AI."),
    "keeper": N_(
        "The person responsible for the record. Readers see the name, even after the person has left. Add the name "
        "only with the person’s consent."
    ),
    "areas": N_("Type in any language. Select the most specific term that fits."),
    "countries": N_("Type in any language. Select EU for anything that is not specific to one country."),
    "celex": N_("Type the name, for example Victims’ Rights Directive, or the CELEX number."),
    "id": N_("Translations and source references use this ID. Do not change it after publication."),
    "number": N_(
        "Enter the number as it is dialled. Group the digits the way people say them, for example 0800 500 333."
    ),
    "hours": N_("One per line. Enter “always”, “not-known”, or days and times, for example mo-fr 09:00-17:00."),
    "helplines.serves": N_("One code per line, for example lt-15. Leave empty for the whole country."),
    "channels": N_("One per line. Enter phone, sms, chat or email."),
    "helplines.source": N_("Enter the ID of a source from the list below."),
    "figures.year": N_("Enter a year, for example 2018, or a period, for example 2018-2022."),
    "warning": N_(
        "Fill in only if an assessment answers “no” to G3. Describe the conflict with victims’ rights or data "
        "protection law."
    ),
    "sources.title": N_("The title as the publication has it."),
    "sources": N_("In the text, refer to a source by its ID, for example [^s1]."),
}
_DATE = N_("Year, month and day, for example 2026-11-25.")
_LIST = N_("One per line.")
_BY = {"machine": N_("AI"), "person": N_("a person")}
YES_NO = {"yes": N_("Yes"), "no": N_("No")}
_QUALITY = {"A": "A", "B": "B", "C": "C"}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    **situation_fields.OPTIONS,
    **guidance_fields.OPTIONS,
    **tool_fields.OPTIONS,
    **exercise_fields.OPTIONS,
    **service_fields.OPTIONS,
    **criteria_fields.OPTIONS,
    "origin": {"machine-drafted": N_("drafted by AI, not yet signed off by a person")},
    **{name: {str(value): words for value, words in field.options.items()} for name, field in CHOICE_FIELDS.items()},
    "organisations.role": {str(value): words for value, words in ROLES.items()},
    "secure_channel.used": {str(value): words for value, words in USAGES.items()},
    "sources.kind": {str(value): words for value, words in SOURCE_KINDS.items()},
    "helplines.kind": {str(value): words for value, words in WHOM.items()},
    "helplines.free": {str(value): words for value, words in CALL_COSTS.items()},
    "contacts.free": {str(value): words for value, words in CALL_COSTS.items()},
    "legal_basis.checked": YES_NO,
    "assessments.by": _BY,
    "assessments.tool_quality": _QUALITY,
}
NOTHING: Mapping[str, str] = {"origin": N_("a person"), **tool_fields.NOTHING}
_NOTHING_CHOSEN = N_("nothing selected")
_NEEDED = N_("This field is required.")


def label_of(field: SchemaField) -> str:
    """Return the label of a field."""
    if field.name in QUESTIONS and field.path.startswith("assessments.answers."):
        return f"{field.name}. {assessment_question(field.name)}"
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


def finding_words(problem: Problem) -> str:
    """Return the text of a problem next to a field's label, where the key would be redundant."""
    return _(_NEEDED) if problem.code == "missing-key" else problem_text(problem)


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
