"""Papers as a police station prints them: a form on one side, a folded leaflet, cards, a poster, a booklet."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from kb.documents.blocks import (
    Block,
    Box,
    Cards,
    ColumnBreak,
    ContentControl,
    ControlType,
    Document,
    FieldRow,
    FormField,
    Heading,
    Listing,
    ListItem,
    Look,
    Mark,
    PageBreak,
    PageSetup,
    Paragraph,
    Pictured,
    QrCode,
    Rule,
    Run,
    Sheet,
    Strips,
)
from kb.documents.pictures import DrawingFolder

ADDRESS = "https://example.org/help"


def words(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def line(label: str) -> Run:
    return Run(label, frozenset({Mark.LINE}))


def field(label: str, kind: ControlType = ControlType.LINE, options: tuple[str, ...] = (), lines: int = 1) -> FormField:
    name = label.lower().replace(" ", "-")
    return FormField((Run(label),), ContentControl(name, kind, label, options, lines), (Run(f"hint of {name}"),), "9")


def row(*fields: FormField, widths: tuple[int, ...] = ()) -> FieldRow:
    return FieldRow(fields, widths or (1,) * len(fields))


def form(more: int = 0) -> Document:
    """Return a form on one side, with so many rows more."""
    choice, choices, area = ControlType.CHOICE, ControlType.CHOICES, ControlType.AREA
    rows = (
        row(field("Name"), field("Day of birth", ControlType.DATE), widths=(65, 35)),
        row(field("Telephone"), field("May", choices, ("leave a message", "say who it is")), widths=(35, 65)),
        row(field("What happened", area, lines=2)),
        row(field("Help", choices, tuple(f"kind of help number {number}" for number in range(11)))),
        row(
            field("Urgency", choice, ("today", "within two days", "within a week")), field("Agreed", ControlType.CHECK)
        ),
        *(row(field(f"Question {number}"), field(f"Second {number}"), field(f"Third {number}")) for number in range(8)),
        *(row(field(f"More {number}")) for number in range(more)),
    )
    blocks: tuple[Block, ...] = (
        PageBreak(is_one_side=True),
        Box((words("Hand this sheet over today. " * 5),), Look.NOTICE),
        Heading(2, (Run("The person"),)),
        *rows,
        Paragraph((Run("Received by "), line("Name of the receiver"), Run("."))),
        Paragraph((line("Remarks"),)),
    )
    page = PageSetup(points=9.5, is_compact=True)
    return Document("Referral", "en", blocks, header="Header", footer="Footer", stamp="Draft", is_form=True, page=page)


def leaflet(paragraphs: int = 3) -> Document:
    """Return a sheet folded into three panels, with text on both sides."""
    text = "You can talk to somebody who listens, and nobody is told. "

    def panel(number: int) -> tuple[Block, ...]:
        return Heading(2, (Run(f"Panel {number}"),)), *(words(text * 2),) * paragraphs

    side = (*panel(1), ColumnBreak(), *panel(2), ColumnBreak(), *panel(3))
    page = PageSetup(is_landscape=True, panels=3, points=10.5, is_bare=True)
    return Document(
        "Leaflet", "en", (*side, PageBreak(), *panel(4), ColumnBreak(), *panel(5)), footer="Foot", page=page
    )


def cards(paragraphs: int = 1) -> Document:
    """Return two sheets of eight cards: front and back."""
    front = (Heading(2, (Run("Not alone"),)), QrCode(ADDRESS, (Run("example.org"),)))
    back = (words("You can call me, also at night or at the weekend. " * paragraphs),)
    return Document("Cards", "en", (Cards(front), PageBreak(), Cards(back)), page=PageSetup(points=10, is_bare=True))


def poster() -> Document:
    blocks = (
        Heading(2, (Run("Has somebody hurt you?"),)),
        QrCode(ADDRESS, (Run("example.org"),)),
        Rule(is_cut=True),
        Strips((Run("Help after a crime\n116 006"),)),
    )
    return Document("Poster", "en", blocks, page=PageSetup(sheet=Sheet.A3, points=26, is_bare=True))


def booklet() -> Document:
    inner = (words("You have a right to help."), Listing((ListItem((words("It is free."),)),)))
    pictures = (Pictured("house", "A house with a door", inner),) * 2
    return Document("Rights", "en", (*pictures, PageBreak(), *pictures), page=PageSetup(sheet=Sheet.A5, points=13))


def drawings(folder: Path) -> DrawingFolder:
    """Write a drawing of a house, twice as wide as high, into a folder."""
    svg = (
        '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200">'
        '<title>unused</title><path d="M10 50 100 10 190 50V90H10Z"/></svg>'
    )
    folder.joinpath("house.svg").write_text(svg, "utf-8")
    rows = b"".join(b"\0" + bytes(200) for _ in range(100))
    header = struct.pack(">IIBBBBB", 200, 100, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    data = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    folder.joinpath("house.png").write_bytes(b"\x89PNG\r\n\x1a\n" + data)
    return DrawingFolder(folder)
