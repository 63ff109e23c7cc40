"""Validates case fields: each is in a printed part and has what its type requires, in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.i18n import N_
from kb.kinds.register.blank_checks import severity_of
from kb.kinds.register.checks import criterion_problems
from kb.kinds.tool.case_fields import options_of
from kb.kinds.tool.model import CaseField, FieldType, PartStyle, Tool
from kb.problems import Problem, Where
from kb.records.check_context import Case

# Minimum number of entries in the texts of a field; types that are not listed have no entries.
_LEAST: Mapping[FieldType, Mapping[str, int]] = {
    FieldType.ONE: {"options": 2},
    FieldType.MANY: {"options": 1},
    FieldType.GRID: {"options": 1, "rows": 1},
}
_LISTS = ("options", "rows")


def field_problems(case: Case[Tool]) -> Iterator[Problem]:
    """Yield the problems of the case fields of a tool in its own language."""
    sections = {section.id for section in case.bundle.sections}
    notes = {part.id for part in case.record.parts if part.style is PartStyle.ADAPTER_NOTE}
    for index, field in enumerate(case.record.fields):
        where: Where = ("fields", index)
        if field.part not in sections:
            message = N_("Section %(id)s does not exist or has no text. Write it, or remove the reference to it.")
            yield case.error("unknown-part", message, (*where, "part"), id=field.part)
        elif field.part in notes:
            message = N_(
                "%(part)s is a note for the person who adapts the tool and is never printed. Enter another section "
                "for this field."
            )
            yield case.error("never-printed", message, (*where, "part"), part=field.part)
        yield from _type_problems(case, where, field)
        for place, criterion in enumerate(field.criteria):
            yield from criterion_problems(case, (*where, "criteria", place), criterion)


def _type_problems(case: Case[Tool], where: Where, field: CaseField) -> Iterator[Problem]:
    least = _LEAST.get(field.type, {})
    for name in _LISTS:
        text = getattr(field, name)
        if name not in least:
            if text is not None:
                message = N_("A field of type %(type)s cannot have %(name)s. Remove them, or select another type.")
                yield case.warning("needless-entries", message, (*where, name), type=field.type, name=name)
        elif len(options_of(text or "")) < least[name]:
            message = N_("A field of type %(type)s needs at least %(least)s %(name)s, separated by |.")
            yield case.error("no-entries", message, (*where, name), type=field.type, name=name, least=least[name])


def number_problems(case: Case[Tool]) -> Iterator[Problem]:
    """Yield each translation whose number of options or rows differs from the source."""
    for field in case.record.fields:
        for key in _LISTS:
            expected = options_of(getattr(field, key) or "")
            for language, translation in case.bundle.translations.items():
                name = f"fields.{field.id}.{key}"
                text = translation.facts.words.get(name)
                if not expected or text is None or (found := len(options_of(text))) == len(expected):
                    continue
                message = N_(
                    "There are %(expected)s entries in the original, but %(found)s in the translation. "
                    "Separate entries with |."
                )
                where = ("words", name)
                line = case.lines(language, where) or 1
                params = {"expected": len(expected), "found": found}
                severity = severity_of(case, translation, name, getattr(field, key))
                yield Problem("other-number", message, where, line, params, severity, language)
