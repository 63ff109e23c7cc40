"""Validates the placeholders of blanks in the texts of a tool or of the register, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from kb.i18n import N_
from kb.kinds.register.blanks import ANY_PLACE, GROUPS, PLACE, slips_in
from kb.kinds.register.texts import ToolText, source_texts, translated_texts
from kb.problems import Problem, Severity
from kb.records.check_context import Case
from kb.records.record import Record, State, Translation

R = TypeVar("R", bound=Record)


def slip_problems(case: Case[R], *, is_tool: bool) -> Iterator[Problem]:
    """Yield malformed placeholders in double braces, and placeholders in texts where no blanks are filled in."""
    for text in (*source_texts(case), *translated_texts(case)):
        for slip, line in slips_in(text.words):
            message = N_(
                "%(text)s is not a valid placeholder. Write {{b-name}} or, for one part of the field, "
                "{{b-name.number}}."
            )
            yield problem_at(text, "not-a-blank", message, line, text=slip)
        if not (is_tool and text.is_filled):
            for place, line in _find_placeholders(text.words):
                message = N_(
                    "Placeholders are not filled in here. Move %(place)s to a section or to the label of a field."
                )
                yield problem_at(text, "not-filled", message, line, place=place)


def translation_problems(case: Case[R]) -> Iterator[Problem]:
    """Yield each segment whose translation has other placeholders than the source: a warning while it is stale."""
    segments = case.bundle.segments()
    for language, translation in case.bundle.translations.items():
        lines = _first_lines(case, language)
        for name, text in translation.segments(case.bundle.shape).items():
            if name in segments:
                severity = severity_of(case, translation, name, segments[name])
                yield from _differences(lines[name], segments[name], text, severity)


def severity_of(case: Case[R], translation: Translation, name: str, source: str) -> Severity:
    """Return the severity of a difference: a warning if the translation is stale, otherwise an error.

    So a curator can improve an original without repairing four translations first.
    """
    made = translation.facts.made_from.get(name)
    is_stale = case.bundle.state(name, source, made) is State.STALE
    return Severity.WARNING if is_stale else Severity.ERROR


def _first_lines(case: Case[R], language: str) -> Mapping[str, ToolText]:
    found: dict[str, ToolText] = {}
    for text in translated_texts(case):
        if text.part == language:
            found.setdefault(text.name, text)
    return found


def _differences(text: ToolText, source: str, translated: str, severity: Severity) -> Iterator[Problem]:
    expected, found = (
        list(dict.fromkeys(place for place, _ in _find_placeholders(each))) for each in (source, translated)
    )
    if missing := [place for place in expected if place not in found]:
        message = N_("Fields missing from the translation: %(list)s.")
        yield problem_at(text, "other-places", message, 0, severity, list=", ".join(missing))
    if extra := [place for place in found if place not in expected]:
        message = N_("Fields not in the original: %(list)s.")
        yield problem_at(text, "other-places", message, 0, severity, list=", ".join(extra))


def _find_placeholders(text: str) -> Iterator[tuple[str, int]]:
    """Yield the placeholders in a text as written, without spaces, each with its line, counted from 0."""
    for match in ANY_PLACE.finditer(text):
        if PLACE.fullmatch(match[0]) or GROUPS.fullmatch(match[0]):
            yield match[0].replace(" ", ""), text.count("\n", 0, match.start())


def problem_at(
    text: ToolText, code: str, message: str, line: int, severity: Severity = Severity.ERROR, /, **params: object
) -> Problem:
    """Return a problem of a text; `line` is relative to its first line."""
    return Problem(code, message, text.where, text.line + line, params, severity, text.part)
