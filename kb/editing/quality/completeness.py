"""Completeness of a record: which facts and sections exist or are missing, and how important each one is.

There are three groups. Each entry counts one: we know of no reason why a section should weigh twice as much as a fact.
So nothing is weighted, and groups are never added up. The kind object names what is needed and expected:

- *needed* is what keeps a record from being published. Facts: what the schema requires and what the checks require of a
  published record (sources, the answers of an assessment). For a practice also what question Q1 asks for, as "no" to it
  keeps the record a draft: problem, target group, steps, responsible body, and the reason why it should help.
- *expected* is what a practice's readers look for first (`docs/content-guide.md`): its classification, its duration and
  scope, its results and limits, and what transfer needs. The areas add what our criteria ask of such practices. For
  referral these are a legal basis (REF-23), time limits (REF-12, REF-13) and the data that are sent (REF-16). For
  secure communication they are the channel and the data. For information and needs assessment they are the materials
  themselves.
- *welcome* is everything else in the form. No record has all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.editing.forms.body_sections import body_of
from kb.editing.forms.schema_form import SchemaField, form_of
from kb.editing.forms.source_form import SourceFile
from kb.kinds.kind import Kind
from kb.records.front_matter import Value
from kb.records.segments import sections
from kb.vocabulary.model import Vocabularies


class Importance(StrEnum):
    """How important a missing entry is."""

    NEEDED = "needed"
    EXPECTED = "expected"
    WELCOME = "welcome"


# Generated, or decided by a person at the end, so not missing while a record is being written. A warning exists only if
# there is a conflict, an end only if something has ended. What a tool declares only for itself does not count either.
_NOT_COUNTED = frozenset(
    {
        *("origin", "keeper", "reviewed", "review_due", "licence", "aliases", "warning", "end_year", "validation"),
        *("version", "reviewed_by_lawyer", "own_blanks", "own_choices", "own_alternatives", "own_cautions"),
    }
)
_BY_AREA: Mapping[str, frozenset[str]] = {
    "referral": frozenset({"legal_basis", "time_limits", "data_fields"}),
    "secure-communication": frozenset({"legal_basis", "secure_channel", "data_fields"}),
    "information": frozenset({"materials"}),
    "needs-assessment": frozenset({"materials", "document_types"}),
}


@dataclass(frozen=True)
class CompletenessItem:
    """A fact or section in the form. `name` is the key of the fact or the id of the section."""

    name: str
    group: Importance
    is_section: bool
    is_there: bool


@dataclass(frozen=True)
class Completeness:
    """The existing and missing entries of a record."""

    items: tuple[CompletenessItem, ...]

    def of(self, group: Importance) -> tuple[CompletenessItem, ...]:
        """Return the items of a group, in the order of the form."""
        return tuple(item for item in self.items if item.group is group)

    def missing(self, group: Importance) -> tuple[CompletenessItem, ...]:
        """Return the missing items."""
        return tuple(item for item in self.of(group) if not item.is_there)

    def there(self, group: Importance) -> int:
        """Return the number of existing items."""
        return sum(item.is_there for item in self.of(group))


def completeness_of(file: SourceFile, vocabularies: Vocabularies) -> Completeness:
    """Return the existing and missing items of a record, facts first."""
    expected = file.kind.expected | _by_area(file.values.get("areas"), vocabularies)
    needed = needed_names(file.kind)
    return Completeness(tuple(_items(file, needed, expected)))


def needed_names(kind: Kind) -> frozenset[str]:
    """Return what a record of a kind needs to be published; sections have the prefix `#`."""
    required = {field.name for field in form_of(kind.shape) if field.is_required}
    return kind.needed | required


def _items(file: SourceFile, needed: frozenset[str], expected: frozenset[str]) -> Iterator[CompletenessItem]:
    def group(name: str) -> Importance:
        return Importance.NEEDED if name in needed else Importance.EXPECTED if name in expected else Importance.WELCOME

    for field in file.fields:
        if field.name not in _NOT_COUNTED:
            yield CompletenessItem(field.name, group(field.name), is_section=False, is_there=_is_filled(file, field))
    written = {section.id for section in sections(body_of(file.text))[0] if section.text.strip()}
    for section_id in file.section_ids():
        # A user added each free section on purpose, so an empty one counts as expected.
        where = group(f"#{section_id}") if file.shape.sections is not None else Importance.EXPECTED
        yield CompletenessItem(section_id, where, is_section=True, is_there=section_id in written)


def _is_filled(file: SourceFile, field: SchemaField) -> bool:
    """Return whether a fact has content; a row with only an id does not."""
    value = file.values.get(field.name)
    if isinstance(value, list):
        return any(_says_something(each) for each in value)
    return _says_something(value)


def _says_something(value: Value | None) -> bool:
    if isinstance(value, dict):
        return any(_says_something(inner) for key, inner in value.items() if key != "id")
    return bool(value)


def _by_area(value: Value | None, vocabularies: Vocabularies) -> frozenset[str]:
    areas = {each for each in value if isinstance(each, str)} if isinstance(value, list) else set()
    wide = {wider for area in areas for wider in (area, *vocabularies.broader_chain(area))}
    return frozenset(name for area in wide for name in _BY_AREA.get(area, ()))
