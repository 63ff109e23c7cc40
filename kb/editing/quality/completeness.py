"""How complete a record is: which facts and sections are there, which are missing, and how much each is missed.

Three groups, and in each of them every entry counts one: we know of no reason why a section should weigh twice as much
as a fact, so nothing is weighed, and groups are never added up. The object of a kind names what is needed and expected:

- *needed* is what keeps a record from being published. Facts: what the schema requires and what the checks miss in a
  published record (sources, the answers of an assessment). For a practice also what question Q1 asks for, as "no" to it
  keeps the record a draft: problem, target group, steps, responsible body, and the reason why it should help.
- *expected* is what a practice's readers look for first (`docs/content-guide.md`): what it is classed by, how long and
  how far it runs, its results and limits, and what transfer needs. With the areas come what our criteria ask of such
  practices: of referral a legal basis (REF-23), limits of time (REF-12, REF-13) and the data that are sent (REF-16), of
  secure communication the channel and the data, of information and of needs assessment the materials themselves.
- *welcome* is everything else that is asked for. Nobody has all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.editing.forms.body_sections import body_of
from kb.editing.forms.schema_form import SchemaField, form_of
from kb.editing.forms.source_form import SourceFile
from kb.kinds.registry import KINDS_BY_NAME
from kb.records.front_matter import Value
from kb.records.record import Shape
from kb.records.segments import sections
from kb.vocabulary.model import Vocabularies


class Importance(StrEnum):
    """How much something is missed."""

    NEEDED = "needed"
    EXPECTED = "expected"
    WELCOME = "welcome"


# Kept by the program or decided by a person at the end; nobody misses them while a record is written. A warning stands
# only where there is a conflict, an end only where something has ended; what a tool declares for itself alone is missed
# by nobody.
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
    """A fact or a section that is asked for. `name` is the key of the fact or the id of the section."""

    name: str
    group: Importance
    is_section: bool
    is_there: bool


@dataclass(frozen=True)
class Completeness:
    """What of a record is there."""

    items: tuple[CompletenessItem, ...]

    def of(self, group: Importance) -> tuple[CompletenessItem, ...]:
        """Return the items of a group, in the order of the form."""
        return tuple(item for item in self.items if item.group is group)

    def missing(self, group: Importance) -> tuple[CompletenessItem, ...]:
        """Return what is not there yet."""
        return tuple(item for item in self.of(group) if not item.is_there)

    def there(self, group: Importance) -> int:
        """Return how many are there."""
        return sum(item.is_there for item in self.of(group))


def completeness_of(file: SourceFile, vocabularies: Vocabularies) -> Completeness:
    """Return what of a record is there and what is missing, facts first."""
    kind = KINDS_BY_NAME.get(file.shape.name)
    expected = (kind.expected if kind is not None else frozenset()) | _by_area(file.values.get("areas"), vocabularies)
    needed = needed_names(file.shape)
    return Completeness(tuple(_items(file, needed, expected)))


def needed_names(shape: Shape) -> frozenset[str]:
    """Return what a record of a kind needs to be published; sections with `#` before their id."""
    required = {field.name for field in form_of(shape) if field.is_required}
    kind = KINDS_BY_NAME.get(shape.name)
    return (kind.needed if kind is not None else frozenset()) | required


def _items(file: SourceFile, needed: frozenset[str], expected: frozenset[str]) -> Iterator[CompletenessItem]:
    def group(name: str) -> Importance:
        return Importance.NEEDED if name in needed else Importance.EXPECTED if name in expected else Importance.WELCOME

    for field in file.fields:
        if field.name not in _NOT_COUNTED:
            yield CompletenessItem(field.name, group(field.name), is_section=False, is_there=_is_filled(file, field))
    written = {section.id for section in sections(body_of(file.text))[0] if section.text.strip()}
    for section_id in file.section_ids():
        # Sections of free choice are there because somebody chose them; an empty one is missed by its own heading.
        where = group(f"#{section_id}") if file.shape.sections is not None else Importance.EXPECTED
        yield CompletenessItem(section_id, where, is_section=True, is_there=section_id in written)


def _is_filled(file: SourceFile, field: SchemaField) -> bool:
    """Whether a fact says something; a row that has nothing but its id does not."""
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
