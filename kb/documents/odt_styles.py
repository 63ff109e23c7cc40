"""Styles of an OpenDocument text: named ones for paragraphs, and one for each formatting of text."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

import odfdo

from kb.documents.blocks import Mark
from kb.documents.design_tokens import BRICK, MARKER, PINE, SOFT, WASH
from kb.documents.print_sizes import body, sheet, smaller, text_width

FONT = "Liberation Sans"
_COUNTRIES = {"en": "GB", "it": "IT", "lt": "LT", "pt": "PT", "ro": "RO"}
_LOOKS = {
    Mark.STRONG: 'fo:font-weight="bold"',
    Mark.EMPHASIS: 'fo:font-style="italic"',
    Mark.CODE: 'style:font-name="Liberation Mono"',
    Mark.SUPERSCRIPT: 'style:text-position="super 58%"',
    Mark.OPEN: f'fo:background-color="{MARKER}"',
}
_ORDER = tuple(_LOOKS)
_ON_NEW_PAGE = "OnNewPage"
_PARTS = 655  # of a hundredth: LibreOffice divides a width into 65535 parts and rounds smaller ones away
_MARGINS = {"top": 1.2, "bottom": 1.2, "left": 2.2, "right": 1.8}  # header and footer are inside
# A line of the contents: the page number is at the right, with dots before it.
_CONTENTS = (
    '<style:style style:name="Contents" style:family="paragraph" style:parent-style-name="Standard">'
    f'<style:paragraph-properties fo:margin-bottom="0.07cm"><style:tab-stops><style:tab-stop style:type="right" '
    f'style:position="{text_width(is_landscape=False) / 10}cm" style:leader-style="dotted" style:leader-text="."/>'
    "</style:tab-stops></style:paragraph-properties></style:style>"
)


def span_style(marks: frozenset[Mark], language: str) -> str:
    """Return the style name of a text, or an empty text if it has no special formatting."""
    names = [str(mark) for mark in _ORDER if mark in marks]
    return "-".join(["T", *names, *([language] if language else [])]) if names or language else ""


def set_styles(file: odfdo.Document, language: str, *, is_large: bool) -> None:
    """Add our styles to a new file and set its language."""
    size, small = body(is_large=is_large), smaller(9.7, is_large=is_large)
    country = _COUNTRIES.get(language, "none")
    text = f'style:font-name="{FONT}" fo:font-size="{size}pt" fo:language="{language}" fo:country="{country}"'
    _paragraph(file, "Standard", "", 'fo:margin-bottom="0.2cm" fo:line-height="118%"', text)
    _paragraph(file, "Lead", "Standard", 'fo:keep-with-next="always"', "")
    _paragraph(file, "Title", "Standard", 'fo:margin-bottom="0.1cm"', _type(size * 1.9, PINE, "bold"))
    _paragraph(file, "Subtitle", "Standard", "", _type(size * 1.15, SOFT))
    for level, factor in enumerate((1.35, 1.15, 1, 1, 1), 1):
        above = "0.5cm" if level == 1 else "0.35cm"
        place = f'fo:margin-top="{above}" fo:margin-bottom="0.1cm" fo:keep-with-next="always"'
        for name in (f"Heading_20_{level}", f"Heading_20_{level}{_ON_NEW_PAGE}"):
            _paragraph(file, name, "Standard", place, _type(size * factor, PINE, "bold"), level=level)
    _paragraph(file, "Small", "Standard", "", _type(small, SOFT))
    _paragraph(file, "Large", "Standard", "", _type(size * 1.15))
    _paragraph(file, "Notice", "Standard", "", _type(size, BRICK, "bold"))
    aloud = f'fo:background-color="{WASH}" fo:padding="0.2cm" fo:border-left="0.1cm solid {PINE}"'
    _paragraph(file, "ReadAloud", "Standard", f'{aloud} fo:keep-with-next="always"', "")
    _paragraph(file, "Quoted", "Standard", 'fo:margin-left="0.8cm"', 'fo:font-style="italic"')
    _paragraph(
        file, "FieldLabel", "Standard", 'fo:margin-bottom="0.05cm" fo:keep-with-next="always"', _type(size, "", "bold")
    )
    inside = 'fo:margin-left="1.4cm" fo:text-indent="-0.7cm" fo:margin-bottom="0.1cm" fo:keep-together="always"'
    _paragraph(file, "Option", "Standard", f'{inside} fo:keep-with-next="always"', "")
    _paragraph(file, "LastOption", "Standard", inside, "")
    _paragraph(file, "FieldCell", "Standard", 'fo:margin-bottom="0cm" fo:line-height="100%"', _type(size, "", "bold"))
    _paragraph(file, "FieldEntry", "Standard", 'fo:margin-bottom="0cm" fo:line-height="105%"', "")
    _paragraph(file, "Gap", "Standard", 'fo:margin-bottom="0cm" fo:line-height="0.2cm"', _type(2))
    _paragraph(file, "TableCaption", "Standard", 'fo:keep-with-next="always"', _type(size, "", "bold"))
    _paragraph(
        file, "TableHeading", "Standard", 'fo:margin-bottom="0cm" fo:line-height="100%"', _type(size * 0.92, "", "bold")
    )
    _paragraph(file, "TableText", "Standard", 'fo:margin-bottom="0cm" fo:line-height="100%"', _type(size * 0.92))
    _paragraph(file, "Line", "Standard", f'fo:border-bottom="0.02cm solid {SOFT}"', "")
    room = f'fo:border="0.02cm solid {SOFT}" fo:padding="0.1cm" style:line-height-at-least="0.8cm"'
    _paragraph(file, "Room", "Standard", f'{room} fo:margin-bottom="0.3cm" fo:keep-together="always"', "")
    file.insert_style(_CONTENTS)
    for kind in ("bullet", "number"):
        file.insert_style(_list_style(kind))
    # Named styles, because page headers cannot use automatic ones.
    _text(file, "Soft", f'fo:color="{SOFT}" fo:font-weight="normal"', "", is_named=True)
    beside = f'fo:color="{SOFT}" fo:font-weight="normal" fo:font-size="{small:.1f}pt"'
    _text(file, "Hint", beside, "", is_named=True)
    _text(file, "Stamp", f'fo:color="{BRICK}" fo:font-weight="bold"', "", is_named=True)
    for outline in file.styles.get_elements("//text:outline-style"):
        outline.delete()  # the template numbers its headings


def column_style(share: int) -> str:
    """Return the style name of a column that takes this many hundredths of the width."""
    return f"Column{share}"


def row_style(height: int) -> str:
    """Return the style name of a row with this minimum height in millimetres."""
    return f"Row{height}"


def automatic_styles(
    file: odfdo.Document,
    looks: Iterable[tuple[frozenset[Mark], str]],
    shares: Iterable[int],
    heights: Iterable[int],
    width_mm: int,
) -> None:
    """Add the automatic styles of texts and tables: formatting with languages, column widths, row heights.

    `width_mm` is the width of the text on a page.
    """
    named = {span_style(marks, language): (marks, language) for marks, language in looks}
    for name, (marks, language) in sorted(named.items()):
        _text(file, name, " ".join(_LOOKS[mark] for mark in _ORDER if mark in marks), language)
    frame = f'fo:border="0.02cm solid {SOFT}" fo:padding="0.12cm"'
    found = {
        "Framed": ("table-cell", f"<style:table-cell-properties {frame}/>"),
        "Labelled": ("table-cell", f'<style:table-cell-properties {frame} fo:background-color="{WASH}"/>'),
        "Bare": ("table-cell", '<style:table-cell-properties fo:border="none" style:vertical-align="middle"/>'),
        "Wide": ("table", '<style:table-properties style:rel-width="100%" table:align="margins"/>'),
        "TornRow": ("table-row", '<style:table-row-properties fo:keep-together="auto"/>'),
        "WholeRow": ("table-row", '<style:table-row-properties fo:keep-together="always"/>'),
    }
    for name, height in (("Row", 8), ("HighRow", 16), *((row_style(each), each) for each in sorted(heights))):
        least = f'style:min-row-height="{height / 10}cm" fo:keep-together="always"'
        found[name] = ("table-row", f"<style:table-row-properties {least}/>")
    for share in sorted(shares):
        width = f'style:column-width="{width_mm * share / 1000:.2f}cm" style:rel-column-width="{_PARTS * share}*"'
        found[column_style(share)] = ("table-column", f"<style:table-column-properties {width}/>")
    for name, (family, inner) in found.items():
        element = f'<style:style style:name="{name}" style:family="{family}">{inner}</style:style>'
        file.insert_style(element, automatic=True)


def page(file: odfdo.Document, header: str, footer: str, *, is_landscape: bool) -> None:
    """Set the page size, the header, and the footer with the page number."""
    width, height = sheet(is_landscape=is_landscape)
    size = {
        "fo:page-width": f"{width / 10}cm",
        "fo:page-height": f"{height / 10}cm",
        "style:print-orientation": "landscape" if is_landscape else "portrait",
    }
    below = (
        f'<text:p text:style-name="Small">{escape(footer)} · <text:page-number text:select-page="current"/> / '
        "<text:page-count/></text:p>"
    )
    for master in file.styles.get_elements("//style:master-page"):
        for kind, inner in (("header", header), ("footer", below)):
            for old in master.get_elements(f"style:{kind}"):
                master.delete(old)
            master.append(odfdo.Element.from_tag(f"<style:{kind}>{inner}</style:{kind}>"))
    for properties in file.styles.get_elements("//style:page-layout/style:page-layout-properties"):
        for name, value in size.items():
            properties.set_attribute(name, value)
        for side, centimetres in _MARGINS.items():
            properties.set_attribute(f"fo:margin-{side}", f"{centimetres}cm")
    for layout in file.styles.get_elements("//style:page-layout"):
        for kind, space in (("header", "bottom"), ("footer", "top")):
            for old in layout.get_elements(f"style:{kind}-style"):
                layout.delete(old)
            inner = f'<style:header-footer-properties fo:min-height="0.9cm" fo:margin-{space}="0.5cm"/>'
            layout.append(odfdo.Element.from_tag(f"<style:{kind}-style>{inner}</style:{kind}-style>"))


def _type(points: float, colour: str = "", weight: str = "") -> str:
    parts = [f'fo:font-size="{points:.1f}pt"']
    parts += [f'fo:color="{colour}"'] if colour else []
    parts += [f'fo:font-weight="{weight}"'] if weight else []
    return " ".join(parts)


def _paragraph(file: odfdo.Document, name: str, parent: str, place: str, text: str, level: int = 0) -> None:
    """Add a paragraph style, and its variant that begins a new page."""
    names = [(name, place)]
    if not name.endswith(_ON_NEW_PAGE) and not level:
        names.append((f"{name}{_ON_NEW_PAGE}", f'{place} fo:break-before="page"'))
    elif name.endswith(_ON_NEW_PAGE):
        names = [(name, f'{place} fo:break-before="page"')]
    for each, properties in names:
        above = f' style:parent-style-name="{parent}"' if parent else ""
        outline = f' style:default-outline-level="{level}"' if level else ""
        xml = (
            f'<style:style style:name="{each}" style:family="paragraph"{above}{outline}>'
            f"<style:paragraph-properties {properties}/><style:text-properties {text}/></style:style>"
        )
        file.insert_style(xml)


def _text(file: odfdo.Document, name: str, look: str, language: str, *, is_named: bool = False) -> None:
    country = _COUNTRIES.get(language, "none")
    spoken = f' fo:language="{language}" fo:country="{country}"' if language else ""
    xml = f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}{spoken}/></style:style>'
    file.insert_style(xml, automatic=not is_named)


def _list_style(kind: str) -> str:
    name = "Bulleted" if kind == "bullet" else "Numbered"
    sign = 'text:bullet-char="•"' if kind == "bullet" else 'style:num-format="1" style:num-suffix="."'
    levels = "".join(
        f'<text:list-level-style-{kind} text:level="{level}" {sign}><style:list-level-properties '
        f'text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment '
        f'text:label-followed-by="listtab" fo:text-indent="-0.6cm" fo:margin-left="{0.6 * level:.1f}cm"/>'
        f"</style:list-level-properties></text:list-level-style-{kind}>"
        for level in range(1, 5)
    )
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'
