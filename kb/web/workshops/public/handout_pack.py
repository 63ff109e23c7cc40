"""Makes printed documents of a workshop with this site's languages and links, and bundles them as one ZIP file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kb.content_store.record_source import CatalogRecords
from kb.documents.blocks import Document
from kb.documents.formats import write
from kb.documents.pdf import is_available
from kb.errors import Rejected
from kb.extensions import db
from kb.web.http import i18n
from kb.web.http.file_queue import fonts, print_pdf, printed
from kb.web.http.layout import absolute
from kb.web.http.rendering import generation, store, today
from kb.web.parts.passages import record_link
from kb.web.workshops.public.slides_page import deck_of, offline_file
from kb.web.workshops.urls import readable_address, short_address
from kb.workshops.frozen.item import Held, held
from kb.workshops.handouts.page_setup import PrintedLink, Setting
from kb.workshops.handouts.registry import Paper, papers_of
from kb.workshops.model import Item, Workshop

NORMAL, LARGE = "a4", "large-print"
_FORMATS = ("pdf", "docx")
# Folder of files for trainers. All other folders can be passed on to participants.
_TRAINERS = "for-trainers"


def known_languages(workshop: Workshop) -> list[str]:
    """Return the languages available for documents: those of the workshop first, then the others of the site."""
    return list(dict.fromkeys((*workshop.languages, *(each.code for each in i18n.offered()))))


def page_setting(workshop: Workshop, code: str, *, is_large: bool) -> Setting:
    """Return the settings for documents of a workshop in a language."""
    found: dict[str, Held] = {}

    def once(item: Item) -> Held:
        if item.id not in found:
            found[item.id] = held(db.session, item)
        return found[item.id]

    is_offered = code in {each.code for each in i18n.offered()}
    language = code if is_offered else i18n.current().code

    def whole(target: str) -> str:
        path = record_link(target, language)
        return absolute(path) if path.startswith("/") else path

    return Setting(
        workshop=workshop,
        speech=i18n.speech(code),
        vocabularies=store().vocabularies,
        held=once,
        link=whole,
        today=today(),
        page=_way(workshop),
        feedback=_way(workshop, to_feedback=True),
        shelf=CatalogRecords(generation().catalog),
        is_large=is_large,
    )


def _way(workshop: Workshop, *, to_feedback: bool = False) -> PrintedLink:
    address, spelling = (
        short_address(workshop, to_feedback=to_feedback),
        readable_address(workshop, to_feedback=to_feedback),
    )
    return PrintedLink(address, "".join(spelling))


def file_name(paper: Paper, code: str, size: str) -> str:
    """Return the file name of a document without its extension."""
    return "-".join((paper.name, code, *([size] if size == LARGE else [])))


def make_pack(workshop: Workshop, *, is_large: bool) -> bytes:
    """Return all documents in the languages of a workshop as one ZIP file. Raises `Busy` under too much load."""
    target, day = BytesIO(), today()
    with printed.place(), ZipFile(target, "w") as archive:
        for name, data in _files(workshop, is_large=is_large):
            entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, data)
    return target.getvalue()


def _files(workshop: Workshop, *, is_large: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the path of each file in the ZIP file, and its bytes."""
    size = LARGE if is_large else NORMAL
    for code in workshop.languages:
        setting = page_setting(workshop, code, is_large=is_large)
        for paper in papers_of(setting).values():
            document = paper.make(setting)
            folder = _TRAINERS if paper.name == _TRAINERS else f"{code}/tools" if paper.is_tool else code
            for name in _FORMATS:
                if name == "pdf" and not is_available():
                    continue
                try:
                    yield f"{folder}/{file_name(paper, code, size)}.{name}", _paper(document, name)
                except Rejected:  # too long for a PDF; the Word file is complete
                    continue
    # Slides for trainers have the answers of a quiz after its questions.
    slides, named = deck_of(workshop, has_answers=True), f"{_TRAINERS}/slides-{'-'.join(workshop.languages)}"
    yield f"{named}.html", offline_file(slides)
    if is_available():
        with suppress(Rejected):  # too many for a PDF; the HTML file is complete
            yield f"{named}.pdf", print_pdf(slides)


def _paper(document: Document, name: str) -> bytes:
    return print_pdf(document) if name == "pdf" else write(document, name, fonts())
