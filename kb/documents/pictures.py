"""Drawings beside a text: as SVG for HTML and print, as PNG for word processors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kb.documents.html_text import escape

DRAWINGS = Path(__file__).with_name("drawings")
_START = re.compile(r"<svg\b([^>]*)>")
_TITLE = re.compile(r"<title\b.*?</title>", re.DOTALL)
_SIZE = re.compile(r'\s(?:width|height)="[^"]*"')


@dataclass(frozen=True)
class DrawingFolder:
    """The folder of drawings; each name has an SVG and a PNG file."""

    path: Path = DRAWINGS

    def svg(self, name: str, alt: str) -> str:
        """Return a drawing as inline SVG with its alternative text. Raises `OSError` if there is none of this name."""
        text = self.path.joinpath(f"{name}.svg").read_text("utf-8")
        start = _START.search(text)
        if start is None:
            message = f"no SVG element in the drawing {name}"
            raise ValueError(message)
        inner = _TITLE.sub("", text[start.end() :])
        return f'<svg{_SIZE.sub("", start[1])} role="img"><title>{escape(alt)}</title>{inner}'

    def png(self, name: str) -> bytes:
        """Return a drawing as the bytes of a PNG picture. Raises `OSError` if there is none of this name."""
        return self.path.joinpath(f"{name}.png").read_bytes()


def png_ratio(data: bytes) -> float:
    """Return the height of a PNG picture relative to its width."""
    width, height = (int.from_bytes(data[start : start + 4], "big") for start in (16, 20))
    return height / width
