"""Exports the citation of a practice for reference managers: BibTeX, RIS, CSL-JSON.

All three are UTF-8. Authors are organisations, not persons, so programs must not split their names into first and
last names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Characters with a special meaning in TeX.
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}&%$#_"},
}
# Programs count braces, even after a backslash. If braces are not balanced, both are written as TeX commands.
_UNPAIRED = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_TEX_SIGN = re.compile("[" + "".join(map(re.escape, _TEX)) + "]")


@dataclass(frozen=True)
class Citation:
    """A version of a practice in one language. `notes` are sentences; `version` is the page's label for the number."""

    record_id: str
    number: int
    authors: tuple[str, ...]
    title: str
    language: str
    day: date
    version: str
    address: str
    site: str
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The citation key for manuscripts."""
        return f"{self.site.lower()}-{self.record_id}-{self.number}"

    @property
    def note(self) -> str:
        """The notes as one text."""
        return " ".join(self.notes)


def to_bibtex(citation: Citation) -> str:
    """Return the citation as a BibTeX entry, of a type that even the oldest styles know."""
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in citation.authors),
        "title": f"{{{_tex(citation.title)}}}",
        "year": str(citation.day.year),
        "month": str(citation.day.month),
        "date": citation.day.isoformat(),
        "version": str(citation.number),
        "howpublished": _tex(citation.version),
        "publisher": f"{{{_tex(citation.site)}}}",
        "language": citation.language,
        "url": citation.address,
        "note": _tex(citation.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{lines}}}\n"


def _tex(text: str) -> str:
    signs = _TEX if _is_paired(text) else _TEX | _UNPAIRED
    return _TEX_SIGN.sub(lambda match: signs[match[0]], _one_line(text))


def _is_paired(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _one_line(text: str) -> str:
    return " ".join(text.split())


def to_ris(citation: Citation) -> str:
    """Return the citation as RIS: a tag and a value on each line."""
    lines: list[tuple[str, str]] = [
        ("TY", "ELEC"),
        ("ID", citation.key),
        *(("AU", _ris_name(author)) for author in citation.authors),
        ("TI", citation.title),
        ("PY", str(citation.day.year)),
        ("DA", citation.day.strftime("%Y/%m/%d")),
        ("ET", citation.version),
        ("PB", citation.site),
        ("LA", citation.language),
        ("UR", citation.address),
        *(("N1", note) for note in citation.notes),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines)


def _ris_name(name: str) -> str:
    """Return the name of an organisation for RIS, where a comma would split it into last and first name."""
    return re.sub(r"\s*,\s*", " – ", name)


def to_csl(citation: Citation) -> str:
    """Return the citation as CSL-JSON, a list with one item."""
    day = citation.day
    item = {
        "id": citation.key,
        "type": "webpage",
        "title": _one_line(citation.title),
        "author": [{"literal": _one_line(author)} for author in citation.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": str(citation.number),
        "container-title": citation.site,
        "publisher": citation.site,
        "language": citation.language,
        "URL": citation.address,
        "note": citation.note,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def apa_authors(authors: Iterable[str]) -> str:
    """Return one or two organisations in the style of a reference list, with a full stop at the end."""
    names = " & ".join(_one_line(author) for author in authors)
    return names if names.endswith(".") else f"{names}."
