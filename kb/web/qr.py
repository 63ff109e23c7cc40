"""QR codes as pictures in the page; the only module that knows segno."""

from __future__ import annotations

import segno
from markupsafe import Markup

# Modules of white around the code, without which cameras do not find it (ISO 18004).
_BORDER = 4


def qr_picture(text: str) -> Markup:
    """Return a QR code as inline SVG: dark on white in every scheme, or cameras would not read it."""
    made = segno.make(text, error="m", micro=False)
    return Markup(made.svg_inline(border=_BORDER, dark="#000", light="#fff", omitsize=True, svgclass="qr__picture"))  # noqa: S704 - made of a text, by a library, as numbers
