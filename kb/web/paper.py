"""Pages made into documents to take away: a practice, practices in a list, a comparison, the situation of a country.

What stands on the page stands in the document; ways to other pages become whole addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.blocks.model import (
    WORDS,
    Block,
    Cell,
    Document,
    Heading,
    Item,
    Listing,
    Look,
    Mark,
    Paragraph,
    Run,
    Runs,
    Table,
)
from kb.content.paper import to_blocks
from kb.web import i18n
from kb.web.frame import absolute
from kb.web.i18n import gettext as _
from kb.web.practice_facts import Row, Value
from kb.web.rendering import today
from kb.web.sources import SourceView
from kb.web.texts import record_link


def document(
    title: str, blocks: Iterable[Block], *, language: str = "", summary: str = "", address: str = ""
) -> Document:
    """Return a document with what every one of them says at its end: where it comes from, when, and the licence."""
    taken = _("Taken from Praxis: %(date)s", date=i18n.date_words(today()))
    licence = _("Texts of Praxis: CC BY 4.0")
    end = [Run(f"{taken}. {licence}. ")]
    end += [Run(absolute(address), link=absolute(address))] if address else []
    return Document(
        title=title,
        language=language or i18n.current().code,
        blocks=(*blocks, Paragraph(tuple(end), Look.SMALL)),
        summary=summary,
        author="Praxis",
        header="Praxis",
        footer=taken,
        made_on=today(),
        words=words(),
    )


def words() -> dict[str, str]:
    """Return the few words that writers add, in the reader's language."""
    return {name: i18n.speech().translate(text) for name, text in WORDS.items()}


def heading(text: str, level: int = 2, language: str = "", anchor: str = "") -> Heading:
    """Return a heading of plain words."""
    return Heading(level, (Run(text, language=_other(language)),), anchor)


def paragraph(text: str, look: Look = Look.PLAIN, language: str = "") -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Run(text, language=_other(language)),), look)


def texts(markdown: str, numbers: dict[str, int], language: str, level: int = 3) -> tuple[Block, ...]:
    """Return the blocks of a text of a record; records it links to become whole addresses."""

    def in_language(run: Run) -> Runs:
        return (Run(run.text, run.marks, run.link, _other(language)),)

    return to_blocks(markdown, numbers, link=whole_address, replace=in_language, level=level)


def whole_address(target: str) -> str:
    """Return the whole address of a record that a text links to: `practices/barnahus`."""
    path = record_link(target)
    return absolute(path) if path.startswith("/") else path


def facts(rows: Iterable[Row], caption: str) -> Iterator[Block]:
    """Yield rows of facts as a table of two columns."""
    found = [(Cell((Run(row.label),), is_header=True), Cell((Run("; ".join(map(_said, row.values))),))) for row in rows]
    if found:
        header = (Cell((Run(_("Fact")),), is_header=True), Cell((Run(_("Known")),), is_header=True))
        yield Table(header, tuple(found), caption=caption, widths=(1, 3))


def _said(value: Value) -> str:
    return f"{value.text} ({value.note})" if value.note else value.text


def sources(views: Sequence[SourceView]) -> Iterator[Block]:
    """Yield the sources, with the numbers that stand in the texts."""
    if not views:
        return
    yield heading(_("Sources"), anchor="sources")
    items = []
    for view in views:
        title = Run(
            view.source.title, frozenset({Mark.EMPHASIS}), view.source.address or "", _other(view.source.language)
        )
        items.append(Item((Paragraph((title, Run(f". {', '.join(view.details)}"))),)))
    yield Listing(tuple(items), is_numbered=True)


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table of plain words; the first of each row is its heading."""
    return Table(
        tuple(Cell((Run(text),), is_header=True) for text in header),
        tuple(tuple(Cell((Run(text),), is_header=place == 0) for place, text in enumerate(row)) for row in rows),
        caption=caption,
    )


def _other(language: str | None) -> str:
    return language if language and language != i18n.current().code else ""
