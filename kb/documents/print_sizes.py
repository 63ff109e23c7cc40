"""How large letters are printed, none smaller than 16 points in large print; and how large the sheet is."""

from __future__ import annotations

_NORMAL, _LARGE = 12.0, 18.0
_LEAST_OF_LARGE = 16.0
SHEET_MM = (210, 297)
MARGINS_MM = 40  # left and right of the text together


def body(*, is_large: bool) -> float:
    """Return the points of plain text."""
    return _LARGE if is_large else _NORMAL


def smaller(points: float, *, is_large: bool) -> float:
    """Return the points of what is smaller than plain text and has these points in normal print."""
    return max(points * _LARGE / _NORMAL, _LEAST_OF_LARGE) if is_large else points


def sheet(*, is_landscape: bool) -> tuple[int, int]:
    """Return how wide and how high a sheet is, in millimetres."""
    short, long = SHEET_MM
    return (long, short) if is_landscape else (short, long)


def text_width(*, is_landscape: bool) -> int:
    """Return how wide the text of a page is, in millimetres."""
    return sheet(is_landscape=is_landscape)[0] - MARGINS_MM
