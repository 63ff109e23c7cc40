"""Prepares a text for publication: adds generated lines and updates the bookkeeping of translations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from kb.i18n import N_
from kb.problems import Problem
from kb.records.bundle import SOURCE, read_source, read_translation
from kb.records.files.generated_lines import format_source, format_translation, made_rows
from kb.records.front_matter import FrontMatter, Value, splice
from kb.records.record import Bundle, Shape, TranslatedFrom, Translation
from kb.records.segments import fingerprint

_MACHINES_TEXT = N_("A person wrote this translation, so an AI translation cannot replace it.")
_MACHINES_LINE = N_("A person wrote this translation and it has not changed. Keep “by: person” on its line.")


def prepare_source(shape: Shape, record_id: str, text: str, before: str | None, *, minor: bool) -> str:
    """Return the source file as it will be published, with an updated `same_as`.

    After a *minor* edit, the earlier text of each changed segment counts as equal, so that translations stay fresh. Any
    other edit removes the texts that counted as equal to the earlier text of that segment.
    """
    text = format_source(shape, record_id, text)
    new, front, _ = read_source(shape, record_id, text)
    old = read_source(shape, record_id, before)[0] if before is not None else None
    if new is None or old is None:
        return text
    old_segments, same_as = old.segments(), {key: list(value) for key, value in old.record.same_as.items()}
    for name, new_text in new.segments().items():
        was, now = old_segments.get(name), fingerprint(new_text)
        if was is None or fingerprint(was) == now:
            continue
        equal = [*same_as.get(name, []), fingerprint(was)] if minor else []
        same_as[name] = [mark for mark in dict.fromkeys(equal) if mark != now]
    rows: dict[str, Value] = {
        key: list[Value](marks) for key, marks in same_as.items() if marks and key in new.segments()
    }
    text = splice(text, {"same_as": rows or None}) if rows != front.values.get("same_as", {}) else text
    return text if minor or not shape.raises_version else _with_next_version(text, front, old, new)


def _with_next_version(text: str, front: FrontMatter, old: Bundle, new: Bundle) -> str:
    """Return the file with the next version number, if a text changed and the author left the number as it was."""
    before, now = getattr(old.record, "version", ""), getattr(new.record, "version", "")
    if before != now or not before.isdigit() or old.segments() == new.segments():
        return text
    return splice(text, {"version": str(int(before) + 1)}) if "version" in front.values else text


def _prepare_translation(
    bundle: Bundle, language: str, text: str, before: str | None, *, today: date
) -> tuple[str, tuple[Problem, ...]]:
    """Return the translation as it will be published, and its problems, such as a machine's text over a person's.

    A changed segment whose line in `made_from` is unchanged or missing counts as written by the person who publishes.
    An unchanged segment whose line is missing keeps its earlier line. A person's segment never becomes a machine's,
    whether its text changes or not. A changed segment must not have a review in the future.
    """
    new, front, _ = read_translation(bundle, language, text)
    old, old_front, _ = read_translation(bundle, language, before) if before is not None else (None, FrontMatter(), ())
    if new is None:
        return text, ()
    problems: list[Problem] = []
    rows = dict(made_rows(front))
    source = bundle.segments()
    for name, new_text in new.segments(bundle.shape).items():
        if name not in source:
            continue
        was, now = (old.facts.made_from.get(name) if old else None), new.facts.made_from.get(name)
        is_changed = _changed(old, bundle.shape, name, new_text)
        if is_changed and (now is None or was == now):
            rows[name] = {"source": fingerprint(source[name]), "by": "person"}
        elif was is not None and was.by == "person" and now is not None and now.by == "machine":
            message = _MACHINES_TEXT if is_changed else _MACHINES_LINE
            line = front.line(("made_from", name))
            problems.append(Problem("machine-over-person", message, ("made_from", name), line, path=language))
        elif not is_changed and name not in rows and (row := made_rows(old_front).get(name)) is not None:
            rows[name] = row
        if is_changed:
            problems += _future(now, name, today, language)
    if rows != front.values.get("made_from", {}):
        text = splice(text, {"made_from": rows or None})
    return format_translation(bundle, language, text), tuple(problems)


def _changed(old: Translation | None, shape: Shape, name: str, text: str) -> bool:
    before = old.segments(shape).get(name) if old is not None else None
    return before is None or fingerprint(before) != fingerprint(text)


def _future(made: TranslatedFrom | None, name: str, today: date, language: str) -> tuple[Problem, ...]:
    if made is None or made.reviewed is None or made.reviewed <= today:
        return ()
    message = N_("The review date cannot be in the future.")
    return (Problem("future-review", message, ("made_from", name, "reviewed"), path=language),)


def prepare(
    shape: Shape,
    record_id: str,
    parts: dict[str, str],
    before: dict[str, str],
    *,
    minor: bool,
    today: date,
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the edited parts of one record as they will be published, and the problems.

    `before` holds all current texts of the record.
    """
    prepared, problems = dict(parts), list[Problem]()
    if SOURCE in parts:
        prepare_part = partial(_source_alone, shape, record_id, before=before.get(SOURCE), minor=minor)
        prepared[SOURCE], found = _or_as_it_is(SOURCE, parts[SOURCE], prepare_part)
        problems += found
    source = prepared.get(SOURCE, before.get(SOURCE))
    bundle = read_source(shape, record_id, source)[0] if source is not None else None
    for part, text in parts.items():
        if part != SOURCE and bundle is not None:
            prepare_part = partial(_prepare_translation, bundle, part, before=before.get(part), today=today)
            prepared[part], found = _or_as_it_is(part, text, prepare_part)
            problems += found
    return prepared, tuple(problems)


def _source_alone(
    shape: Shape, record_id: str, text: str, *, before: str | None, minor: bool
) -> tuple[str, tuple[Problem, ...]]:
    return prepare_source(shape, record_id, text, before, minor=minor), ()


def _or_as_it_is(
    part: str, text: str, prepare_text: Callable[[str], tuple[str, tuple[Problem, ...]]]
) -> tuple[str, tuple[Problem, ...]]:
    """Return the prepared text and its problems.

    If the program cannot write into the file (`ValueError`), return the unchanged text and a problem with the reason.
    """
    try:
        return prepare_text(text)
    except ValueError as error:
        message = N_("The facts in this file cannot be changed automatically (%(reason)s). Edit the whole file.")
        return text, (Problem("cannot-write", message, params={"reason": str(error)}, path=part),)
