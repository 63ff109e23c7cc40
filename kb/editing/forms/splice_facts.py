"""Writes changed facts to a file: existing keys are changed in place, new ones are inserted in the guide's order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.records.front_matter import FENCE, FrontMatter, Value, cut, emit, read_yaml, splice


def splice_in_order(text: str, changes: Mapping[str, Value | None], order: Sequence[str]) -> str:
    """Return the file with top-level keys changed.

    A new key goes after its nearest predecessor in `order`, or else to the end; all other bytes are copied. Raises
    `ValueError` as `splice` does.
    """
    front = _facts(text)
    present = {key: value for key, value in changes.items() if key in front.values}
    result = splice(text, present) if present else text
    for key, value in changes.items():
        if key not in front.values and value is not None:
            result = _inserted(result, key, value, order)
    return result


def _facts(text: str) -> FrontMatter:
    parts = cut(text)
    return read_yaml(parts.yaml)[0] if parts is not None else FrontMatter()


def _inserted(text: str, key: str, value: Value, order: Sequence[str]) -> str:
    parts, front = cut(text), _facts(text)
    starts = {each: front.lines[each,] - 1 for each in front.values}
    before = [each for each in order[: order.index(key)] if each in starts] if key in order else []
    if parts is None or not before:
        return splice(text, {key: value})
    above = starts[before[-1]]
    lines = parts.yaml.splitlines(keepends=True)
    place = min((start for start in starts.values() if start > above), default=len(lines))
    while place > above + 1 and (not lines[place - 1].strip() or lines[place - 1].startswith("#")):
        place -= 1  # comments belong to the key below them
    new = "".join([*lines[:place], emit({key: value}), *lines[place:]])
    again, problems = read_yaml(new)
    if problems or again.values != {**front.values, key: value}:
        return splice(text, {key: value})
    return f"{FENCE}\n{new}{text[len(FENCE) + 1 + len(parts.yaml) :]}"
