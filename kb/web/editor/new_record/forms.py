"""Form of a new record: its submitted values, and its options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request

from kb.editing.forms.copy_record import CopyScope
from kb.editing.forms.form_values import plain
from kb.editing.forms.new_record import Beginning, why_taken
from kb.editing.forms.short_form import SOURCE_KEYS, ShortForm
from kb.editing.forms.slugs import propose_id
from kb.editing.review_queue.titles import DraftTitle, draft_titles, similar_drafts
from kb.extensions import db
from kb.i18n import N_
from kb.kinds.country.membership import EUROPE
from kb.kinds.practice.reference_checks import AREAS, country_codes
from kb.problems import Problem
from kb.records.front_matter import Value
from kb.records.sources import SourceKind
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.labels.authors import authors
from kb.web.labels.fields import SOURCE_KINDS

Option = tuple[str, str]
_UNION = "EU"
_SIMILAR = N_(
    "%(name)s is already working on “%(title)s”. To start your own draft in spite of this, select %(button)s again."
)
# The control for each place of a problem.
_CONTROLS: Mapping[str, str] = {"id": "id", "language": "in"}


@dataclass(frozen=True)
class NewRecordForm:
    """The values of the form by control name. `verb` is the value of the pressed button."""

    kind: str
    values: Mapping[str, str]
    verb: str = ""

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def is_short(self) -> bool:
        """Whether it is the short form, which asks for more than id, title and language."""
        return self.kind == "practices"

    @property
    def way(self) -> CopyScope:
        """How much of another record is copied; by default all of it."""
        return CopyScope.ARCHETYPE if self["way"] == CopyScope.ARCHETYPE else CopyScope.DUPLICATE

    def with_proposal(self, title: str = "") -> NewRecordForm:
        """Return the form with a proposed id made of country and title, replacing the current id.

        `title` is used if no title was typed.
        """
        session, house, editor = db.session, store(), signed_in()
        proposed = propose_id(
            self["country"],
            self["title"] or title,
            lambda each: bool(why_taken(session, house, editor, self.kind, each)),
        )
        return replace(self, values={**self.values, "id": proposed})

    def with_id(self, title: str = "") -> NewRecordForm:
        """Return the form with an id. An empty id is replaced by a proposal."""
        return self if self["id"] else self.with_proposal(title)

    def problems(self) -> tuple[Problem, ...]:
        """Return the validation problems, except those of the id, and the drafts of others with a similar title."""
        return *self.problems_of_values(), *self.similar_problems()

    def problems_of_values(self) -> tuple[Problem, ...]:
        """Return the problems of what was typed; readers without an account are told nothing of drafts."""
        return tuple(self._short().problems(store().vocabularies)) if self.is_short else ()

    def similar_problems(self) -> tuple[Problem, ...]:
        """Return the drafts by other people with a similar title, unless the form has already named them."""
        told = set(self["similar"].split())
        return tuple(
            Problem("similar-draft", _SIMILAR, ("title",), params=self._said(draft))
            for draft in self._similar()
            if str(draft.id) not in told
        )

    @property
    def similar(self) -> str:
        """The drafts with a similar title that the form names, to be sent back by it."""
        return " ".join(str(draft.id) for draft in self._similar())

    def _similar(self) -> tuple[DraftTitle, ...]:
        drafts = draft_titles(db.session, store().current().catalog)
        others = (each for each in drafts if each.author_id != signed_in().id and each.place.kind == self.kind)
        return similar_drafts(others, self["title"])

    def _said(self, draft: DraftTitle) -> Mapping[str, str]:
        name = authors(db.session, [draft.author_id])[draft.author_id]
        return {"name": name, "title": draft.title, "button": _("Start the draft")}

    def beginning(self) -> Beginning:
        """Return the initial content of the record."""
        return self._short().beginning(self["id"]) if self.is_short else self.titled()

    def suggested(self) -> Beginning:
        """Return the initial content of a practice with a generated id."""
        short = self._short()
        return short.beginning(short.stem())

    def titled(self) -> Beginning:
        """Return the initial content of a record with only id, language and title."""
        facts: dict[str, Value] = {"title": self["title"]} if self["title"] else {}
        return Beginning(self["id"], self["in"], facts)

    def _short(self) -> ShortForm:
        source = {key: self[f"source-{key}"] for key in SOURCE_KEYS}
        names = ("title", "country", "area", "problem", "what")
        return ShortForm(**{name: self[name] for name in names}, language=self["in"], source=source)

    def countries(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """Return the countries in groups, by name. Countries outside Europe are rarely chosen."""
        ours = [_country(_UNION), *_options_of_codes(EUROPE)]
        others = _options_of_codes(country_codes() - EUROPE - {_UNION})
        return ((_("Europe"), tuple(ours)), (_("Elsewhere"), tuple(others)))

    def areas(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """Return the areas to choose from, grouped by their broadest area."""
        return tuple(_areas())

    def languages(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """Return the languages of the site by their own names. A record may be written in any of them."""
        return (("", tuple((each.code, each.name) for each in i18n.offered())),)

    def source_kinds(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """Return the types of sources to choose from."""
        return (("", tuple((str(kind), _(SOURCE_KINDS[kind])) for kind in SourceKind)),)


def sent_form(kind: str) -> NewRecordForm:
    """Return the submitted form. Query parameters of a link can fill it in as well."""
    given = request.form or request.args
    values = {name: plain(text).strip() for name, text in given.items() if name != "csrf_token"}
    return NewRecordForm(kind, values, values.get("do", ""))


def shown_problems(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Return problems in words, with the ids of their controls."""
    return [(_control(each), problem_text(each)) for each in problems]


def _control(problem: Problem) -> str:
    first, *_others = problem.where or ("",)
    if first == "sources":
        return f"source-{problem.where[-1]}"
    return _CONTROLS.get(str(first), str(first))


def _country(code: str) -> Option:
    return code, i18n.country_name(code)


def _options_of_codes(codes: frozenset[str]) -> list[Option]:
    language = i18n.current().code
    return sorted((_country(code) for code in codes), key=lambda option: sort_key(option[1], language))


def _areas() -> Iterator[tuple[str, tuple[Option, ...]]]:
    language, vocabularies = i18n.current().code, store().vocabularies
    terms = vocabularies.vocabulary(AREAS).terms
    for widest in (term for term in terms if term.broader is None):
        below = [term for term in terms if term is widest or widest.id in vocabularies.broader_chain(term.id)]
        yield widest.label(language), tuple((term.id, term.label(language)) for term in below)
