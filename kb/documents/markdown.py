"""Writes blocks as Markdown, for editing in a plain editor. Fields to fill in become lines and boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import quote

from kb.documents.blocks import (
    WORDS,
    Block,
    Box,
    Cards,
    Cell,
    ColumnBreak,
    ContentControl,
    ControlType,
    Document,
    FieldRow,
    FormField,
    Heading,
    Listing,
    Look,
    Mark,
    PageBreak,
    Paragraph,
    Pictured,
    QrCode,
    Rule,
    Run,
    Runs,
    Strips,
    Table,
)
from kb.documents.xml_text import clean

_SIGNS = re.compile(r"([\\`*_\[\]<>|#~]|&(?=#?\w+;))")
# Signs at the start of a line that would turn it into a list or a rule.
_BEGINNING = re.compile(r"^([ \t]*)(?:([-+=])|(\d+)([.)]))(?=\s|[-=]|$)", re.MULTILINE)
_AROUND = {Mark.STRONG: "**", Mark.EMPHASIS: "*", Mark.CODE: "`"}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_BOX, _LINE = "☐", "\\_" * 20


def to_markdown(document: Document) -> str:
    """Return the text of a Markdown file, with its title, subtitle and stamp first."""
    words = {**WORDS, **document.words}
    head = [f"# {_escaped(document.title)}"]
    head += [f"*{_escaped(text)}*" for text in (document.subtitle, document.stamp) if text]
    foot = ["---", _escaped(document.footer)] if document.footer else []
    return "\n\n".join([*head, *_blocks(document.blocks, words), *foot]) + "\n"


def _blocks(blocks: Iterable[Block], words: dict[str, str]) -> list[str]:
    return [text for block in blocks if (text := _block(block, words))]


def _block(block: Block, words: dict[str, str]) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_one_line(_runs(block.runs), ' ')}"
        case Paragraph() | QrCode():
            return _BEGINNING.sub(_literally, _runs(block.runs))
        case Listing():
            return _list(block, words)
        case Table():
            return _table(block)
        case FormField():
            hint = f"\n*{_runs(block.hint)}*" if block.hint else ""
            needed = f" ({words['required']})" if block.control.is_required else ""
            number = f"{_escaped(block.number)} " if block.number else ""
            return f"{number}**{_runs(block.label)}**{needed}{hint}\n\n{_control(block.control)}"
        case Box():
            inner = "\n\n".join(_blocks(block.blocks, words))
            is_plain = block.look in (Look.LARGE, Look.NUMBER)
            return inner if is_plain else "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
        case FieldRow():
            return "\n\n".join(_block(replace(field, number=""), words) for field in block.fields)
        case PageBreak() | ColumnBreak() | Rule():
            return "---"
        case Pictured():
            return "\n\n".join([f"*{_escaped(block.alt)}*", *_blocks(block.blocks, words)])
        case Cards():
            return "\n\n".join(_blocks(block.blocks, words))
        case Strips():
            return _runs(block.runs)


def _list(block: Listing, words: dict[str, str]) -> str:
    lines = []
    for place, item in enumerate(block.items, block.start):
        sign = f"{place}. " if block.is_numbered else "- "
        inner = "\n\n".join(_blocks(item.blocks, words)).replace("\n", "\n    ")
        lines.append(sign + inner)
    return "\n".join(lines)


def _table(block: Table) -> str:
    def line(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |"

    def inner(cell: Cell) -> str:
        return _one_line(_runs(cell.runs), "<br>") + (_control(cell.control) if cell.control else "")

    rows = [map(inner, row) for row in block.rows]
    head = line(map(inner, block.header))
    return "\n".join([head, line("---" for _ in block.header), *map(line, rows)])


def _control(control: ContentControl) -> str:
    if control.options:
        return "\n".join(f"- {_BOX} {_escaped(option)}" for option in control.options)
    return _BOX if control.type is ControlType.CHECK else _LINE


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if Mark.LINE in run.marks:
        return _LINE
    return _said(run)


def _said(run: Run) -> str:
    """Return a run as Markdown; spaces go outside the marks, because marks next to a space are plain signs."""
    text = clean(run.text)
    inner = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if inner else ""
    words = _escaped(inner)
    for mark, sign in _AROUND.items():
        if mark in run.marks and inner:
            words = f"{sign}{words}{sign}"
    if Mark.SUPERSCRIPT in run.marks and inner:
        words = f"<sup>{words}</sup>"  # Markdown has no sign for superscript; without a tag it would join the word
    if run.link.startswith(_SCHEMES):
        address = re.sub(r"[()<>\s]", lambda match: quote(match[0], safe=""), clean(run.link))
        words = f"[{words}]({address})"
    return f"{before}{words}{after}".replace("\n", "  \n")


def _one_line(words: str, between: str) -> str:
    """Return text without line ends, which would end a heading or a table row."""
    return re.sub(r" *\n", between, words)


def _literally(found: re.Match[str]) -> str:
    space, sign, number, dot = found.groups("")
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{dot}"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", clean(text))
