"""Copies texts of a tool into its adaptation, with everything they depend on: rows, blanks, choices and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from pydantic import BaseModel

from kb.editing.forms.body_sections import body_of, replace_body
from kb.editing.forms.source_form import SourceFile
from kb.editing.forms.splice_facts import splice_in_order
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.register.blanks import GROUPS, PLACE
from kb.kinds.register.condition import names_in, read_condition
from kb.kinds.tool.model import Tool
from kb.records.front_matter import Value
from kb.records.markdown import SOURCE_MARK, cited
from kb.records.record import Bundle
from kb.records.segments import HEADING, as_section, splice_sections
from kb.records.sources import Source

Row = dict[str, Value]
# The new text of a segment, with its heading if it is a section; `None` removes it.
Texts = Mapping[str, str | None]


def put_texts(
    file: SourceFile, adaptation: Bundle[Adaptation], parent: Bundle[Tool], texts: Texts, made: Sequence[Row]
) -> str:
    """Return the file of an adaptation with new texts, and with `made` as the record of their originals.

    A row or part that only the tool has is copied with all its facts. Raises `ValueError` as `splice` does.
    """
    facts: dict[str, Value | None] = {}
    ids = {section.id for section in (*adaptation.sections, *parent.sections)}
    bodies = {name: text for name, text in texts.items() if name in ids}
    facts |= {name: text for name, text in texts.items() if "." not in name and name not in bodies}
    for name, rows in _by_row(texts).items():
        facts[name] = _list(_rows(file, name), rows, name, adaptation, parent)
    present = {section.id for section in adaptation.sections}
    new = [name for name, text in bodies.items() if text is not None and name not in present]
    gone = [name for name, text in bodies.items() if text is None]
    facts["parts"] = _parts(_rows(file, "parts"), parent.record, new, gone)
    facts |= _along(file, facts, adaptation, parent, [text for text in texts.values() if text])
    facts["made"] = list(made)
    changes = {
        name: value or None for name, value in facts.items() if (value or None) != (file.values.get(name) or None)
    }
    text = splice_in_order(file.text, changes, file.key_order()) if changes else file.text
    order = [section.id for section in parent.sections]
    edits = {name: _section(name, body) for name, body in bodies.items() if body is not None or name in present}
    return replace_body(text, splice_sections(body_of(text), edits, order)) if edits else text


def renamed(own: Sequence[Source], theirs: Sequence[Source]) -> dict[str, str]:
    """Return the adaptation's id for each source of the tool, because an id may mean another source there."""
    found: dict[str, str] = {}
    for source in theirs:
        taken = {each.id for each in own} | set(found.values())
        same = next((each.id for each in own if _is_same(each, source)), None)
        free = next(name for number in range(1, 10_000) if (name := f"s{number}") not in taken)
        found[source.id] = same or (source.id if source.id not in taken else free)
    return found


def with_sources(text: str, names: Mapping[str, str]) -> str:
    """Return a text with its source ids replaced."""
    return SOURCE_MARK.sub(lambda match: f"[^{names.get(match[1], match[1])}]", text)


def _is_same(one: Source, other: Source) -> bool:
    return one.address == other.address if one.address or other.address else one.title == other.title


def _rows(file: SourceFile, name: str) -> list[Row]:
    rows = file.values.get(name)
    return [dict(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _by_row(texts: Texts) -> dict[str, dict[str, dict[str, str | None]]]:
    """Return the texts inside the facts by list, row and key."""
    found: dict[str, dict[str, dict[str, str | None]]] = {}
    for name, text in texts.items():
        if "." in name:
            rows, row, key = name.split(".", 2)
            found.setdefault(rows, {}).setdefault(row, {})[key] = text
    return found


def _list(
    rows: list[Row],
    texts: Mapping[str, Mapping[str, str | None]],
    name: str,
    adaptation: Bundle[Adaptation],
    parent: Bundle[Tool],
) -> list[Value]:
    order = [row.id for row in getattr(parent.record, name)]
    for row_id, words in texts.items():
        row = next((each for each in rows if each.get("id") == row_id), None)
        if row is None:
            if row_id not in order or all(text is None for text in words.values()):
                continue
            row = plain_row(getattr(parent.record, name)[order.index(row_id)])
            rows.insert(_place(row_id, rows, order), row)
        row |= {key: text for key, text in words.items() if text is not None}
        for key in (key for key, text in words.items() if text is None):
            row.pop(key, None)
        if _keys(f"{name}.{row_id}.", adaptation, parent).isdisjoint(row):
            rows.remove(row)
    return list(rows)


def _keys(beginning: str, *bundles: Bundle) -> set[str]:
    """Return the keys of a row that hold words; a row without any of them is empty."""
    return {name.removeprefix(beginning) for each in bundles for name in each.segments() if name.startswith(beginning)}


def _place(row_id: str, rows: Sequence[Row], order: Sequence[str]) -> int:
    """Return the index of a new row: after the nearest row that precedes it in the tool."""
    before = set(order[: order.index(row_id)])
    return max((index + 1 for index, row in enumerate(rows) if row.get("id") in before), default=0)


def plain_row(row: BaseModel) -> Row:
    """Return a row of facts in the form of the files."""
    return cast(Row, row.model_dump(mode="json", exclude_defaults=True, exclude_none=True))


def _parts(rows: list[Row], tool: Tool, new: Sequence[str], gone: Sequence[str]) -> list[Value]:
    known = {row.get("id") for row in rows}
    brought = [plain_row(part) for part in tool.parts if part.id in new and part.id not in known]
    return [*(row for row in rows if row.get("id") not in gone), *brought]


def _along(
    file: SourceFile,
    facts: Mapping[str, Value | None],
    adaptation: Bundle[Adaptation],
    parent: Bundle[Tool],
    texts: Sequence[str],
) -> dict[str, Value]:
    """Return the lists of blanks, choices and sources, extended by what the texts and row conditions need."""
    tool = parent.record
    uses, choices = _rows(file, "uses"), [str(each) for each in _listed(file, "choices_used")]
    asked = {match["blank"] for text in texts for match in PLACE.finditer(text)}
    asked |= {match["choice"] for text in texts for match in GROUPS.finditer(text)}
    asked |= set(_asked_in([facts.get("parts"), *(facts.get(name) for name in ("fields", "own_cautions"))]))
    known = {str(use.get("id")) for use in uses}
    brought = [plain_row(use) for use in tool.uses if use.id in asked - known]
    asked |= set(_asked_in([list(brought)]))
    more = [each for each in tool.choices_used if each in asked and each not in choices]
    names = renamed(adaptation.record.sources, tool.sources)
    marks = {mark for text in texts for mark, _line in cited(text)}
    own = {each.id for each in adaptation.record.sources}
    new = [
        plain_row(each) | {"id": names[each.id]}
        for each in tool.sources
        if names[each.id] in marks and names[each.id] not in own
    ]
    return {
        "uses": [*uses, *brought],
        "choices_used": [*choices, *more],
        "sources": [*_rows(file, "sources"), *new],
    }


def _listed(file: SourceFile, name: str) -> list[Value]:
    values = file.values.get(name)
    return values if isinstance(values, list) else []


def _asked_in(lists: Iterable[Value | None]) -> Iterator[str]:
    """Yield the blanks and choices that row conditions refer to."""
    for rows in lists:
        for row in rows if isinstance(rows, list) else ():
            when = row.get("when") if isinstance(row, dict) else None
            condition = read_condition(when) if isinstance(when, str) else None
            yield from names_in(condition) if condition is not None else ()


def _section(name: str, text: str | None) -> tuple[str, str] | None:
    """Return heading and text for `splice_sections`; lines that look like another section become lower headings."""
    if text is None:
        return None
    first, _end, rest = text.partition("\n")
    heading = HEADING.match(first)
    return (heading["heading"] if heading else name, as_section(rest.strip("\n")))
