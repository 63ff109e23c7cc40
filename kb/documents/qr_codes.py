"""Square codes for cameras, as pictures: drawn for what is printed from HTML, as points for word processors."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno

from kb.documents.design_tokens import BLACK, WHITE

SIZE_MM = 34
# Points of white around the code, without which cameras do not find it (ISO 18004).
_BORDER = 4
_POINTS = 10  # of each square of the code, so that it stays sharp on paper


def to_svg(address: str, *, title: str | None = None, css_class: str | None = None) -> str:
    """Return a code as an element of an HTML page: dark on white in every scheme, or cameras would not read it.

    `title` is what those are told who do not see it.
    """
    code = segno.make(address, error="m", micro=False)
    return code.svg_inline(border=_BORDER, dark=BLACK, light=WHITE, omitsize=True, title=title, svgclass=css_class)


@lru_cache(maxsize=16)
def to_png(address: str) -> bytes:
    """Return a code as the bytes of a picture."""
    target = BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="png", scale=_POINTS, border=_BORDER)
    return target.getvalue()
