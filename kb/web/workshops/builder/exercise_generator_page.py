"""Form and page of the exercise generator: the submitted choices, and the records available as sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from kb.kinds.exercise.kind import KIND as EXERCISE
from kb.problems import Problem
from kb.web.editor.save_fallback import not_ready
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render
from kb.web.parts.workshop_words import localize
from kb.web.workshops.forms import field, number, problem_lines
from kb.web.workshops.timetable import item_views
from kb.workshops.exercise_generator.comparison_task import LETTERS
from kb.workshops.exercise_generator.generate import Wish
from kb.workshops.exercise_generator.quiz import FEWEST, MOST, USUAL
from kb.workshops.frozen.facts import EXERCISES, PRACTICES
from kb.workshops.model import ItemKind, Workshop

# The fields of the page that problems can link to.
_FIELDS = (*(str(kind) for kind in ItemKind), "number")


@dataclass(frozen=True)
class GeneratorForm:
    """The submitted choices, with the number as it was typed."""

    wish: Wish
    number: str = str(USUAL)


@dataclass(frozen=True)
class GeneratorSource:
    """A record that can be a source of an exercise: its value in the form, and its title."""

    name: str
    title: str
    language: str


def read_form() -> GeneratorForm:
    """Return the submitted choices. A form without a number gets the default number."""
    kind = request.form.get("kind", "")
    chosen = tuple(filter(None, dict.fromkeys(request.form.getlist(kind))))
    if "number" not in request.form:
        return GeneratorForm(Wish(kind, chosen))
    return GeneratorForm(Wish(kind, chosen, number("number")), field("number"))


def generator_page(
    workshop: Workshop,
    form: GeneratorForm,
    problems: Sequence[Problem] = (),
    *,
    slot_id: str = "",
    status: int = 422,
) -> ResponseReturnValue:
    """Return the form of the exercise generator. `status` is the response status if there are problems."""
    practices, own = _sources(workshop, PRACTICES), _sources(workshop, EXERCISES)
    return render(
        "workshops/builder/exercise_generator.html",
        status=status if problems else 200,
        workshop=workshop,
        above=localize(workshop.title, workshop),
        slot_id=slot_id,
        form=form.wish,
        number=form.number,
        practices=practices,
        worksheets=[("", [(each.name, each.title) for each in practices])],
        cases=[
            (heading, [(each.name, each.title) for each in found])
            for heading, found in (
                (_("Practices in this workshop"), practices),
                (_("Invented cases in this workshop"), own),
                (_("Invented cases in the collection"), _sources_in_collection(workshop)),
            )
            if found
        ],
        languages=i18n.listing(i18n.language_name(code) for code in workshop.languages),
        limits={"compared": len(LETTERS), "fewest": FEWEST, "most": MOST},
        problems=problem_lines(problems, fields=_FIELDS if practices else (ItemKind.CASE,)),
        title=not_ready() if status == 503 else "",
    )


def _sources(workshop: Workshop, kind: str) -> tuple[GeneratorSource, ...]:
    """Return the workshop's records of a kind that are not fully erased, each once."""
    items = {item.record: item for item in workshop.items if item.record.partition("/")[0] == kind}
    views = (view for view in item_views(workshop, items.values()) if view.is_record and not view.held.is_erased)
    return tuple(GeneratorSource(view.id, view.title.text, view.title.language) for view in views)


def _sources_in_collection(workshop: Workshop) -> tuple[GeneratorSource, ...]:
    """Return the case records that the workshop does not contain yet."""
    held = {item.record for item in workshop.items}
    entries = (entry for entry in generation().catalog.entries(EXERCISE) if f"{EXERCISES}/{entry.id}" not in held)
    return tuple(GeneratorSource(f"{EXERCISES}/{entry.id}", *entry.title(i18n.current().code)) for entry in entries)
