"""A trainer's words on a page of their own: links lead to records as they are frozen there, wide tables scroll."""

from __future__ import annotations

import re
from itertools import count

from flask import url_for
from markupsafe import Markup, escape

from kb.i18n import N_
from kb.web.http.i18n import gettext as _
from kb.web.parts.workshop_words import LocalText, prose
from kb.workshops.model import Workshop

TABLE, TABLE_OF_ANSWERS = N_("Table %(number)s"), N_("Table %(number)s of the answers")
_LINK = re.compile(r"\]\((?P<record>[a-z]+/[a-z0-9-]+)\)")


def own_words(
    text: LocalText, name: str, workshop: Workshop, key: str, *, with_basket: bool, table: str = TABLE
) -> Markup:
    """Return a text as safe HTML. What waits in the basket is linked for those who teach; others are led to the record.

    `name` keeps it apart from other texts of the page, and `table` says of its tables which of all they are.
    """
    items = {item.record: item.id for item in workshop.items if with_basket or item.slot_id is not None}

    def address(match: re.Match[str]) -> str:
        item_id = items.get(match["record"])
        return f"]({url_for('workshops.item', key=key, item_id=item_id)})" if item_id is not None else match[0]

    return _with_tables(prose(LocalText(_LINK.sub(address, text.text), text.language), name), name, table)


def _with_tables(html: Markup, name: str, table: str) -> Markup:
    """Put each table into a frame of its own, which is reached by keyboard and has a name."""
    numbers = count(1)

    def opened(_match: re.Match[str]) -> str:
        number = next(numbers)
        label = escape(_(table, number=number))
        begin = (
            f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{escape(name)}--table-{number}"><table>'
        )
        return f'{begin}<caption class="visually-hidden" id="{escape(name)}--table-{number}">{label}</caption>'

    framed = re.sub("<table>", opened, str(html)).replace("</table>", "</table></div>")
    return Markup(framed)  # noqa: S704 - `prose` has cleaned it, and what is added is escaped
