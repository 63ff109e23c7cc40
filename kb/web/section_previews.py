"""A section of the editor as readers will see it, and the headings that are the same in all records of a kind."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from kb.content.record import Passage, State
from kb.practices.model import SECTION_TITLES
from kb.web.i18n import gettext as _
from kb.web.texts import section_html


def fixed_headings(kind: str) -> Mapping[str, str]:
    """Return the headings of the fixed sections of a kind in the reader's language."""
    return {key: _(words) for key, words in SECTION_TITLES.items()} if kind == "practices" else {}


def preview_of(name: str, text: str, language: str, numbers: Mapping[str, int], sources: str) -> Markup:
    """Return a section as readers will see it; its marks lead to the sources where this page has them."""
    html = str(section_html(Passage(name, text, language, State.ORIGINAL), numbers))
    for source_id, number in numbers.items():
        target = sources % {"id": source_id, "index": number - 1}
        html = html.replace(f'href="#source-{source_id}"', f'href="{target}"')
    return Markup(html)  # noqa: S704 - cleaned by `section_html`; ids of sources are letters, digits and hyphens
