"""Pages as downloadable documents: a practice, practices in a list, a comparison, the situation of a country.

The document has the content of the page; links to other pages become absolute addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.documents.blocks import (
    WORDS,
    Block,
    Cell,
    Document,
    Heading,
    Listing,
    ListItem,
    Look,
    Mark,
    PageSetup,
    Paragraph,
    Run,
    Runs,
    Table,
)
from kb.records.markdown_blocks import to_blocks
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.http.rendering import today
from kb.web.labels.practice_facts import Fact, Value
from kb.web.parts.passages import absolute_record_link
from kb.web.parts.ratings import Rating
from kb.web.parts.sources import SourceView

_LABEL_SHARE = 16  # hundredths of the width for the names of rows, in tables of several things


def document(
    title: str,
    blocks: Iterable[Block],
    *,
    language: str = "",
    subtitle: str = "",
    summary: str = "",
    address: str = "",
    is_landscape: bool = False,
) -> Document:
    """Return a document that ends with what all of them share: origin, date and licence."""
    taken = _("Downloaded from Praxis on %(date)s", date=i18n.date_words(today()))
    licence = _("Praxis texts: CC BY 4.0")
    end = [Run(f"{taken}. {licence}. ")]
    end += [Run(absolute(address), link=absolute(address))] if address else []
    return Document(
        title=title,
        language=language or i18n.current().code,
        blocks=(*blocks, Paragraph(tuple(end), Look.SMALL)),
        subtitle=subtitle,
        summary=summary,
        author="Praxis",
        header="Praxis",
        footer=taken,
        made_on=today(),
        page=PageSetup(is_landscape=is_landscape),
        words=_format_words(),
    )


def _format_words() -> dict[str, str]:
    """Return the few words that writers of formats add, in the reader's language."""
    return {name: i18n.speech().translate(text) for name, text in WORDS.items()}


def run(text: str, language: str | None = "", marks: frozenset[Mark] = frozenset(), link: str = "") -> Run:
    """Return plain text, marked with its language where that is not the reader's."""
    return Run(text, marks, link, _other(language))


def heading(text: str, level: int = 2, language: str | None = "", anchor: str = "") -> Heading:
    """Return a heading of plain text."""
    return Heading(level, (run(text, language),), anchor)


def paragraph(text: str, look: Look = Look.PLAIN, language: str | None = "") -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph((run(text, language),), look)


def link_paragraph(address: str) -> Paragraph:
    """Return an address as a link that is printed in full, so that it can be typed from paper."""
    return Paragraph((Run(address, link=address),), Look.SMALL)


def bullet_list(entries: Iterable[Runs]) -> Iterator[Block]:
    """Yield a bulleted list; nothing if it has no entries."""
    items = tuple(ListItem((Paragraph(entry),)) for entry in entries)
    if items:
        yield Listing(items)


def titled(title: str, language: str | None, address: str | None, details: Iterable[str] = ()) -> Runs:
    """Return a publication: its title, details, and its address in full, as paper cannot hide it behind a link."""
    found = [run(title, language, frozenset({Mark.EMPHASIS}), link=address or "")]
    if said := ", ".join(details):
        found.append(Run(f" {said}" if title.endswith((".", "?", "!")) else f". {said}"))
    return (*found, Run("\n"), Run(address, link=address)) if address else tuple(found)


def in_lines(entries: Iterable[Runs]) -> Runs:
    """Return several entries as one text, each on lines of its own."""
    found: list[Run] = []
    for entry in entries:
        found += [Run("\n"), *entry] if found else entry
    return tuple(found)


def texts(markdown: str, numbers: dict[str, int], language: str, level: int = 3) -> tuple[Block, ...]:
    """Return the blocks of a text of a record; links to records become absolute addresses."""

    def in_language(run: Run) -> Runs:
        return (Run(run.text, run.marks, run.link, _other(language)),)

    return to_blocks(markdown, numbers, link=absolute_record_link, replace=in_language, level=level)


def facts(rows: Iterable[Fact]) -> Iterator[Block]:
    """Yield rows of facts as a table of two columns; a missing value reads "not known"."""
    yield from pairs((row.label, (Run("; ".join(map(_value_text, row.values)) or _("Not known")),)) for row in rows)


def pairs(rows: Iterable[tuple[str, Runs]]) -> Iterator[Block]:
    """Yield names and descriptions as a table of two columns."""
    found = tuple((Cell((Run(label),), is_header=True), Cell(said)) for label, said in rows)
    if found:
        yield Table(
            tuple(Cell((Run(text),), is_header=True) for text in (_("Item"), _("Details"))), found, widths=(1, 3)
        )


def _value_text(value: Value) -> str:
    return f"{value.text} ({value.note})" if value.note else value.text


def sources(views: Sequence[SourceView]) -> Iterator[Block]:
    """Yield the sources under the numbers that the texts use."""
    items = (titled(each.source.title, each.source.language, each.source.address, each.details) for each in views)
    yield numbered_list(items)


def numbered_list(entries: Iterable[Runs]) -> Listing:
    """Return entries as a numbered list, from 1."""
    return Listing(tuple(ListItem((Paragraph(entry),)) for entry in entries), is_numbered=True)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Return a table of plain text; the first cell of each row is its heading."""
    return Table(
        tuple(Cell((Run(text),), is_header=True) for text in header),
        tuple(tuple(Cell((Run(text),), is_header=place == 0) for place, text in enumerate(row)) for row in rows),
    )


def comparison_table(label: str, names: Sequence[Runs], rows: Iterable[tuple[str, Sequence[Runs]]]) -> Table:
    """Return a table that compares things in columns of equal width, after a column of row names."""
    share = (100 - _LABEL_SHARE) // len(names)
    return Table(
        tuple(Cell(words, is_header=True) for words in ((Run(label),), *names)),
        tuple((Cell((Run(called),), is_header=True), *map(Cell, said)) for called, said in rows),
        widths=(100 - share * len(names), *[share] * len(names)),
    )


def rating_words(rating: Rating) -> str:
    """Return a rating in the words that lists use."""
    level = f"{rating.code} {rating.level_words}".strip()
    return ", ".join((level, rating.direction_words, rating.transfer_words))


def _other(language: str | None) -> str:
    return language if language and language != i18n.current().code else ""
