"""Data of the choice without a country, and of the same answer in two to five countries side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.guidance import GuidanceKind, ReaderRole
from kb.speech import lower_first
from kb.web.answers.forms import AskedAnswer
from kb.web.answers.page import RIGHT, AnswerPage, CardLine, answer_page
from kb.web.countries.profile.comparison import FEWEST, MOST, country_options
from kb.web.http.i18n import gettext as _
from kb.web.labels.guidance_fields import ROLES
from kb.web.labels.practice_facts import Value
from kb.web.parts.answer_links import GuidedCountry, crime_options, guided_countries
from kb.web.tools.page import FILE_FORMATS

Option = tuple[str, str]


@dataclass(frozen=True)
class BeginPage:
    """The options of the three choices, and what is chosen."""

    asked: AskedAnswer
    countries: tuple[Option, ...]
    roles: tuple[Option, ...]
    crimes: tuple[Option, ...]
    guided: tuple[GuidedCountry, ...]


@dataclass(frozen=True)
class CardRow:
    """The same line of the cards of all countries; `None` where a card has none."""

    title: str
    lines: tuple[CardLine | None, ...]


@dataclass(frozen=True)
class SideBySidePage:
    """The cards of the countries; fewer than two are none."""

    role: ReaderRole
    crime: CrimeGroup
    title: str
    codes: tuple[str, ...]
    pages: tuple[AnswerPage, ...]
    options: tuple[Option, ...]
    files: tuple[Value, ...]
    most: int = MOST

    @property
    def has_enough(self) -> bool:
        """Whether there are at least two countries to compare."""
        return len(self.codes) >= FEWEST

    @property
    def file_links(self) -> tuple[tuple[str, str], ...]:
        """The formats with their addresses."""
        return tuple((file.text, file.address or "") for file in self.files)

    @property
    def rows(self) -> tuple[CardRow, ...]:
        """The lines of the cards, side by side in the order of a card."""
        by_kind = [{line.kind: line for line in page.lines} for page in self.pages]
        titles = {line.kind: line.title for page in self.pages for line in page.lines}
        return tuple(
            CardRow(titles[kind], tuple(lines.get(kind) for lines in by_kind))
            for kind in (*GuidanceKind, RIGHT)
            if kind in titles
        )


def begin_page(asked: AskedAnswer) -> BeginPage:
    """Return the data for the template of the choice."""
    return BeginPage(asked, country_options(), role_options(), crime_options(), guided_countries())


def role_options() -> tuple[Option, ...]:
    """Return the roles with their names."""
    return tuple((role.value, _(words)) for role, words in ROLES.items())


def side_by_side_page(codes: Iterable[str], role: ReaderRole, crime: CrimeGroup) -> SideBySidePage:
    """Return the data for the template of several countries."""
    asked = tuple(codes)
    return SideBySidePage(
        role=role,
        crime=crime,
        title=_("%(role)s: %(crime)s", role=_(ROLES[role]), crime=lower_first(_(CRIME_GROUPS[crime]))),
        codes=asked,
        pages=tuple(answer_page(code, role, crime) for code in asked) if len(asked) >= FEWEST else (),
        options=country_options(),
        files=tuple(
            Value(words, url_for("taking.answers", role=role.value, crime=crime.slug, c=asked, name=each))
            for each, words in FILE_FORMATS.items()
        ),
    )
