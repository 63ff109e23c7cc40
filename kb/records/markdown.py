"""Converts Markdown to safe HTML and to plain text; the only module that uses the Markdown library.

Raw HTML in a text is shown as text. The output is also sanitized against a short allowlist of elements. If one of the
two protections fails, the other remains.
"""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

import markdown
import nh3
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from kb.records.attachments import NAME

SOURCE_MARK = re.compile(r"\[\^([a-zA-Z0-9-]+)\]")
_RECORD = r"[a-z]+/[a-z0-9-]+(?:#[a-z0-9-]+)?"
RECORD_LINK = re.compile(_RECORD)
_LINK_TO_RECORD = re.compile(rf"\]\(\s*<?({_RECORD})>?\s*\)")
_TAGS = {
    "p", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "blockquote", "h3", "h4", "h5", "h6", "hr", "br", "sup",
    "table", "thead", "tbody", "tr", "th", "td", "img",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class", "aria-label"},
    "ol": {"start"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding"},
    "sup": {"class"},
    "th": {"scope"},
}
# The library copies the rest of a paragraph, list or table for each line. It scans all of it for each sign.
# A text above these limits is built to keep us busy: no text of ours has a quarter of them.
_BLOCK_LINES, _BLOCK_LETTERS, _BLOCK_SIGNS = 200, 10_000, 1000
_COSTLY = "[`*_\\&<"
_MOST_LETTERS, _MOST_LINES = 60_000, 3_000
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_SIGNS = re.compile(r"([\\`*_\[\]|])")
# Two adjacent marks would read as one number.
_BETWEEN_MARKS = re.compile(r'</sup>\s*<sup class="source-mark">')
_BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|tr|blockquote|pre)>|<br>")


class _Marks(InlineProcessor):
    """Replaces `[^s1]` by the number of the source, linked to the list of sources."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        number = _state.sources.get(m[1])
        if number is None:
            return None, None, None
        sup = ElementTree.Element("sup", {"class": "source-mark"})
        count = _state.marks[m[1]] = _state.marks.get(m[1], 0) + 1
        suffix = "" if count == 1 else f"-{count}"
        title = _state.title(number)  # a number alone tells nothing to a user who listens to the links of a page
        place = {"href": f"#source-{m[1]}", "id": f"mark-{_state.prefix}{m[1]}{suffix}"}
        link = ElementTree.SubElement(sup, "a", {**place, "title": title, "aria-label": title})
        link.text = str(number)
        return sup, m.start(0), m.end(0)


@dataclass(frozen=True)
class ShownFile:
    """An attachment with its URL; a picture also has its size, which reserves its space until it is loaded."""

    address: str
    width: int = 0
    height: int = 0


def _put_file(element: ElementTree.Element, name: str) -> None:
    """Set the URL of a picture or link to its file; without a file, leave only the words."""
    shown = _state.files.get(name)
    if element.tag == "img" and shown is not None and shown.width:
        size = {"width": str(shown.width), "height": str(shown.height)}
        element.attrib.update({"src": shown.address, **size, "loading": "lazy", "decoding": "async"})
    elif element.tag == "a" and shown is not None:
        element.set("href", shown.address)
    else:
        words, tail = element.get("alt", ""), element.tail
        inner = list(element) if element.tag == "a" else []
        text = element.text if element.tag == "a" else words
        element.clear()
        element.tag, element.text, element.tail = "span", text, tail  # the sanitizer removes the span
        element.extend(inner)


class _Links(Treeprocessor):
    """Sets the URLs of links and pictures for the reader; keeps headings below the level of the section heading."""

    def run(self, root: ElementTree.Element) -> None:
        for element in list(root.iter()):
            if element.tag == "img":
                _put_file(element, element.get("src", ""))
            elif element.tag == "a" and NAME.fullmatch(element.get("href", "")):
                _put_file(element, element.get("href", ""))
            elif element.tag == "a" and RECORD_LINK.fullmatch(element.get("href", "")):
                element.set("href", _state.link(element.get("href", "")))
            if element.tag in ("h1", "h2"):
                element.tag = "h3"
            if element.tag == "th":
                element.set("scope", "col")


class _RenderState(threading.local):
    """Per-thread state of a rendering, with a cached converter: building one costs more than using it."""

    def __init__(self) -> None:
        self.sources: Mapping[str, int] = {}
        self.marks: dict[str, int] = {}
        self.prefix = ""
        self.files: Mapping[str, ShownFile] = {}
        self.link: Callable[[str], str] = str
        self.title: Callable[[int], str] = str
        self.converter = self.made()

    def made(self) -> markdown.Markdown:
        """Return a new converter."""
        converter = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
        converter.preprocessors.deregister("html_block")
        converter.parser.blockprocessors.deregister("setextheader")  # our headings begin with #
        # Our links are always inline; each pattern that is not searched makes every page faster.
        for name in ("html", "reference", "image_reference", "short_reference", "short_image_ref"):
            converter.inlinePatterns.deregister(name)
        converter.inlinePatterns.register(_Marks(SOURCE_MARK.pattern, converter), "source-mark", 175)
        converter.treeprocessors.register(_Links(converter), "links", 5)
        return converter


_state = _RenderState()


def _bounded(text: str) -> str:
    """Return the text with an empty line inserted in each block that would become too long."""
    lines: list[str] = []
    length = 0
    for line in text.split("\n"):
        length = length + 1 if line.strip() else 0
        if length > _BLOCK_LINES:
            lines.append("")
            length = 1
        lines.append(line)
    return "\n".join(lines)


def _is_hostile(text: str) -> bool:
    """Return whether a text is built to cause a denial of service."""
    if len(text) > _MOST_LETTERS or text.count("\n") > _MOST_LINES:
        return True
    return any(
        len(block) > _BLOCK_LETTERS or any(block.count(sign) > _BLOCK_SIGNS for sign in _COSTLY)
        for block in _BLANK_LINES.split(text)
    )


def _as_it_is(text: str) -> str:
    """Return the text as escaped paragraphs, without interpreting Markdown."""
    paragraphs = (html.escape(" ".join(block.split())) for block in _BLANK_LINES.split(text))
    return "".join(f"<p>{words}</p>" for words in paragraphs if words)


def to_html(
    text: str,
    sources: Mapping[str, int] | None = None,
    *,
    link: Callable[[str], str] = str,
    title: Callable[[int], str] = str,
    prefix: str = "",
    files: Mapping[str, ShownFile] | None = None,
) -> str:
    """Convert Markdown to safe HTML. `sources` maps ids to numbers; `link` returns the URL of `practices/<id>`.

    `files` maps names to the pictures and documents that may be shown. For any other file, and for pictures from other
    addresses, only the words are left. `title` returns the tooltip of a source number. `prefix` keeps the ids of marks
    unique where a page shows several texts. The first mark of source `s1` is `mark-<prefix>s1`, the next
    `mark-<prefix>s1-2`. No text takes more than some tenths of a second: see `benchmarks/text_cost.py`.
    """
    _state.sources, _state.link, _state.title, _state.prefix, _state.marks = sources or {}, link, title, prefix, {}
    _state.files = files or {}
    try:
        dirty = _as_it_is(text) if _is_hostile(text) else _state.converter.reset().convert(_bounded(text))
    except BaseException:
        _state.converter = _state.made()  # a converter that failed half-way would render the next text wrongly
        raise
    finally:
        _state.sources, _state.link, _state.title, _state.files = {}, str, str, {}
    clean = nh3.clean(
        dirty,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return _BETWEEN_MARKS.sub(', </sup><sup class="source-mark">', clean)


def to_plain(text: str) -> str:
    """Return only the words, one line per block, without source marks; for the index and for summaries."""
    blocks = _BLOCK_END.sub(lambda match: match[0] + "\n", to_html(SOURCE_MARK.sub("", text)))
    lines = (line.strip() for line in html.unescape(nh3.clean(blocks, tags=set())).split("\n"))
    return "\n".join(line for line in lines if line)


def escaped(text: str) -> str:
    """Escape plain words as one line of Markdown that shows exactly them. HTML markup has no effect there anyway."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def cited(text: str) -> list[tuple[str, int]]:
    """Return the ids of sources that a text cites, each with its line in the text, from 0."""
    return [(match[1], text.count("\n", 0, match.start())) for match in SOURCE_MARK.finditer(text)]


def links(text: str) -> list[tuple[str, int]]:
    """Return the record links of a text (`practices/<id>`), each with its line in the text, from 0."""
    return [(match[1], text.count("\n", 0, match.start())) for match in _LINK_TO_RECORD.finditer(text)]
