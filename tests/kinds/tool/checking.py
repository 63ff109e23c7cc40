"""What the checks say of tools, of adaptations and of the register, each alone and beside others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kb.content_store.validation import lines_of
from kb.kinds.registry import KINDS
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies
from tests import builders

Found = list[tuple[str, Where]]

_KINDS = {kind.shape.name: kind for kind in KINDS}
_MADE = {
    "tools": (builders.a_tool, builders.a_tool_text),
    "register": (builders.a_register, builders.a_register_text),
    "adaptations": (builders.an_adaptation, builders.an_adaptation_text),
}


def checked(
    kind: str, vocabularies: Vocabularies, translations: Mapping[str, str] | None = None, /, **changes: Any
) -> tuple[Problem, ...]:
    """Return what a record says against itself."""
    make, text = _MADE[kind]
    bundle = make(translations, **changes)
    lines = lines_of({SOURCE: text(**changes), **(translations or {})})
    return _KINDS[kind].check(bundle, lines, vocabularies, Law())


def beside(kind: str, others: Iterable[Bundle[Any]] = (), **changes: Any) -> tuple[Problem, ...]:
    """Return what is wrong with a record beside the usual tool and register, or beside `others`."""
    make, text = _MADE[kind]
    bundle = make(**changes)
    given = list(others) or [builders.a_tool(), builders.a_register()]
    house = [*(each for each in given if each.key != bundle.key), bundle]
    between = _KINDS[kind].between
    assert between is not None
    return between(
        bundle, lines_of({SOURCE: text(**changes)}), lambda name: [each for each in house if each.shape.name == name]
    )


def codes(problems: Iterable[Problem]) -> Found:
    """Return code and place of problems."""
    return [(problem.code, problem.where) for problem in problems]
