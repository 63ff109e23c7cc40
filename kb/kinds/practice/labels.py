"""Labels for the facts of a practice, shared by the form, the page, the comparison and the search.

Texts are marked for translation with `N_`; the web layer translates them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.i18n import N_
from kb.kinds.practice.model import Level, OrganisationRole, Prevalence, Usage, Validation

LEVELS: Mapping[str, str] = {
    Level.LOCAL: N_("Local"),
    Level.REGIONAL: N_("Regional"),
    Level.NATIONAL: N_("National"),
    Level.CROSS_BORDER: N_("Cross-border"),
}
PREVALENCES: Mapping[str, str] = {
    Prevalence.RARE: N_("Rare in Europe"),
    Prevalence.SOME_COUNTRIES: N_("In some countries"),
    Prevalence.COMMON: N_("Common in Europe"),
    Prevalence.NOT_KNOWN: N_("Not known"),
}
ROLES: Mapping[OrganisationRole, str] = {
    OrganisationRole.LEAD: N_("Lead organisation"),
    OrganisationRole.PARTNER: N_("Partner"),
    OrganisationRole.FUNDER: N_("Funder"),
}
USAGES: Mapping[Usage, str] = {
    Usage.YES: N_("Yes"),
    Usage.NO: N_("No"),
    Usage.NOT_KNOWN: N_("Not known"),
}
VALIDATIONS: Mapping[str, str] = {
    Validation.SCREENED: N_("Screened: found and checked briefly"),
    Validation.CONTACTED: N_("Contacted: the people who run the practice were asked about it"),
    Validation.DOCUMENTED: N_("Documented: described from published sources"),
    Validation.VALIDATED: N_("Validated: confirmed by people who know the practice"),
    Validation.SYNTHESISED: N_("Synthesised: combined from several practices"),
}
NEEDS: Mapping[str, str] = {
    "staff": N_("Staff"),
    "money": N_("Funding"),
    "law": N_("Legal changes"),
    "data_protection": N_("Personal data"),
    "time": N_("Time needed"),
}


@dataclass(frozen=True)
class TermField:
    """A fact whose values are vocabulary terms. `facet` is the search filter for these terms."""

    vocabulary: str
    facet: str
    label: str


# In display order.
TERM_FIELDS: Mapping[str, TermField] = {
    "areas": TermField("practice-areas", "area", N_("Practice areas")),
    "actors": TermField("actors", "actor", N_("Who is involved")),
    "victim_groups": TermField("victim-groups", "group", N_("For whom")),
    "crime_types": TermField("crime-types", "crime", N_("Crimes")),
    "stages": TermField("stages", "stage", N_("Stages")),
    "document_types": TermField("document-types", "document", N_("Documents used")),
}


@dataclass(frozen=True)
class ChoiceField:
    """A fact with a fixed set of values. `label` is its name in the form, `row` on the page and in the comparison."""

    label: str
    row: str
    options: Mapping[str, str]


CHOICE_FIELDS: Mapping[str, ChoiceField] = {
    "level": ChoiceField(N_("Geographical reach"), N_("Geographical reach"), LEVELS),
    "prevalence": ChoiceField(N_("Use in Europe"), N_("Use in Europe"), PREVALENCES),
    "validation": ChoiceField(N_("Status of the description"), N_("Status of the description"), VALIDATIONS),
}
