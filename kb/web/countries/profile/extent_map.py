"""Extent to which one actor puts one theme into practice, by country: as a tile map and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from kb.kinds.country.membership import MEMBERS, is_member
from kb.kinds.country.questions import CELLS
from kb.search.analysis.collation import sort_key
from kb.web.countries.page import find_reading
from kb.web.countries.profile.answers import AnswerView, cell_view
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.content_texts import actor_names, theme_names
from kb.web.labels.practice_facts import Value
from kb.web.parts.tile_map import places

# The shade of a tile by the look of the answer, as in the table of a country; dotted is what is not known.
_SHADES = {"full": "4", "rule": "2", "part": "1", "adhoc": "plain", "absent": "plain", "no": "0"}


@dataclass(frozen=True)
class ExtentTile:
    """One country on the map; `shade` is the name of a pattern, `sign` the letter inside."""

    code: str
    label: str
    address: str
    shade: str
    sign: str
    is_member: bool
    x: int
    y: int
    middle: float


@dataclass(frozen=True)
class ExtentRow:
    """One country in the table."""

    code: str
    name: str
    address: str
    answer: AnswerView


@dataclass(frozen=True)
class ExtentGroup:
    """The countries with the same extent."""

    words: str
    is_known: bool
    countries: tuple[Value, ...]


@dataclass(frozen=True)
class ExtentMap:
    """One cell of the grid over all countries; `themes` and `actors` are the options of the menus."""

    cell: str
    question: str
    tiles: tuple[ExtentTile, ...]
    rows: tuple[ExtentRow, ...]
    groups: tuple[ExtentGroup, ...]
    known: int
    theme: str
    actor: str
    themes: tuple[tuple[str, str], ...]
    actors: tuple[tuple[str, str], ...]


def extent_map(cell: str) -> ExtentMap:
    """Return the extent in the Member States, and in other countries where it is known."""
    spots = {code: (x, y) for code, x, y in places()}
    answers = {code: cell_view(find_reading(code), cell) for code in {*spots, *MEMBERS}}
    language, (theme, actor) = i18n.current().code, CELLS[cell]
    rows = [
        ExtentRow(code, i18n.country_name(code), _address(code, answer), answer)
        for code, answer in answers.items()
        if is_member(code) or answer.is_known
    ]
    rows.sort(key=lambda row: (-_rank(row.answer), sort_key(row.name, language)))
    return ExtentMap(
        cell=cell,
        question=cell_view(None, cell).question,
        tiles=tuple(_tile(code, x, y, answers[code]) for code, (x, y) in spots.items()),
        rows=tuple(rows),
        groups=tuple(_groups(rows)),
        known=sum(answer.is_known for answer in answers.values()),
        theme=theme,
        actor=actor,
        themes=tuple(theme_names().items()),
        actors=tuple(actor_names().items()),
    )


def _rank(answer: AnswerView) -> float:
    """Return the place of an extent; what is only a rule comes after what is shown to happen."""
    return -1 if answer.step is None else answer.step - 0.5 * answer.is_by_rule


def _groups(rows: Iterable[ExtentRow]) -> Iterator[ExtentGroup]:
    """Yield the countries by extent, from much to nothing."""
    for (words, is_known), found in groupby(rows, lambda row: (row.answer.short, row.answer.is_known)):
        yield ExtentGroup(words, is_known, tuple(Value(row.name, row.address) for row in found))


def _address(code: str, answer: AnswerView) -> str:
    """Return the address of the answer; without one, that of the country."""
    if answer.is_known:
        return url_for("profiles.show", record_id=code.lower(), _anchor=answer.id)
    return url_for("countries.show", record_id=code.lower())


def _tile(code: str, x: int, y: int, answer: AnswerView) -> ExtentTile:
    sign = "?" if answer.step is None else "R" if answer.is_by_rule else str(answer.step)
    said = {"code": code, "sign": sign, "country": i18n.country_name(code), "extent": answer.words}
    label = _("%(code)s %(sign)s: %(country)s, %(extent)s", **said)
    return ExtentTile(code, label, _address(code, answer), _SHADES[answer.look], sign, is_member(code), x, y, x + 20.5)
