"""Labels, hints and options for the services of an area in the editing form, and the words of their values on pages."""

from __future__ import annotations

from collections.abc import Mapping

from kb.i18n import N_
from kb.kinds.country.model import Free
from kb.kinds.organisation.model import Access, CheckedBy, LegalForm, Needed, WayIn

# People who often need a service of their own, in the order of forms; terms of the victim groups.
PEOPLE = (
    *("children", "women", "men", "older-people", "persons-with-disabilities"),
    *("migrants-and-refugees", "lgbtiq-people"),
)
WAYS: Mapping[WayIn, str] = {
    WayIn.PHONE: N_("Phone"),
    WayIn.SMS: N_("Text message"),
    WayIn.CHAT: N_("Chat"),
    WayIn.EMAIL: N_("Email"),
    WayIn.VISIT: N_("Visit"),
    WayIn.SITE: N_("Website"),
}
FORMS: Mapping[LegalForm, str] = {
    LegalForm.STATE: N_("State body"),
    LegalForm.MUNICIPALITY: N_("Municipality or county"),
    LegalForm.NGO: N_("Association or foundation"),
    LegalForm.CHURCH: N_("Church organisation"),
    LegalForm.PRIVATE: N_("Company"),
    LegalForm.NETWORK: N_("Network of organisations"),
    LegalForm.NOT_KNOWN: N_("Not known"),
}
ACCESS: Mapping[Access, str] = {
    Access.STEP_FREE: N_("Step-free entrance"),
    Access.HEARING_LOOP: N_("Hearing loop"),
    Access.SIGN_LANGUAGE: N_("Sign language"),
    Access.EASY_TO_READ: N_("Information that is easy to read"),
    Access.QUIET_ROOM: N_("Quiet room"),
    Access.CHILDREN_WELCOME: N_("Children may come along"),
    Access.ANIMALS_WELCOME: N_("Animals may come along"),
    Access.TEXT_ONLY_POSSIBLE: N_("Contact in writing alone is possible"),
}
HELP_COSTS: Mapping[Free, str] = {
    Free.YES: N_("The help is free"),
    Free.NO: N_("The help costs money"),
    Free.NOT_KNOWN: N_("Cost not known"),
}
COMPLAINTS: Mapping[Needed, str] = {
    Needed.YES: N_("A complaint to the police is needed"),
    Needed.NO: N_("No complaint to the police is needed"),
    Needed.NOT_KNOWN: N_("Not known"),
}
HOLIDAYS: Mapping[Needed, str] = {
    Needed.YES: N_("Also open on public holidays"),
    Needed.NO: N_("Closed on public holidays"),
    Needed.NOT_KNOWN: N_("Not known"),
}
_INTERPRETERS: Mapping[Needed, str] = {
    Needed.YES: N_("With an interpreter"),
    Needed.NO: N_("Without an interpreter"),
    Needed.NOT_KNOWN: N_("Not known"),
}
CHECKED_BY: Mapping[CheckedBy, str] = {
    CheckedBy.MACHINE: N_("compared with its source by AI"),
    CheckedBy.PERSON: N_("compared with its source by a person"),
    CheckedBy.SERVICE: N_("confirmed by the service"),
}
LABELS: Mapping[str, str] = {
    "services": N_("Support services"),
    "services.name": N_("Name, as people know it"),
    "services.official_name": N_("Official name"),
    "services.also": N_("Short and former names"),
    "services.form": N_("Who runs it"),
    "services.services": N_("Kinds of help"),
    "services.groups": N_("Crime groups"),
    "services.victims": N_("Groups of people"),
    "services.serves": N_("Areas served"),
    "services.place": N_("Town"),
    "contacts": N_("Ways to get in touch"),
    "contacts.service": N_("Service"),
    "contacts.way": N_("Way"),
    "contacts.value": N_("Number or address"),
    "contacts.holidays": N_("Public holidays"),
    "contacts.free": N_("Cost of the call"),
    "contacts.languages": N_("Languages"),
    "contacts.source": N_("Source"),
    "services.languages": N_("Languages"),
    "services.interpreter": N_("Interpreter"),
    "services.free": N_("Cost of the help"),
    "services.complaint": N_("Complaint to the police"),
    "services.age_from": N_("Lowest age"),
    "services.age_to": N_("Highest age"),
    "services.access": N_("Accessibility"),
    "services.referral": N_("How referrals reach it"),
    "services.accredited_by": N_("Accredited by"),
    "services.accredited_until": N_("Accredited until"),
    "services.source": N_("Source"),
    "services.checked_by": N_("Checked by"),
    "gaps": N_("What was not found"),
    "gaps.services": N_("Kinds of help"),
    "gaps.looked": N_("Where we looked"),
}
HINTS: Mapping[str, str] = {
    "services.groups": N_("Type the name of the group. Leave the field empty for all crimes."),
    "services.victims": N_("Leave empty if everyone may come."),
    "services.serves": N_("One code per line, for example lt-15. Leave empty for the whole area."),
    "services.place": N_("Leave empty for a shelter: its place must stay secret."),
    "services.access": N_("One per line. Enter only what the service says, for example step-free or sign-language."),
    "services.note": N_("One or two sentences for the person who calls."),
    "gaps.looked": N_("Name the lists and pages that you read."),
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "services.form": {str(value): words for value, words in FORMS.items()},
    "contacts.way": {str(value): words for value, words in WAYS.items()},
    "contacts.holidays": {str(value): words for value, words in HOLIDAYS.items()},
    "services.interpreter": {str(value): words for value, words in _INTERPRETERS.items()},
    "services.free": {str(value): words for value, words in HELP_COSTS.items()},
    "services.complaint": {str(value): words for value, words in COMPLAINTS.items()},
    "services.checked_by": {str(value): words for value, words in CHECKED_BY.items()},
}
