"""The formats in which documents are taken away, in the order in which they are offered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb.documents.blocks import Document


@dataclass(frozen=True)
class FileFormat:
    """A format: its short name, which is also the ending of a file, and what servers call it."""

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


def write(document: Document, name: str, fonts: Path) -> bytes:
    """Return a document as the bytes of a file; each writer is loaded when it is first asked for.

    `fonts` is the folder of our typeface. Raises `KeyError` for a format that is not in `FORMATS`, `Unavailable`
    where the system lacks what a format needs.
    """
    match FORMATS[name].name:
        case "docx":
            from kb.documents.docx import to_docx

            return to_docx(document)
        case "odt":
            from kb.documents.odt import to_odt

            return to_odt(document)
        case "pdf":
            from kb.documents.pdf import to_pdf

            return to_pdf(document, fonts)
        case "html":
            from kb.documents.html import to_html

            return to_html(document).encode()
        case _:
            from kb.documents.markdown import to_markdown

            return to_markdown(document).encode()
