"""What records of the toolkit and of countries name by ids of their own, with words: blanks, choices, cells, facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.content_store.catalog import Catalog
from kb.editing.forms import schema_form
from kb.kinds.country import questions
from kb.records.front_matter import Value
from kb.web.http.i18n import gettext as _

Option = tuple[str, str]
_REGISTER = "register"
# Under which keys a record declares them for itself.
_OWN: Mapping[str, tuple[str, ...]] = {
    schema_form.BLANKS: ("blanks", "own_blanks"),
    schema_form.CHOICES: ("choices", "own_choices"),
}


def declared_names(
    suggested: str, catalog: Catalog, language: str, values: Mapping[str, Value]
) -> tuple[Option, ...] | None:
    """Return the ids that may be named with what they are called; `None` for what is declared nowhere here.

    `values` are the facts of the record at hand, whose own come last and stand above those of the register.
    """
    match suggested:
        case schema_form.CELLS:
            return tuple((cell, cell_name(cell)) for cell in questions.CELLS)
        case schema_form.QUESTIONS:
            return tuple((each, _(words)) for each, words in questions.QUESTIONS.items())
        case schema_form.KEY_FACTS:
            return tuple((each, _(words)) for each, words in questions.KEY_FACTS.items())
        case schema_form.BLANKS | schema_form.CHOICES:
            found = dict(_shared(suggested, catalog, language)) | dict(_own(suggested, values))
            return tuple(found.items())
        case _:
            return None


def cell_name(cell: str) -> str:
    """Return what a cell of the grid is called: its theme and its actor."""
    theme, actor = questions.CELLS[cell]
    return _("%(theme)s: %(actor)s", theme=_(questions.THEMES[theme]), actor=_(questions.ACTORS[actor]))


def _shared(rows: str, catalog: Catalog, language: str) -> Iterator[Option]:
    """Yield what the register declares, drafts of it included, as whoever writes a tool may be writing it too."""
    for kind, record_id in sorted(catalog.columns):
        if kind == _REGISTER:
            reading = catalog.bundle(kind, record_id).reading(language)
            yield from ((row.id, reading.text(f"{rows}.{row.id}.label")) for row in getattr(reading.record, rows))


def _own(suggested: str, values: Mapping[str, Value]) -> Iterator[Option]:
    for name in _OWN[suggested]:
        rows = values.get(name)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and row.get("id"):
                yield str(row["id"]), str(row.get("label", ""))
