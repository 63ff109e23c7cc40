"""Blanks of a tool in a frozen text. Their names are stored with the text; each is shown as a gap with its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kb.content_store.catalog import Catalog
from kb.conversion.load import ADAPTATIONS, REGISTER, TOOLS
from kb.kinds.register.blanks import with_gaps
from kb.kinds.register.model import Register
from kb.kinds.tool.declared import declared, gap_names
from kb.records.markdown import escaped
from kb.records.record import Bundle, Reading


def registers_for(kind: str, catalog: Catalog) -> tuple[Bundle[Register], ...]:
    """Return the records that name the blanks, or none for a kind without blanks."""
    if kind not in (TOOLS, ADAPTATIONS):
        return ()
    return tuple(catalog.bundle(*entry.key) for entry in catalog.entries(REGISTER))


def gaps_in(reading: Reading[Any], registers: Iterable[Reading[Register]]) -> dict[str, str]:
    """Return the names of the blanks in a tool's texts, in its language, keyed by the text between the braces."""
    if reading.kind not in (TOOLS, ADAPTATIONS):
        return {}
    texts = "\n".join(f"{passage.heading or ''}\n{passage.text}" for passage in reading.passages.values())
    names = gap_names(declared(reading, registers))
    return {name: words for name, words in names.items() if re.search(rf"\{{\{{\s*{re.escape(name)}[.\s}}]", texts)}


def in_words(text: str, gaps: Mapping[str, str]) -> str:
    """Replace blanks in a plain text with gaps."""
    return with_gaps(text, gaps, lambda name: f"[ {name} ]")


def in_markdown(text: str, gaps: Mapping[str, str]) -> str:
    """Replace blanks in a Markdown text with gaps, escaping any special characters in their names."""
    return with_gaps(text, gaps, lambda name: escaped(f"[ {name} ]"))
