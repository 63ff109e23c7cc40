"""The HTML code with which another site embeds a card of this site in a frame."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app, url_for
from markupsafe import Markup

from kb.web.http.layout import absolute

# The size of a card of ordinary length in a column of text; a longer one scrolls.
WIDTH = 600
HEIGHTS: Mapping[str, int] = {"embedding.practice": 450, "embedding.workshop": 320}


def frame_code(endpoint: str, title: str, size: tuple[int, int] | None = None, **values: str) -> str:
    """Return the HTML that another site pastes to embed a card; an empty text where no site may."""
    width, height = size or (WIDTH, HEIGHTS[endpoint])
    if not current_app.config["EMBED_ORIGINS"]:
        return ""
    code = Markup('<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>')
    return str(code.format(absolute(url_for(endpoint, _external=False, **values)), title, width, height))
