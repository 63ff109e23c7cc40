"""Removes characters that XML forbids; one of them would make a Word or ODT file unreadable."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without characters that XML forbids."""
    return _ILLEGAL.sub("", text)
