"""Links in a trainer's words: a record that the workshop holds is shown as it is frozen there, others as they are."""

from __future__ import annotations

import re

from flask import url_for

from kb.workshops.model import Workshop

_LINK = re.compile(r"\]\((?P<record>[a-z]+/[a-z0-9-]+)\)")


def with_frozen_links(text: str, workshop: Workshop, key: str, *, with_basket: bool) -> str:
    """Return a Markdown text whose links lead to what is frozen; what waits in the basket is for those who teach."""
    items = {item.record: item.id for item in workshop.items if with_basket or item.slot_id is not None}

    def address(match: re.Match[str]) -> str:
        item_id = items.get(match["record"])
        return f"]({url_for('workshops.item', key=key, item_id=item_id)})" if item_id is not None else match[0]

    return _LINK.sub(address, text)
