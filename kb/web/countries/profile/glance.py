"""Extents at a glance: a table with a word in each cell, and a line below a row for the crimes that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from kb.i18n import N_
from kb.kinds.country.model import Country
from kb.kinds.country.questions import CELLS, THEMES
from kb.kinds.country.situation import Extent
from kb.records.record import Reading
from kb.speech import lower_first
from kb.web.countries.profile.answers import LOOKS, STEPS, AnswerView, cell_view
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.content_texts import actor_names, country_question
from kb.web.labels.practice_facts import Value
from kb.web.labels.situation_fields import EXTENTS

# The looks of cells, from much to nothing, with what each means.
LEGEND: Mapping[str, str] = {
    "full": N_("Systematic: a rule covers all cases, and figures or an independent source show that it is applied"),
    "rule": N_("By rule: a rule covers all cases, and nothing shows that it is applied"),
    "part": N_("Partial: only some crimes, bodies or places, or 20 to 80 per cent"),
    "adhoc": N_("Ad hoc: no rule shown in use, or below 20 per cent"),
    "absent": N_("Absent: a source says that it does not happen"),
    "no": N_("Not known"),
}


@dataclass(frozen=True)
class GlanceCell:
    """One extent in a word, with the address of its answer."""

    words: str
    look: str
    address: str

    @property
    def is_known(self) -> bool:
        """Whether there is an answer."""
        return self.look != "no"


@dataclass(frozen=True)
class GlanceRow:
    """One row; `exceptions` are the crimes that differ, each with who differs and how; `looks` are their extents."""

    title: str
    address: str
    cells: tuple[GlanceCell, ...]
    exceptions: tuple[Value, ...] = ()
    looks: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether any of its cells has an answer."""
        return any(cell.is_known for cell in self.cells)


@dataclass(frozen=True)
class Glance:
    """The table."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[GlanceRow, ...]

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """The extents that occur, in cells or below them, with what they mean."""
        return legend_of(self.cells, frozenset[str]().union(*(row.looks for row in self.rows)))

    @property
    def has_exceptions(self) -> bool:
        """Whether any crime differs."""
        return any(row.exceptions for row in self.rows)

    @property
    def known(self) -> Glance:
        """The table without the rows of which nothing is known."""
        return replace(self, rows=tuple(row for row in self.rows if row.is_known))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The titles of these rows."""
        return tuple(row.title for row in self.rows if not row.is_known)

    @property
    def verdict(self) -> str:
        """How many answers are known, how many of each extent, and the rows of which nothing is known."""
        known, total = sum(cell.is_known for cell in self.cells), len(self.cells)
        first = _(
            "%(known)s of %(total)s answers are known: %(counts)s.",
            known=i18n.number(known),
            total=i18n.number(total),
            counts=counted(cell for cell in self.cells if cell.is_known) or "–",
        )
        unknown = [lower_first(title) for title in self.unknown]
        if not unknown:
            return first
        return f"{first} " + _("Nothing is known about: %(themes)s.", themes=i18n.listing(unknown))

    @property
    def cells(self) -> list[GlanceCell]:
        """All cells, row by row."""
        return [cell for row in self.rows for cell in row.cells]


def counted(cells: Iterable[GlanceCell]) -> str:
    """Return how many cells there are of each extent, in words."""
    cells = tuple(cells)
    counts, words = Counter(cell.look for cell in cells), {cell.look: cell.words for cell in cells}
    return ", ".join(f"{lower_first(words[look])} {i18n.number(counts[look])}" for look in LEGEND if look in counts)


def legend_of(cells: Iterable[GlanceCell], more: frozenset[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    """Return the looks of these cells, and more, with what they mean."""
    found = {*more, *(cell.look for cell in cells)}
    return tuple((look, _(words)) for look, words in LEGEND.items() if look in found)


def country_glance(code: str, reading: Reading[Country] | None, *, is_apart: bool = False) -> Glance:
    """Return themes by actors for one country; `is_apart`: the answers are on another page."""
    base = url_for("profiles.show", record_id=code.lower()) if is_apart else ""
    actors = actor_names()
    return Glance(
        _("How far each theme is put into practice, by actor"),
        tuple(actors.values()),
        tuple(_row(reading, theme, tuple(actors.values()), base) for theme in THEMES),
    )


def _row(reading: Reading[Country] | None, theme: str, actors: Sequence[str], base: str) -> GlanceRow:
    answers = [cell_view(reading, cell) for cell, (each, _actor) in CELLS.items() if each == theme]
    looks = {_(words): LOOKS[STEPS[extent]] for extent, words in EXTENTS.items()}
    return GlanceRow(
        country_question(theme),
        f"{base}#{theme}",
        tuple(glance_cell(answer, base) for answer in answers),
        tuple(_exceptions(answers, actors)),
        frozenset(looks[group.note] for answer in answers for group in differing(answer) if group.note in looks),
    )


def glance_cell(answer: AnswerView, base: str) -> GlanceCell:
    """Return the cell of an answer; `base` is the address of the page with the answer, or empty for the same page."""
    anchor = answer.id if answer.is_known or answer.texts else CELLS[answer.id][0]
    return GlanceCell(answer.short, answer.look, f"{base}#{anchor}")


def differing(answer: AnswerView) -> list[Value]:
    """Return the crimes whose extent is not that of the answer."""
    same = {answer.words, _(EXTENTS[Extent.SYSTEMATIC]) if answer.is_by_rule else ""}
    return [group for group in answer.groups if group.note not in same]


def _exceptions(answers: Iterable[AnswerView], actors: Sequence[str]) -> Iterator[Value]:
    """Yield each crime that differs in a row, with the actors by extent."""
    found: dict[str, dict[str, list[str]]] = {}
    for answer, actor in zip(answers, actors, strict=True):
        for group in differing(answer):
            found.setdefault(group.text, {}).setdefault(group.note, []).append(actor)
    for crime, extents in found.items():
        said = (f"{i18n.listing(names)}: {lower_first(extent)}" for extent, names in extents.items())
        yield Value(crime, note="; ".join(said))
