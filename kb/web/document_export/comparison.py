"""Document of a comparison of practices: the cells of its page, in landscape format."""

from __future__ import annotations

from collections.abc import Iterator

from kb.documents.blocks import Block, Document, Look, Mark, Run, Runs
from kb.web.compare.cell_differences import ComparisonCell, ComparisonValue, RowAgreement
from kb.web.compare.page import ComparePage
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.layout import absolute
from kb.web.parts.page_document import comparison_table, document, heading, in_lines, paragraph, run

_SIGNS = {RowAgreement.DIFFERS: " ≠", RowAgreement.OPEN: " ?"}
_STRONG = frozenset({Mark.STRONG})


def comparison_document(page: ComparePage, address: str) -> Document:
    """Return a comparison of practices, a table for each group of rows."""
    return document(page.heading, _blocks(page), address=address, is_landscape=True)


def _blocks(page: ComparePage) -> Iterator[Block]:
    if page.drafted:
        drafted = ngettext(
            "The text of %(count)s of these practices was drafted by AI.",
            "The texts of %(count)s of these practices were drafted by AI.",
            page.drafted,
        )
        yield paragraph(drafted, Look.NOTICE)
        yield paragraph(_("The last rows show how reliable each text is."), Look.NOTICE)
    differs, is_open = (
        _("values differ; bold values appear in only one practice"),
        _("not known for some practices"),
    )
    yield paragraph(f"≠ {differs}\n? {is_open}", Look.SMALL)
    if page.left_out:
        yield paragraph(page.left_out, Look.SMALL)
    names: tuple[Runs, ...] = tuple(
        (
            Run(f"{column.letter} "),
            run(column.hit.title, column.hit.title_language, link=absolute(column.hit.address)),
        )
        for column in page.columns
    )
    for group in page.groups:
        yield heading(group.label)
        yield comparison_table(
            "",
            names,
            ((f"{row.label}{_SIGNS.get(row.agreement, '')}", tuple(map(_cell, row.cells))) for row in group.rows),
        )


def _cell(cell: ComparisonCell) -> Runs:
    return in_lines(map(_value_runs, cell.said)) if cell.said else (Run(_("Not known")),)


def _value_runs(said: ComparisonValue) -> Runs:
    lead = [Run(f"{said.lead} ", _STRONG)] if said.lead else []
    note = [Run(f" ({said.note})")] if said.note else []
    words = run(said.text, said.language, _STRONG if said.is_apart else frozenset())
    return (*lead, words, *note)
