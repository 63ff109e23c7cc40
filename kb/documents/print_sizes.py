"""How large letters are printed: in large print none is smaller than 16 points, whatever it is."""

from __future__ import annotations

_NORMAL, _LARGE = 12.0, 18.0
_LEAST_OF_LARGE = 16.0


def body(*, is_large: bool) -> float:
    """Return the points of plain text."""
    return _LARGE if is_large else _NORMAL


def smaller(points: float, *, is_large: bool) -> float:
    """Return the points of what is smaller than plain text and has these points in normal print."""
    return max(points * _LARGE / _NORMAL, _LEAST_OF_LARGE) if is_large else points
