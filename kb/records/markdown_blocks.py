"""Converts Markdown to blocks for all document formats, by way of the safe HTML that pages show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.parser import HTMLParser

from kb.documents.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    Listing,
    ListItem,
    Look,
    Mark,
    Paragraph,
    Rule,
    Run,
    Runs,
    Table,
)
from kb.records.markdown import to_html

# Replaces the run of a text between marks by other runs, for example for blanks to fill in; it gets the default run.
Replace = Callable[[Run], Runs]
_MARKS = {
    "strong": Mark.STRONG,
    "em": Mark.EMPHASIS,
    "code": Mark.CODE,
    "pre": Mark.CODE,
    "sup": Mark.SUPERSCRIPT,
}
_SPACE = re.compile(r"[ \t\n]+")
LOWEST_HEADING = 6


def to_blocks(
    text: str,
    sources: Mapping[str, int] | None = None,
    *,
    link: Callable[[str], str] = str,
    replace: Replace | None = None,
    level: int = 3,
) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text.

    `sources` maps ids to numbers, which are printed in superscript and without a link. `link` turns `practices/<id>`
    into an absolute URL. Headings of the text begin at `level`. Only the words of pictures are kept.
    """
    builder = _BlockBuilder(replace or (lambda run: (run,)), level - 3)
    builder.feed(_plain_html(text) if link is str and not sources else to_html(text, sources, link=link))
    builder.close()
    return builder.done()


@lru_cache(maxsize=512)  # a tool converted for all countries has the same texts again and again
def _plain_html(text: str) -> str:
    return to_html(text)


@dataclass
class _Open:
    """An HTML element that is being parsed: the blocks in it, and the parts of lists and tables."""

    tag: str
    blocks: list[Block] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    start: int = 1


class _BlockBuilder(HTMLParser):
    """Parses HTML that `to_html` has sanitized: few kinds of elements, properly nested."""

    def __init__(self, replace: Replace, deeper: int) -> None:
        super().__init__(convert_charrefs=True)
        self._replace, self._deeper = replace, deeper
        self._open = [_Open("body")]
        self._runs: list[Run] = []
        self._marks: list[str] = []
        self._links: list[str] = []

    def done(self) -> tuple[Block, ...]:
        self._flush()
        return tuple(self._open[0].blocks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _MARKS:
            self._marks.append(tag)
        elif tag == "a":
            target = given.get("href") or ""
            self._links.append("" if target.startswith("#") else target)
        elif tag == "br":
            self._runs.append(Run("\n"))
        elif tag == "img":
            self.handle_data(given.get("alt") or "")
        elif tag == "hr":
            self._flush()
            self._open[-1].blocks.append(Rule())
        elif tag in ("ul", "ol", "li", "blockquote", "table", "tr"):
            self._flush()
            start = given.get("start") or "1"
            self._open.append(_Open(tag, start=int(start) if start.isdigit() else 1))

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS and tag in self._marks:
            self._marks.remove(tag)
        if tag == "a" and self._links:
            self._links.pop()
        elif tag in ("p", "pre"):
            self._flush()
        elif re.fullmatch(r"h[3-6]", tag):
            level = min(LOWEST_HEADING, int(tag[1]) + self._deeper)
            runs = self._taken()
            self._open[-1].blocks.append(Heading(level, runs))
        elif tag in ("th", "td"):
            self._open[-1].cells.append(Cell(self._taken(), is_header=tag == "th"))
        elif tag in ("ul", "ol", "li", "blockquote", "table", "tr") and len(self._open) > 1:
            self._flush()
            self._close(self._open.pop())

    def handle_data(self, data: str) -> None:
        text = data if "pre" in self._marks else _SPACE.sub(" ", data)
        if text:
            marks = frozenset(_MARKS[tag] for tag in self._marks)
            for run in self._replace(Run(text, marks, next(reversed(self._links), ""))):
                self._add(run)

    def _add(self, run: Run) -> None:
        """Add a run; join adjacent superscript numbers, such as "3, 5"."""
        last = self._runs[-1] if self._runs else None
        if last is not None and Mark.SUPERSCRIPT in run.marks and replace(run, text=last.text) == last:
            self._runs[-1] = replace(last, text=last.text + run.text)
        else:
            self._runs.append(run)

    def _close(self, closed: _Open) -> None:
        outer = self._open[-1]
        match closed.tag:
            case "li":
                outer.items.append(ListItem(tuple(closed.blocks)))
            case "ul" | "ol":
                outer.blocks.append(Listing(tuple(closed.items), closed.tag == "ol", closed.start))
            case "blockquote":
                outer.blocks.append(Box(tuple(closed.blocks), Look.QUOTE))
            case "tr":
                outer.rows.append(tuple(closed.cells))
            case "table" if closed.rows:
                outer.blocks.append(Table(closed.rows[0], tuple(closed.rows[1:])))

    def _flush(self) -> None:
        if runs := self._taken():
            self._open[-1].blocks.append(Paragraph(runs))

    def _taken(self) -> Runs:
        runs, self._runs = self._runs, []
        return trimmed(tuple(runs))


def trimmed(runs: Runs) -> Runs:
    """Return runs without leading and trailing space and without empty runs."""
    kept = [run for run in runs if run.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = _stripped(kept[0], kept[0].text.lstrip())
        kept[-1] = _stripped(kept[-1], kept[-1].text.rstrip())
    return tuple(kept)


def _stripped(run: Run, text: str) -> Run:
    return Run(text, run.marks, run.link, run.language)
