"""Links to the papers and the data of an area. Apart because views of papers need their names without the pages."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from kb.i18n import N_
from kb.web.http.i18n import gettext as _

# Papers of an area, by their part of the address, and their formats.
PAPERS: Mapping[str, str] = {
    "wall-a3": N_("Wall map, A3"),
    "wall-a4": N_("Wall map, A4"),
    "desk": N_("Table of services"),
    "cards": N_("Cards to hand out"),
}
_FORMATS = (("pdf", "PDF"), ("docx", "Word"), ("odt", "ODT"))
_DATA = (("csv", "CSV"), ("geojson", "GeoJSON"), ("vcf", "vCard"))
# A paper or the data, with a name and an address for each format.
PaperLinks = tuple[str, tuple[tuple[str, str], ...]]


def paper_links(area: str) -> tuple[PaperLinks, ...]:
    """Return the papers of an area, which may be a municipality: each station prints those of its own."""
    return tuple(
        (
            _(words),
            tuple(
                (label, url_for("taking.services", area=area, area_paper=paper, name=name)) for name, label in _FORMATS
            ),
        )
        for paper, words in PAPERS.items()
    )


def data_links(record_id: str) -> PaperLinks:
    """Return the data of an area that has a record."""
    address = "organisations.file"
    return _("Data"), tuple((label, url_for(address, record_id=record_id, table_format=name)) for name, label in _DATA)
