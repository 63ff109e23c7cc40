"""Design tokens for documents: colours and signs of the brand, for the styles of each format and for print CSS.

Pages of the site define the same colours, also for dark mode, in `web/static/css/tokens.css`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

INK, SOFT, PINE, BRICK = "#14241f", "#45534f", "#1d4d43", "#8a2f14"
RULE, WASH, MARKER = "#b6c5bf", "#edf4f1", "#fbe27a"
SHEET, SHEET_WASH = "#fcfefd", "#e6efeb"  # the background of a slide, and of highlighted parts on it
BLACK, WHITE = "#000", "#fff"

_IN_CSS: Mapping[str, str] = {
    "ink": INK,
    "soft": SOFT,
    "pine": PINE,
    "brick": BRICK,
    "rule": RULE,
    "wash": WASH,
    "marker": MARKER,
    "sheet": SHEET,
    "sheet_wash": SHEET_WASH,
    "white": WHITE,
}

# The SVG path of the sign for each finding, in a square of 36 units; a rating draws it between its two bars.
FINDING_SIGNS: Mapping[str, str] = {
    "pos": "M21.5 8h3v5h5v3h-5v5h-3v-5h-5v-3h5z",
    "mix": "M21.5 5.5h3v4h4v3h-4v4h-3v-4h-4v-3h4zM17.5 19h11v3h-11z",
    "non": "M17 10h12v3H17zM17 16h12v3H17z",
    "har": "M15.5 7h15v15h-15zM18.5 13v3h9v-3z",
    "nm": "M17 13.5h2v2h-2zM22 13.5h2v2h-2zM27 13.5h2v2h-2z",
}


def stylesheet(name: str) -> str:
    """Return a style sheet of this folder with its colour variables, such as `$pine`, filled in.

    Raises `KeyError` for an unknown colour.
    """
    return Template(Path(__file__).with_name(name).read_text("utf-8")).substitute(_IN_CSS)


def word_colour(colour: str) -> str:
    """Return a colour in the format of Word files: six hexadecimal digits in capitals."""
    return colour.removeprefix("#").upper()
