"""QR codes as pictures: SVG for HTML and print, PNG for word processors."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno

from kb.documents.design_tokens import BLACK, WHITE

# The quiet zone around the code in modules, without which cameras do not find it (ISO 18004).
_BORDER = 4
_POINTS = 10  # per module of the code, so that it stays sharp on paper


def to_svg(address: str, *, title: str | None = None, css_class: str | None = None) -> str:
    """Return a QR code as inline SVG: dark on white in every colour scheme, otherwise cameras could not read it.

    `title` is the alternative text for users who do not see it.
    """
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=_BORDER, dark=BLACK, light=WHITE, omitsize=True, title=title, svgclass=css_class)


@lru_cache(maxsize=16)
def to_png(address: str) -> bytes:
    """Return a QR code as the bytes of a PNG picture."""
    target = BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="png", scale=_POINTS, border=_BORDER)
    return target.getvalue()
