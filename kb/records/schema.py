"""Validates plain values against a model, and turns validation errors into problems that say what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kb.i18n import N_
from kb.problems import Problem, Where
from kb.records.front_matter import MOST_PROBLEMS, FrontMatter
from kb.records.record import ADDRESS_PATTERN, COUNTRY_PATTERN, ID_PATTERN, PERIOD_PATTERN, YEAR_PATTERN

M = TypeVar("M", bound=BaseModel)

_BY_PATTERN = {
    YEAR_PATTERN: ("bad-year", N_("Enter a year with four digits, for example 2010.")),
    PERIOD_PATTERN: ("bad-period", N_("Enter a year, for example 2018, or a period, for example 2018-2022.")),
    COUNTRY_PATTERN: (
        "bad-country",
        N_("Enter the two-letter country code in capitals, for example PT. For the European Union, enter EU."),
    ),
    ADDRESS_PATTERN: ("bad-address", N_("Enter a full web address that starts with https:// or http://.")),
    ID_PATTERN: (
        "bad-id",
        N_("Enter an ID in lower-case letters and digits, joined by hyphens, for example stone-terraces."),
    ),
}
_BY_TYPE = {
    "missing": ("missing-key", N_("%(key)s is missing.")),
    "string_too_short": ("missing-key", N_("%(key)s is missing.")),
    "too_short": ("missing-key", N_("%(key)s needs at least one entry.")),
    "string_too_long": ("too-long", N_("%(key)s can have at most %(max_length)s characters.")),
    "tuple_type": (
        "expected-list",
        "%(key)s must be a list. Write its entries in square brackets or one per line.",
    ),
    "string_type": ("expected-text", "%(key)s must be a text, not a list or a group of keys."),
    "dict_type": ("expected-group", "%(key)s must be a group of keys and values."),
    "model_type": ("expected-group", "%(key)s must be a group of keys and values."),
    "model_attributes_type": ("expected-group", "%(key)s must be a group of keys and values."),
}
_DATE = ("bad-date", N_("Enter a date, for example 2026-11-30."))
_NUMBER = ("bad-number", N_("%(key)s must be a number."))
_CHOICE = ("unknown-value", N_("%(value)s is not in the list: %(expected)s."))
_OTHER = ("bad-value", N_("%(key)s cannot be read: %(reason)s"))


def validate(model: type[M], front: FrontMatter) -> tuple[M | None, tuple[Problem, ...]]:
    """Return the model of these facts, or all validation problems, each with its line."""
    try:
        return model.model_validate(front.values), ()
    except ValidationError as error:
        return None, tuple(_problems(error, model, front))


def _problems(error: ValidationError, model: type[BaseModel], front: FrontMatter) -> Iterator[Problem]:
    for detail in error.errors(include_url=False)[:MOST_PROBLEMS]:
        where = tuple(part for part in detail["loc"] if not (isinstance(part, str) and part.startswith("function-")))
        line = front.line(where) or 1
        if detail["type"] == "extra_forbidden":
            yield _unknown_key(where, line, model)
            continue
        code, message = _wording(detail)
        yield Problem(code, message, where, line, _params(detail, where))


def _wording(detail: ErrorDetails) -> tuple[str, str]:
    kind = detail["type"]
    if kind == "string_pattern_mismatch":
        return _BY_PATTERN.get(str(detail.get("ctx", {}).get("pattern")), _OTHER)
    if kind.startswith("date"):
        return _DATE
    if kind.startswith(("int_", "float_")):
        return _NUMBER
    if kind in ("enum", "literal_error", "bool_parsing"):
        return _CHOICE
    return _BY_TYPE.get(kind, _OTHER)


def _params(detail: ErrorDetails, where: Where) -> dict[str, object]:
    context: dict[str, Any] = dict(detail.get("ctx", {}))
    key = next((part for part in reversed(where) if isinstance(part, str)), "")
    expected = context.get("expected", "yes, no")
    return {
        "key": key,
        "value": str(detail["input"])[:80],
        "reason": detail["msg"],
        "expected": str(expected).replace("'", "").replace(" or ", ", "),
        "max_length": context.get("max_length", ""),
    }


def _unknown_key(where: Where, line: int, model: type[BaseModel]) -> Problem:
    key = str(where[-1])
    near = difflib.get_close_matches(key, _keys(model, where[:-1]), n=1)
    if near:
        message = "The key %(key)s does not exist here. Did you mean %(near)s?"
        return Problem("unknown-key", message, where, line, {"key": key, "near": near[0]})
    return Problem("unknown-key", "The key %(key)s does not exist here. Remove it.", where, line, {"key": key})


def _keys(model: type[BaseModel], where: Where) -> list[str]:
    """Return the keys known at a path, following the schema."""
    for part in where:
        if isinstance(part, int):
            continue
        info = model.model_fields.get(part)
        inner = _inner_model(info.annotation) if info else None
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if (found := _inner_model(part)) is not None:
            return found
    return None
