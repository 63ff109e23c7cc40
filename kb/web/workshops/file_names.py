"""Names of a workshop's downloads. They contain its title, so that files of two workshops differ."""

from __future__ import annotations

import re
from unicodedata import normalize

from kb.workshops.model import Workshop

_MOST_LETTERS = 50  # of a title


def _slug(workshop: Workshop) -> str:
    """Return the title of a workshop as a slug: lowercase letters without diacritics, digits and hyphens."""
    title = workshop.title.get(workshop.language) or next(iter(workshop.title.values()), "")
    plain = normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall("[a-z0-9]+", plain))
    return words[:_MOST_LETTERS].rpartition("-")[0] if len(words) > _MOST_LETTERS else words


def download_name(workshop: Workshop, rest: str) -> str:
    """Return the name of a download: the site, the workshop, and the part of it."""
    return "-".join(filter(None, ("praxis", _slug(workshop), rest)))
