"""PDF documents made anew, without what they say of whoever made them; the only module that knows pypdf.

What comes out is what a reader can reach from the pages: nothing of an earlier version, nothing behind the end. The
library is loaded when the first document comes, as most processes never see one.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject, PdfObject

# Programs, other programs and other files: ours are to be read.
_ACTIVE = frozenset({"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia"})
# Actions that send something, or reach another file (ISO 32000-1, 12.6.4).
_ACTIVE |= {"/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Sound", "/Movie", "/Rendition"}
# What a document does by itself when it is opened, turned or filled in, and forms of another kind.
_BY_ITSELF = ("/OpenAction", "/AA", "/XFA")
# Author, program and days; what programs keep for themselves beside a page.
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified")


class Unreadable(Exception):
    """A file that is no whole PDF, or one that is locked."""


class Active(Exception):
    """A document that does something by itself, or carries other files."""


def made_anew(data: bytes) -> bytes:
    """Return a document without its metadata and without what it does by itself. Raises `Unreadable` or `Active`."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, StreamObject

    # One crafted file would make hundreds of lines; what it is, we find out and say ourselves.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted or not reader.pages:
            raise Unreadable
        writer = PdfWriter(clone_from=reader)
        found = [each for each in _within(writer.root_object) if isinstance(each, DictionaryObject)]
        # The bytes of a stream with a file are elsewhere.
        if any(_ACTIVE & _names(each) or (isinstance(each, StreamObject) and "/F" in each) for each in found):
            raise Active
        for each in found:
            for name in (*_TELLING, *_BY_ITSELF):
                each.pop(name, None)
        title = reader.metadata.title if reader.metadata is not None else None
        writer.metadata = {"/Title": title} if title else None  # whoever hears the document is told which it is
        writer.compress_identical_objects(remove_duplicates=False)  # what nothing leads to any more goes with it
        out = io.BytesIO()
        writer.write(out)
    except (Unreadable, Active):
        raise
    except Exception as error:  # whatever a broken file does to the library, it is no document
        raise Unreadable from error
    return out.getvalue()


def _names(found: DictionaryObject) -> set[str]:
    """Return the keys, and the values that are names, as in `/S /JavaScript`."""
    return {*found, *(value for value in found.values() if isinstance(value, str) and value.startswith("/"))}


def _within(root: PdfObject) -> Iterator[PdfObject]:
    """Yield everything that can be reached, each once."""
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
