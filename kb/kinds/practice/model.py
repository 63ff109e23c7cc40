"""Data model of a practice. `docs/content-guide.md` describes every field; `checks.py` has the validation rules.

The files contain generated lines, so this module imports `evidence.py`, which depends only on the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kb.i18n import N_
from kb.kinds.practice import evidence
from kb.kinds.practice.assessment import Assessment, AssessmentAnswer
from kb.records.adoptions import Adoption
from kb.records.confirmation import Confirmation, ConfirmedPart
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
# The sections of the body in order, with the headings that a page shows.
SECTION_TITLES: Mapping[str, str] = {
    "problem": N_("The problem"),
    "what": N_("What it is"),
    "how": N_("How it works"),
    "setup": N_("How it was set up"),
    "results": N_("Results"),
    "mechanism": N_("Why it should work"),
    "costs": N_("What it costs"),
    "limits": N_("Problems and limits"),
    "transfer": N_("Requirements for transfer"),
    "lessons": N_("Lessons learned"),
}
SECTIONS: tuple[str, ...] = tuple(SECTION_TITLES)


def _at_least_one(entries: tuple[str, ...]) -> tuple[str, ...]:
    if not entries:
        raise PydanticCustomError("too_short", "needs at least one entry")
    return entries


# Unlike `min_length`, this does not report an empty list in addition if the only entry is invalid.
AtLeastOne = AfterValidator(_at_least_one)
InSchema = Field(json_schema_extra={"minItems": 1})


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
    """Whether something is in use; "not known" is a valid answer."""

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
    """An organisation that runs, joins or pays for the practice."""

    id: RowId
    name: Name
    role: OrganisationRole | None = None


class LegalBasis(Facts):
    """Either Union law by CELEX number and articles, or national law in words.

    `checked` says whether the official text itself was read, `checked_on` the day on which that was done.
    """

    id: RowId
    celex: Name | None = None
    articles: tuple[Name, ...] = ()
    text: Words | None = None
    country: CountryCode | None = None
    address: Address | None = None
    checked: AssessmentAnswer | None = None
    checked_on: date | None = None


class SecureChannel(Facts):
    """The channel that carries the data."""

    used: Usage | None = None
    kinds: tuple[TermId, ...] = ()
    note: Words | None = None


class DataField(Facts):
    """A data item that is sent."""

    id: RowId
    label: Words


class TimeLimit(Facts):
    """A time limit as text, such as `3 days`, and its purpose."""

    id: RowId
    value: Name
    label: Words


class ExternalRating(Facts):
    """A grade from another portal; it is shown but never counted."""

    id: RowId
    portal: Name
    grade: Name
    year: Year | None = None
    address: Address | None = None


class TransferCondition(Facts):
    """A precondition for adopting the practice elsewhere."""

    id: RowId
    label: Words


class Needs(Facts):
    """Resources that the practice requires; unknown ones are absent."""

    staff: Words | None = None
    money: Words | None = None
    law: Words | None = None
    data_protection: Words | None = None
    time: Words | None = None


class Figure(Facts):
    """A number with its meaning, year and source."""

    id: RowId
    value: Name
    label: Words
    year: Period | None = None
    source: RowId


NOT_STATED = "not-stated"


class Material(Facts):
    """Reusable material: the form, protocol, script or handbook itself. `owner` publishes it at the address.

    `licence` is `NOT_STATED` if the owner names none: readers then have to ask before they change or copy it.
    """

    id: RowId
    title: Title
    owner: Name | None = None
    address: Address | None = None
    language: LanguageCode | None = None
    kind: TermId | None = None
    licence: Name | None = None


class PracticeContact(Facts):
    """Who to ask: an organisation or function with its public page, never a private person."""

    name: Name
    address: Address | None = None
    email: Name | None = None
    number: Name | None = None
    source: RowId
    checked: date


class SourcedLine(Facts):
    """One sentence with year and sources; without sources, it says what was looked at."""

    text: Words
    year: Name | None = None
    sources: tuple[RowId, ...] = ()


class Gap(Facts):
    """Something that was looked for and not found."""

    id: RowId
    text: Words


class Practice(Record):
    """One practice as its source file describes it; the fields are in the order of the guide."""

    original_title: Title | None = None
    original_language: LanguageCode | None = None
    names: tuple[Name, ...] = ()
    short: Words | None = None
    first_step: Words | None = None
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
    staff_line: SourcedLine | None = None
    cost_line: SourcedLine | None = None
    contact: PracticeContact | None = None
    figures: tuple[Figure, ...] = ()
    sources: tuple[Source, ...] = ()
    materials: tuple[Material, ...] = ()
    related: tuple[RecordId, ...] = ()
    not_found: tuple[Gap, ...] = ()
    adoptions: tuple[Adoption, ...] = ()
    confirmed: Confirmation | None = None
    confirmed_parts: tuple[ConfirmedPart, ...] = ()
    validation: Validation | None = None
    warning: Words | None = None
    evidence_level: TermId | None = None
    effect_direction: TermId | None = None
    transferability: TermId | None = None


PRACTICE = Shape("practices", "practice", Practice, SECTIONS, evidence.generated)
