"""The styles of a printed page that follow from its setup: sheet, margins, letters, panels, cards and strips.

Apart because `html` writes blocks, and these rules depend on the page setup alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.documents.blocks import Document
from kb.documents.cut_sheets import fitted_sizes
from kb.documents.print_sizes import EDGE_MM, Margins, PrintSizes

_ABOVE_STRIPS_MM = 5
_BOXES = ("top-left", "top-right", "bottom-left", "bottom-right")


def page_css(document: Document) -> str:
    """Return the rules that follow `paper.css` in the file of a document."""
    return "\n".join(_rules(document, fitted_sizes(document)))


def _rules(document: Document, sizes: PrintSizes) -> Iterator[str]:
    page, (width, height) = document.page, sizes.sheet
    nothing = " ".join(f"@{box} {{ content: none; }}" for box in _BOXES)
    hidden = nothing if page.is_bare else ""
    if page.is_compact and not page.is_bare:
        small = "font-size: 7.5pt; vertical-align: top; padding-top: 2mm"
        hidden = (
            "@top-left { content: none; } @top-right { content: none; } "
            f'@bottom-left {{ content: string(footer) "  " string(stamp); {small}; }} @bottom-right {{ {small}; }}'
        )
    yield f"@page {{ size: {width}mm {height}mm; margin: {_sides(sizes.margins)}; {hidden} }}"
    yield f"@page sheet {{ margin: {_sides(sizes.tight_margins)}; }}"
    yield f"@page cards {{ margin: 0; {nothing} }}"
    yield f"@page strips {{ margin-bottom: {sizes.strip + EDGE_MM + _ABOVE_STRIPS_MM}mm; }}"
    yield f"html {{ font-size: {sizes.page.points:g}pt; --code: {sizes.code}mm; }}"
    yield f"@media print {{ .strips {{ bottom: -{sizes.strip + _ABOVE_STRIPS_MM}mm; }} }}"
    if page.panels > 1:
        columns = f"grid-template-columns: {' '.join([f'{sizes.width:g}mm'] * page.panels)}"
        for medium in ("print", "screen and (width >= 70rem)"):
            yield f"@media {medium} {{ .panels {{ display: grid; {columns}; column-gap: {sizes.gap}mm; }} }}"
        yield f".flowing {{ columns: {page.panels}; column-gap: {sizes.gap}mm; column-fill: auto; }}"


def _sides(margins: Margins) -> str:
    return " ".join(f"{side}mm" for side in margins)
