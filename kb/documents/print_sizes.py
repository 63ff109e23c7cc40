"""Sizes of printed letters, at least 16 points in large print, and sizes of sheets."""

from __future__ import annotations

_NORMAL, _LARGE = 12.0, 18.0
_LEAST_OF_LARGE = 16.0
SHEET_MM = (210, 297)
MARGINS_MM = 40  # left and right of the text together


def body(*, is_large: bool) -> float:
    """Return the size of plain text in points."""
    return _LARGE if is_large else _NORMAL


def smaller(points: float, *, is_large: bool) -> float:
    """Return the size of small print in points; `points` is its size in normal print."""
    return max(points * _LARGE / _NORMAL, _LEAST_OF_LARGE) if is_large else points


def sheet(*, is_landscape: bool) -> tuple[int, int]:
    """Return width and height of a sheet, in millimetres."""
    short, long = SHEET_MM
    return (long, short) if is_landscape else (short, long)


def text_width(*, is_landscape: bool) -> int:
    """Return the width of the text on a page, in millimetres."""
    return sheet(is_landscape=is_landscape)[0] - MARGINS_MM
