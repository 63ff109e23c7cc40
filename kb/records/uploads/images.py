"""Validates uploaded files by their content and re-encodes pictures; the only module that uses Pillow.

A re-encoded picture holds only its pixels. It has no place and time of the camera, and no thumbnail of parts cut away.
It has no second file after its end. A document loses its author (`pdf_files.py`). The library is loaded for the first
picture, as most processes never see one.
"""

from __future__ import annotations

import io
import re
import threading
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kb.i18n import N_
from kb.problems import Problem
from kb.records.attachments import NAME
from kb.records.uploads.pdf_files import Active, Unreadable, made_anew

if TYPE_CHECKING:
    from PIL import Image

# Limit for an uploaded file.
MOST_BYTES = 10 * 1024 * 1024
# Checked before decoding: a picture with so many pixels takes 160 MB of memory while it is re-encoded.
MOST_POINTS = 40_000_000
# No page shows more than this, and readers with slow lines would wait for it.
LONGEST_SIDE = 2400
_PICTURES = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
# Active content of a PDF; our documents are only to be read.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # a PDF name may write any of its letters this way
_PDF = re.compile(rb"%PDF-[12]\.\d[\r\n ]")
_PDF_END = re.compile(rb"%%EOF\s*\Z")
_LONGEST_NAME = 60
# One picture at a time in each process, so that many at once do not fill its memory.
_unpacking = threading.Lock()


@dataclass(frozen=True)
class CleanFile:
    """A cleaned file: its bytes, and the ending that its name must have."""

    data: bytes
    ending: str


class Refused(Exception):
    """A file that is refused; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def is_picture(name: str) -> bool:
    """Return whether a file of this name is shown within texts."""
    return name.rpartition(".")[2] in _PICTURES


def size_of(data: bytes) -> tuple[int, int]:
    """Return width and height of a picture from its header alone; two zeros for other files."""
    ending = ending_of(data)
    if ending not in _PICTURES:
        return 0, 0
    try:
        with _opened(data, ending) as image:
            turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            width, height = image.size
    except Refused:
        return 0, 0
    except Exception:  # any error of the library on a broken file means that it is not a picture
        return 0, 0
    return (height, width) if turned else (width, height)


def ending_of(data: bytes) -> str:
    """Return the file ending that the content requires, independent of the name; empty for refused types."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    return "pdf" if _PDF.match(data) else ""


def taken(data: bytes) -> CleanFile:
    """Return the cleaned, rewritten file. Raises `Refused`."""
    if not data:
        raise Refused(Problem("no-file", N_("Select a file."), ("file",)))
    if len(data) > MOST_BYTES:
        message = N_("The file is larger than %(limit)s megabytes. Make it smaller.")
        raise Refused(Problem("too-large", message, ("file",), params={"limit": MOST_BYTES // 1024 // 1024}))
    ending = ending_of(data)
    if ending == "pdf":
        return CleanFile(_document(data), ending)
    if ending not in _PICTURES:
        message = N_(
            "This file is not a JPEG, PNG or WebP image or a PDF, even if its name says so. Save the file in one of "
            "these formats."
        )
        raise Refused(Problem("unknown-type", message, ("file",)))
    try:
        with _unpacking, _opened(data, ending) as image:
            return CleanFile(_made_anew(image, ending), ending)
    except Refused:
        raise
    except Exception as error:  # any error of the library on a broken file means that it is not a picture
        message = N_("The image is damaged and cannot be read. Save the image again, then upload the new file.")
        raise Refused(Problem("broken-picture", message, ("file",))) from error


def _document(data: bytes) -> bytes:
    """Return a rewritten PDF. Active content is searched in the raw bytes, and again after decompression."""
    try:
        if not _PDF_END.search(data[-1024:]):
            raise Unreadable
        if _ACTIVE.search(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)):
            raise Active
        with _unpacking:
            return made_anew(data)
    except Unreadable as error:
        message = N_(
            "The PDF is locked or incomplete, or has extra data at the end. Save the PDF again, then upload "
            "the new file."
        )
        raise Refused(Problem("broken-document", message, ("file",))) from error
    except Active as error:
        message = N_("The PDF contains a program or other files. Print it to a new PDF and upload the new PDF.")
        raise Refused(Problem("active-document", message, ("file",))) from error


def _opened(data: bytes, ending: str) -> Image.Image:
    """Open a picture without decoding it. Raises `Refused` for one that would fill the memory."""
    from PIL import Image, ImageFile

    # WeasyPrint accepts truncated pictures in the whole process; uploaded ones must be complete.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        image = Image.open(io.BytesIO(data), formats=(_PICTURES[ending],))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(_too_many()) from error
    if image.width * image.height > MOST_POINTS:
        raise Refused(_too_many())
    # A JPEG of some telephones holds the same picture in several sizes; the first has full size.
    if ending != "jpg" and getattr(image, "n_frames", 1) > 1:
        message = N_("Animated images are not allowed because they distract readers. Save one frame as a still image.")
        raise Refused(Problem("animated", message, ("file",)))
    return image


def _too_many() -> Problem:
    message = N_("The image has more than %(limit)s million pixels. Make it smaller.")
    return Problem("too-many-points", message, ("file",), params={"limit": MOST_POINTS // 1_000_000})


def _made_anew(image: Image.Image, ending: str) -> bytes:
    """Return a picture of the same pixels, upright, in sRGB, without any other data."""
    from PIL import Image, ImageOps

    profile = image.info.get("icc_profile")
    if ending == "jpg":
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # decoded in a quarter of the memory where that is enough
    image.load()
    upright = ImageOps.exif_transpose(image)
    coloured = _for_screens(upright, profile)
    coloured.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(coloured.mode, coloured.size)  # a new image drops the metadata that the library keeps
    bare.paste(coloured)
    out = io.BytesIO()
    options: dict[str, dict[str, Any]] = {
        "jpg": {"quality": 85, "progressive": True, "optimize": True},
        "png": {"optimize": True},
        "webp": {"quality": 88, "method": 4},
    }
    bare.save(out, _PICTURES[ending], **options[ending])
    return out.getvalue()


def _for_screens(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture in sRGB: grey or colour, with transparency if it has some."""
    if image.mode.startswith("I"):  # grey in 16 bits
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    plain = image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")
    plain = _converted(plain, profile) if profile else plain
    plain = plain if plain.mode in ("L", "RGB") else plain.convert("RGB")
    if alpha is None:
        return plain
    plain = plain.convert("RGB")
    plain.putalpha(alpha)
    return plain


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # the profile does not fit the picture: show it as most programs do
    return made if made is not None else image


def safe_name(name: str, ending: str) -> str:
    """Return a file name that is valid in URLs and texts, derived from the name on the user's computer."""
    last = re.split(r"[/\\]", name)[-1]
    stem = last.rpartition(".")[0] or last
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-")
    made = f"{words or ('picture' if ending in _PICTURES else 'document')}.{ending}"
    return made if NAME.fullmatch(made) else f"picture.{ending}"
