"""The nouns of a practice. Every field is described in `docs/content-guide.md`; the rules are in `checks.py`.

The generated lines belong to the shape of the files, so this module knows `evidence.py`, which knows the answers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kb.i18n import N_
from kb.kinds.practice import evidence
from kb.kinds.practice.assessment import Assessment, AssessmentAnswer
from kb.records.record import (
    PERIOD_PATTERN,
    Address,
    CountryCode,
    Facts,
    LanguageCode,
    Name,
    Record,
    RecordId,
    RowId,
    Shape,
    TermId,
    Title,
    Year,
)
from kb.records.segments import Words
from kb.records.sources import Source

Period = Annotated[str, StringConstraints(pattern=PERIOD_PATTERN)]


def _at_least_one(entries: tuple[str, ...]) -> tuple[str, ...]:
    if not entries:
        raise PydanticCustomError("too_short", "needs at least one entry")
    return entries


# Unlike `min_length`, this does not also complain of an empty list where the only entry is wrong.
AtLeastOne = AfterValidator(_at_least_one)
InSchema = Field(json_schema_extra={"minItems": 1})

# The sections of the body in their order, with the headings that a page shows.
SECTION_TITLES: Mapping[str, str] = {
    "problem": N_("The problem"),
    "what": N_("What it is"),
    "how": N_("How it works"),
    "setup": N_("How it was set up"),
    "results": N_("Results"),
    "mechanism": N_("Why it should work"),
    "costs": N_("What it costs"),
    "limits": N_("Problems and limits"),
    "transfer": N_("What transfer needs"),
    "lessons": N_("Lessons"),
}
SECTIONS: tuple[str, ...] = tuple(SECTION_TITLES)


class Level(StrEnum):
    """How far the practice reaches."""

    LOCAL = "local"
    REGIONAL = "regional"
    NATIONAL = "national"
    CROSS_BORDER = "cross-border"


class Prevalence(StrEnum):
    """How common such a practice is in Europe."""

    RARE = "rare"
    SOME_COUNTRIES = "some-countries"
    COMMON = "common"
    NOT_KNOWN = "not-known"


class OrganisationRole(StrEnum):
    """What an organisation does for the practice."""

    LEAD = "lead"
    PARTNER = "partner"
    FUNDER = "funder"


class Usage(StrEnum):
    """Whether something is in use; that nobody knows is an answer too."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class Validation(StrEnum):
    """How far the description itself has been checked."""

    SCREENED = "screened"
    CONTACTED = "contacted"
    DOCUMENTED = "documented"
    VALIDATED = "validated"
    SYNTHESISED = "synthesised"


class Organisation(Facts):
    """A body that runs, joins or pays for the practice."""

    id: RowId
    name: Name
    role: OrganisationRole | None = None


class LegalBasis(Facts):
    """Law of the Union by CELEX number and articles, or national law in words; one of the two."""

    id: RowId
    celex: Name | None = None
    articles: tuple[Name, ...] = ()
    text: Words | None = None
    country: CountryCode | None = None
    address: Address | None = None
    checked: AssessmentAnswer | None = None


class SecureChannel(Facts):
    """How the data travel."""

    used: Usage | None = None
    kinds: tuple[TermId, ...] = ()
    note: Words | None = None


class DataField(Facts):
    """A piece of information that is sent."""

    id: RowId
    label: Words


class TimeLimit(Facts):
    """A limit as text, such as `3 days`, and what it is for."""

    id: RowId
    value: Name
    label: Words


class ExternalRating(Facts):
    """A grade that another portal gave; it is shown and never counted."""

    id: RowId
    portal: Name
    grade: Name
    year: Year | None = None
    address: Address | None = None


class TransferCondition(Facts):
    """What has to be there before another place can do the same."""

    id: RowId
    label: Words


class Needs(Facts):
    """What one would need; what is not known is absent."""

    staff: Words | None = None
    money: Words | None = None
    law: Words | None = None
    data_protection: Words | None = None
    time: Words | None = None


class Figure(Facts):
    """A number with what it counts, when, and who says so."""

    id: RowId
    value: Name
    label: Words
    year: Period | None = None
    source: RowId


class Material(Facts):
    """Something to take: a form, a protocol, a handbook."""

    id: RowId
    title: Title
    address: Address | None = None
    language: LanguageCode | None = None
    kind: TermId | None = None
    licence: Name | None = None


class Practice(Record):
    """One practice as its source file tells it; the fields stand in the order of the guide."""

    original_title: Title | None = None
    original_language: LanguageCode | None = None
    names: tuple[Name, ...] = ()
    countries: Annotated[tuple[CountryCode, ...], AtLeastOne, InSchema]
    regions: tuple[Name, ...] = ()
    level: Level | None = None
    areas: Annotated[tuple[TermId, ...], AtLeastOne, InSchema]
    actors: tuple[TermId, ...] = ()
    victim_groups: tuple[TermId, ...] = ()
    crime_types: tuple[TermId, ...] = ()
    stages: tuple[TermId, ...] = ()
    document_types: tuple[TermId, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    start_year: Year | None = None
    end_year: Year | None = None
    implementation_status: TermId | None = None
    prevalence: Prevalence | None = None
    secure_channel: SecureChannel | None = None
    data_fields: tuple[DataField, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    distribution_rule: Words | None = None
    assessments: tuple[Assessment, ...] = ()
    external_ratings: tuple[ExternalRating, ...] = ()
    transfer_conditions: tuple[TransferCondition, ...] = ()
    tried_in: tuple[CountryCode, ...] = ()
    needs: Needs | None = None
    figures: tuple[Figure, ...] = ()
    sources: tuple[Source, ...] = ()
    materials: tuple[Material, ...] = ()
    related: tuple[RecordId, ...] = ()
    validation: Validation | None = None
    warning: Words | None = None
    evidence_level: TermId | None = None
    effect_direction: TermId | None = None
    transferability: TermId | None = None


PRACTICE = Shape("practices", "practice", Practice, SECTIONS, evidence.generated)
