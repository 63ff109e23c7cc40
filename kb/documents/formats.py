"""The download formats of documents, in the order in which they are offered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb.documents.blocks import Document
from kb.documents.pictures import DrawingFolder


@dataclass(frozen=True)
class FileFormat:
    """A format: its short name, which is also the file ending, and its media type."""

    name: str
    media_type: str


FORMATS: dict[str, FileFormat] = {
    each.name: each
    for each in (
        FileFormat("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        FileFormat("odt", "application/vnd.oasis.opendocument.text"),
        FileFormat("pdf", "application/pdf"),
        FileFormat("html", "text/html; charset=utf-8"),
        FileFormat("md", "text/markdown; charset=utf-8"),
    )
}


def write(document: Document, name: str, fonts: Path, drawings: DrawingFolder | None = None) -> bytes:
    """Return a document as the bytes of a file; each writer is loaded on first use.

    `fonts` is the folder of our typeface, `drawings` that of drawings if it is not ours. Raises `KeyError` for a format
    that is not in `FORMATS`. Raises `Unavailable`
    if the system lacks a library that the format needs.
    """
    match FORMATS[name].name:
        case "docx":
            from kb.documents.word.writer import to_docx

            return to_docx(document, drawings)
        case "odt":
            from kb.documents.odt.writer import to_odt

            return to_odt(document, drawings)
        case "pdf":
            from kb.documents.pdf import to_pdf

            return to_pdf(document, fonts, drawings)
        case "html":
            from kb.documents.html import to_html

            return to_html(document, drawings=drawings).encode()
        case _:
            from kb.documents.markdown import to_markdown

            return to_markdown(document).encode()
