"""Rewrites PDF documents without personal metadata; the only module that uses pypdf.

The result holds only the objects that are reachable from the pages: nothing of an earlier version, nothing after the
end. The library is loaded for the first document, as most processes never see one.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject, PdfObject

# Programs, launch actions and embedded files: our documents are only to be read.
_ACTIVE = frozenset({"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia"})
# Actions that send data, or reach another file (ISO 32000-1, 12.6.4).
_ACTIVE |= {"/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Sound", "/Movie", "/Rendition"}
# Actions on opening, turning or filling in a document, and XFA forms.
_BY_ITSELF = ("/OpenAction", "/AA", "/XFA")
# Author, program and dates; private data of programs on a page.
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified")


class Unreadable(Exception):
    """A file that is not a complete PDF, or one that is locked."""


class Active(Exception):
    """A document with active content or embedded files."""


def made_anew(data: bytes) -> bytes:
    """Return a document without metadata and automatic actions. Raises `Unreadable` or `Active`."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, StreamObject

    # One crafted file would log hundreds of lines; we detect and report the problem ourselves.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted or not reader.pages:
            raise Unreadable
        writer = PdfWriter(clone_from=reader)
        found = [each for each in _within(writer.root_object) if isinstance(each, DictionaryObject)]
        # The bytes of a stream with /F are in an external file.
        if any(_ACTIVE & _names(each) or (isinstance(each, StreamObject) and "/F" in each) for each in found):
            raise Active
        for each in found:
            for name in (*_TELLING, *_BY_ITSELF):
                each.pop(name, None)
        title = reader.metadata.title if reader.metadata is not None else None
        writer.metadata = {"/Title": title} if title else None  # screen readers announce the title
        writer.compress_identical_objects(remove_duplicates=False)  # this also removes unreachable objects
        out = io.BytesIO()
        writer.write(out)
    except (Unreadable, Active):
        raise
    except Exception as error:  # any error of the library on a broken file means that it is not a readable document
        raise Unreadable from error
    return out.getvalue()


def _names(found: DictionaryObject) -> set[str]:
    """Return the keys, and the values that are names, as in `/S /JavaScript`."""
    return {*found, *(value for value in found.values() if isinstance(value, str) and value.startswith("/"))}


def _within(root: PdfObject) -> Iterator[PdfObject]:
    """Yield every reachable object once."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting, seen = [root], set[int]()
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            found = each.get_object()
            if found is not None:
                waiting.append(found)
            continue
        yield each
        if isinstance(each, DictionaryObject):
            waiting += each.values()
        elif isinstance(each, ArrayObject):
            waiting += each
