"""The short form for a new practice: what an author knows after ten minutes; the rest follows later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.editing.forms.new_record import Beginning
from kb.editing.forms.slugs import stem_of
from kb.i18n import N_
from kb.kinds.practice.reference_checks import AREAS, country_codes
from kb.problems import Problem
from kb.records.front_matter import FrontMatter, Value
from kb.records.schema import validate
from kb.records.sources import Source
from kb.vocabulary.model import Vocabularies

# The requested keys of a source, and the id of its row.
SOURCE_KEYS = ("title", "address", "publisher", "year", "kind")
_FIRST = "s1"


@dataclass(frozen=True)
class ShortForm:
    """Values of the short form; all except title, country and area may be empty.

    `problem` and `what` are texts of sections, `source` has the keys of one row of sources.
    """

    title: str
    country: str
    area: str
    language: str
    problem: str = ""
    what: str = ""
    source: Mapping[str, str] = field(default_factory=dict)

    def problems(self, vocabularies: Vocabularies) -> tuple[Problem, ...]:
        """Return all problems to fix before the record can be created."""
        return tuple(self._problems(vocabularies))

    def _problems(self, vocabularies: Vocabularies) -> Iterator[Problem]:
        if not self.title:
            yield Problem("missing-title", N_("Enter a short title that says what the practice is."), ("title",))
        if self.country not in country_codes():
            yield Problem("missing-country", N_("Select the country where the practice is used."), ("country",))
        if not vocabularies.is_in(self.area, AREAS):
            yield Problem("missing-area", N_("Select the practice area."), ("area",))
        if row := self._row():
            for problem in validate(Source, FrontMatter(values=row))[1]:
                yield _at_source(problem)

    def beginning(self, record_id: str) -> Beginning:
        """Return the initial data of the record."""
        title = " ".join(self.title.split())
        facts: dict[str, Value] = {"title": title, "countries": [self.country], "areas": [self.area]}
        if row := self._row():
            facts["sources"] = [dict(row)]
        return Beginning(record_id, self.language, facts, self._texts())

    def _texts(self) -> dict[str, str]:
        """Return the texts; the main one cites the source, because the texts are based on it."""
        texts, mark = {"problem": self.problem, "what": self.what}, f"[^{_FIRST}]"
        name = "what" if self.what else "problem"
        if self._row() and texts[name] and mark not in self.problem + self.what:
            texts[name] = f"{texts[name].rstrip()}{mark}"
        return texts

    def stem(self) -> str:
        """Return the beginning of the default id: a title may have no letter that is valid in an id."""
        return stem_of(self.country, self.title) or stem_of(self.country, self.area)

    def _row(self) -> dict[str, Value]:
        given: dict[str, Value] = {
            key: text for key in SOURCE_KEYS if (text := " ".join(self.source.get(key, "").split()))
        }
        return {"id": _FIRST, **given} if given else {}


def _at_source(problem: Problem) -> Problem:
    """Replace the schema's message for a missing key by that of the form."""
    key = str(problem.where[0]) if problem.where else ""
    messages = {
        "title": N_("Enter the title of the source."),
        "kind": N_("Select the type of source."),
    }
    message = (
        messages.get(key, problem.message) if problem.code in ("missing-key", "unknown-value") else problem.message
    )
    return Problem(problem.code, message, ("sources", 0, *problem.where), params=problem.params)
