"""Show the blanks of a template text: each is a marked gap with its name, as in the finished document."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from kb.conversion.load import ADAPTATIONS, TOOLS
from kb.kinds.register import blanks
from kb.kinds.register.kind import KIND as REGISTER
from kb.kinds.register.model import Register
from kb.kinds.tool.declared import declared, gap_names
from kb.records.record import Reading
from kb.web.http import i18n
from kb.web.http.rendering import generation

# Two private characters replace the mark until the text is HTML. Meanwhile, terms inside a gap may get their
# explanation.
_BEGIN, _END = "\ue000", "\ue001"
_MARKUP = re.compile(r"([\\`*_\[\]<>#!|])")
_TAG_OR_SIGN = re.compile(rf'<(?:"[^"]*"|[^">])*>|[{_BEGIN}{_END}]')
_TAGS = {_BEGIN: '<mark class="open">', _END: "</mark>"}


def gap_names_of(kind: str, record_id: str, language: str) -> dict[str, str] | None:
    """Return the names of the gaps in the texts of a record; `None` for kinds without gaps."""
    if kind not in (TOOLS, ADAPTATIONS):
        return None
    catalog = generation().catalog
    tool = catalog.reading(kind, record_id, language) if catalog.find(kind, record_id) is not None else None
    return gap_names(declared(tool, registers(language)))


def registers(language: str = "") -> tuple[Reading[Register], ...]:
    """Return the registers that tools share, in the given language, else in the reader's."""
    catalog, code = generation().catalog, language or i18n.current().code
    return tuple(catalog.bundle(REGISTER, entry.id).reading(code) for entry in catalog.entries(REGISTER))


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Return a plain text in which each blank is a gap with its name."""
    return blanks.with_gaps(text, names, lambda name: f"[ {name} ]")


def with_gaps(text: str, names: Mapping[str, str]) -> str:
    """Return a Markdown text in which each blank is a gap with its name, escaped.

    Pass the HTML made from it to `mark_gaps`.
    """
    plain = text.replace(_BEGIN, "").replace(_END, "")
    return blanks.with_gaps(plain, names, _gap)


def _gap(name: str) -> str:
    plain = _MARKUP.sub(r"\\\1", name)
    return rf"{_BEGIN}\[ {plain} \]{_END}"


def mark_gaps(html: str) -> Markup:
    """Return safe HTML in which the gaps of `with_gaps` are marked."""
    return Markup(_TAG_OR_SIGN.sub(_mark, html))  # noqa: S704 - it is safe, and only `<mark>` is added


def _mark(found: re.Match[str]) -> str:
    if found[0] in _TAGS:
        return _TAGS[found[0]]
    return found[0].replace(_BEGIN, "").replace(_END, "")
