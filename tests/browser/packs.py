"""The texts that a trainer writes, and a check that each file of the resulting pack is complete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from kb.documents.pdf import is_available
from tests.documents.pdf_file import PdfFile

TOOLS = ("visit-book",)
# The pack contains these too, because the template of an evening uses them.
MORE_TOOLS = ("gate-slip",)


@dataclass(frozen=True)
class Words:
    """What a trainer searches for, and writes in two languages."""

    search: str
    titles: dict[str, str]
    audience: str
    aims: str
    quiz: str
    said: str


TITLES = {"en": "After the report", "lt": "Po pranešimo"}
WORDS = {
    "en": Words(
        search="police",
        titles=TITLES,
        audience="Police and support workers of one town.",
        aims="Know two ways to pass a name on.",
        quiz="What do you know of these five?",
        said="Keep the case, number",
    ),
    "lt": Words(
        search="policija",
        titles=TITLES,
        audience="Vieno miesto policija ir pagalbos darbuotojai.",
        aims="Žinoti du būdus perduoti vardą.",
        quiz="Ką žinote apie šias penkias?",
        said="Palikite atvejį, numeris",
    ),
}


def expected(languages: Sequence[str]) -> set[str]:
    """Return the file names of a pack in these languages; PDF files only where PDF is available."""
    printed = ("pdf",) if is_available() else ()
    papers = ("programme", "handout", "worksheets", "attendance", "feedback")
    named = [*(f"{each}/{paper}-{each}" for each in languages for paper in papers)]
    named += [f"{each}/tools/tool-{tool}-{each}" for each in languages for tool in (*TOOLS, *MORE_TOOLS)]
    named += [f"for-trainers/for-trainers-{each}" for each in languages]
    slides = {f"for-trainers/slides-{'-'.join(languages)}.{name}" for name in ("html", *printed)}
    return slides | {f"{each}.{name}" for each in named for name in ("docx", *printed)}


def written(data: bytes) -> str:
    """Return the XML of a Word file."""
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.read("word/document.xml").decode()


def text_of(data: bytes) -> str:
    """Return the text of a Word file."""
    return unescape(re.sub(r"<[^>]+>", "", written(data).replace("</w:p>", "\n")))


def check_pack(data: bytes, languages: Sequence[str], words: Words, listed: Sequence[str], short: str) -> None:
    """Check programme, slides, handouts, worksheets, attendance list and feedback sheet in each language."""
    code = languages[0]
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    assert set(files) == expected(languages)
    assert [name for name, file in files.items() if name.endswith(".pdf") and not PdfFile(file).pages] == []
    link = short.rpartition("/")[2]
    for each in languages:
        texts = {
            name: text_of(files[f"{each}/{name}-{each}.docx"])
            for name in ("programme", "handout", "worksheets", "attendance", "feedback")
        }
        assert [name for name, text in texts.items() if words.titles[each] not in text] == []
        assert [name for name in ("handout", "attendance", "feedback") if link not in texts[name]] == []
        assert written(files[f"{each}/attendance-{each}.docx"]).count("</w:tr>") > 10
    handout = text_of(files[f"{code}/handout-{code}.docx"])
    assert [title for title in listed if title not in handout] == []
    assert words.quiz in text_of(files[f"{code}/worksheets-{code}.docx"])
    forms = [text_of(data) for name, data in files.items() if "/tools/" in name and name.endswith(".docx")]
    assert len(forms) == len(languages) * len((*TOOLS, *MORE_TOOLS))
    assert all(text.strip() for text in forms)
    slides = files[f"for-trainers/slides-{'-'.join(languages)}.html"].decode()
    assert words.titles[code] in slides
    assert re.findall(r"""(?:src=|<link[^>]+href=)["']?https?:[^"'> ]+""", slides) == []
