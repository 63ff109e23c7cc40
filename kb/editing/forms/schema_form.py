"""The editing form of a kind of record, generated from its schema; a new field of the model appears in the form.

It contains only what people decide. Identity, status and generated facts are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from kb.kinds.registry import KINDS_BY_NAME
from kb.kinds.suggested_lists import COUNTRIES, LANGUAGES
from kb.records.common_checks import SUMMARY_LENGTH
from kb.records.record import COUNTRY_PATTERN, LanguageCode, Record, Shape
from kb.records.segments import Words

# Fixed at creation (id, language), changed by separate actions (status, successor), or generated.
NOT_ASKED = frozenset({"id", "language", "status", "successor", "same_as", "made"})

_WORDS_MARK = Words.__metadata__[-1]  # type: ignore[attr-defined]
_LANGUAGE_PATTERN = LanguageCode.__metadata__[0].pattern  # type: ignore[attr-defined]
# Texts with a single possible value become a yes/no control.
_ONLY_VALUE = {"^machine-drafted$": ("machine-drafted",)}


class FormControl(StrEnum):
    """The kind of control for a fact."""

    LINE = "line"
    TEXT = "text"  # words of any length
    CHOICE = "choice"
    LINES = "lines"  # a list, one entry per line
    TERMS = "terms"  # a list with suggestions, one control per entry
    GROUP = "group"
    ROWS = "rows"


@dataclass(frozen=True)
class SchemaField:
    """One fact in the form. `path` is its full name without row numbers (`figures.label`).

    `options` are the values of a choice; `suggested` names the autocomplete source; `limit` is the most characters
    that a text may have, 0 for no limit; `fields` are the nested ones.
    """

    name: str
    path: str
    control: FormControl
    is_required: bool = False
    is_date: bool = False
    options: tuple[str, ...] = ()
    suggested: str = ""
    limit: int = 0
    fields: tuple[SchemaField, ...] = ()


@cache
def form_of(shape: Shape) -> tuple[SchemaField, ...]:
    """Return the form fields of a kind of record, in the order of its schema."""
    # A record without answers names the generated lines; they follow from other facts, so the form leaves them out.
    nobody: Any = shape.model.model_construct
    left_out = NOT_ASKED | set(shape.generated(nobody()))
    # The schema marks a text as the id of a term or record; the kind object names the list of ids.
    kind = KINDS_BY_NAME.get(shape.name)
    suggested = kind.suggested if kind is not None else {}
    limits = {"summary": SUMMARY_LENGTH, **(kind.limits if kind is not None else {})}
    return tuple(
        replace(field, limit=limits.get(field.name, field.limit))
        for field in _fields(shape.model, "", suggested)
        if field.name not in left_out
    )


def walk(fields: tuple[SchemaField, ...]) -> tuple[SchemaField, ...]:
    """Return fields with all nested fields."""
    return tuple(each for field in fields for each in (field, *walk(field.fields)))


def _fields(model: type[BaseModel], prefix: str, suggested: Mapping[str, str]) -> tuple[SchemaField, ...]:
    infos = model.model_fields
    return tuple(
        _field(name, f"{prefix}{name}", infos[name], suggested, is_required=infos[name].is_required())
        for name in _order(model)
    )


def _order(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names of a model's own facts before the shared ones, which the schema has first.

    Facts of every record still come first.
    """
    bases = [base for base in model.__mro__ if issubclass(base, BaseModel)]
    names = dict.fromkeys(Record.model_fields if issubclass(model, Record) else ())
    for place, base in enumerate(bases, 1):
        inherited = {name for each in bases[place:] for name in each.model_fields}
        names |= dict.fromkeys(name for name in base.model_fields if name not in inherited)
    return tuple(names)


def _field(name: str, path: str, info: FieldInfo, offers: Mapping[str, str], *, is_required: bool) -> SchemaField:
    inner, marks = _unwrapped(info.annotation, tuple(info.metadata))
    if get_origin(inner) is tuple:
        entry, entry_marks = _unwrapped(get_args(inner)[0], ())
        if _is_model(entry):
            return SchemaField(name, path, FormControl.ROWS, is_required, fields=_fields(entry, f"{path}.", offers))
        suggested = _suggested(path, entry_marks, offers)
        return SchemaField(
            name, path, FormControl.TERMS if suggested else FormControl.LINES, is_required, suggested=suggested
        )
    if _is_model(inner):
        return SchemaField(name, path, FormControl.GROUP, is_required, fields=_fields(inner, f"{path}.", offers))
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return SchemaField(name, path, FormControl.CHOICE, is_required, options=tuple(each.value for each in inner))
    if get_origin(inner) is Literal:
        return SchemaField(name, path, FormControl.CHOICE, is_required, options=get_args(inner))
    if options := _ONLY_VALUE.get(_pattern(marks)):
        return SchemaField(name, path, FormControl.CHOICE, is_required, options=options)
    if _WORDS_MARK in marks:
        return SchemaField(name, path, FormControl.TEXT, is_required)
    return SchemaField(
        name,
        path,
        FormControl.LINE,
        is_required,
        is_date=inner is date,
        suggested=_suggested(path, marks, offers),
        limit=_limit(marks),
    )


def _unwrapped(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without `Annotated` and `None`, and its annotations."""
    if hasattr(annotation, "__metadata__"):
        return _unwrapped(annotation.__origin__, (*marks, *annotation.__metadata__))
    parts = [part for part in get_args(annotation) if part is not NoneType]
    if NoneType in get_args(annotation) and len(parts) == 1:
        return _unwrapped(parts[0], marks)
    return annotation, marks


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _pattern(marks: tuple[Any, ...]) -> str:
    return next((str(mark.pattern) for mark in marks if isinstance(mark, StringConstraints) and mark.pattern), "")


def _limit(marks: tuple[Any, ...]) -> int:
    return next((mark.max_length for mark in marks if isinstance(mark, StringConstraints) and mark.max_length), 0)


def _suggested(path: str, marks: tuple[Any, ...], offers: Mapping[str, str]) -> str:
    if path in offers:
        return offers[path]
    return {COUNTRY_PATTERN: COUNTRIES, _LANGUAGE_PATTERN: LANGUAGES}.get(_pattern(marks), "")
