"""Splits a Markdown text into paragraphs and sentences, and counts words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_FENCED = re.compile(r"^ {0,3}(?:```|~~~).*?(?:^ {0,3}(?:```|~~~)[ \t]*$|\Z)", re.M | re.S)
_CODE = re.compile(r"`+[^`]*`+")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)\s]*[^)]*\)")
_LINK = re.compile(r"\[([^\]\[]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.)[^\s<>)]+>?")
_MARK = re.compile(r"\[\^[a-zA-Z0-9-]+\]")
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")
_NO_PROSE = re.compile(r"^\s*(?:#|\||>|!\[|-{3,}\s*$)")
_WORD = re.compile(r"[^\W_]+(?:['\u2019./,\u2013-][^\W_]+)*")
_END = re.compile(r"[.!?…]+[\"'”»“’)\]]*\s+(?=[\"'„“«‘(\[]*[^\W_])")
_LAST_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)[.!?…]+[\"'”»“’)\]]*\s*$")

# Abbreviations whose full stop does not end a sentence, though a capital or a figure may follow. A single letter needs
# no entry. A word that often ends a sentence (etc., ecc., kt.) is not listed.
_SHORT: Mapping[str, str] = {
    "en": "e.g i.e mr mrs ms dr prof st no nos art arts para paras pp vol ed eds cf vs approx inc ltd fig sec reg dir "
    "jan feb mar apr aug sept oct nov dec",
    "it": "art artt nn pag pagg pp dott sig prof avv es cfr co lett par d.lgs d.l ca dir reg ss cap cost cod pen proc",
    "lt": "pvz t.y str nr val min sek mėn proc tūkst mln mlrd dr prof doc plg žr vad sav aps gyv tel egz",
    "pt": "art arts n.º nº pp pág págs sr sra dr dra prof ex cf al séc vol av cap reg dir",
    "ro": "art alin lit nr pag pp dl dna dr prof str bd ex cf vol mil mld cap reg dir",
}
_ABBREVIATIONS = {language: frozenset(words.split()) for language, words in _SHORT.items()}


def without_code(text: str) -> str:
    """Return a text without code."""
    return _CODE.sub(" ", _FENCED.sub("\n", text))


def readable(text: str) -> str:
    """Return the readable text: words of links without their URLs, without source marks and code."""
    for pattern, kept in ((_IMAGE, r" "), (_LINK, r"\1"), (_ADDRESS, " "), (_MARK, ""), (_EMPHASIS, "")):
        text = pattern.sub(kept, text if pattern is not _IMAGE else without_code(text))
    return text


def paragraphs(text: str) -> Iterator[str]:
    """Yield the blocks between blank lines, without code; a list is one block."""
    for block in re.split(r"\n[ \t]*\n", without_code(text)):
        if block.strip():
            yield block.strip("\n")


def sentences(text: str, language: str) -> Iterator[str]:
    """Yield the sentences of a readable text; headings and tables have none."""
    for block in paragraphs(text):
        for piece in _pieces(block):
            yield from _sentences(" ".join(readable(piece).split()), language)


def count_words(text: str) -> int:
    """Return the number of words; parts joined by a hyphen, a dash or another character count as one."""
    return len(_WORD.findall(text))


def _pieces(block: str) -> Iterator[str]:
    """Yield the items of a list separately, and the lines of a paragraph together."""
    gathered: list[str] = []
    for line in block.split("\n"):
        is_item, is_other = bool(_ITEM.match(line)), bool(_NO_PROSE.match(line))
        if (is_item or is_other) and gathered:
            yield " ".join(gathered)
            gathered = []
        if not is_other:
            gathered.append(_ITEM.sub("", line))
    if gathered:
        yield " ".join(gathered)


def _sentences(text: str, language: str) -> Iterator[str]:
    begin = 0
    for match in _END.finditer(text):
        if _ends(text[begin : match.end()], text[match.end() :], language):
            yield text[begin : match.end()].strip()
            begin = match.end()
    if text[begin:].strip():
        yield text[begin:].strip()


def _ends(before: str, after: str, language: str) -> bool:
    first = next((letter for letter in after if letter.isalnum()), "")
    if first.islower():
        return False
    last = _LAST_WORD.search(before)
    word = last[1].casefold() if last else ""
    return not (len(word) == 1 and word.isalpha()) and word not in _ABBREVIATIONS.get(language, frozenset())
