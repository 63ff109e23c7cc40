"""Lists the vocabulary terms in a translated text: the wording of each, and whether the translation uses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.search.analysis.glossary_matcher import GlossaryMatch, LabelFinder
from kb.vocabulary.model import Term, Vocabularies


@dataclass(frozen=True)
class Wording:
    """A term of the source text: its wording there, its preferred label in the target language, and the alternatives.

    `label` is empty if the vocabulary has none in the language. `is_used` says whether the translation has any.
    """

    term: Term
    written: str
    label: str
    alternatives: tuple[str, ...]
    is_used: bool


@dataclass(frozen=True)
class TermUsage:
    """The terms of a source text by position, and each term once with its wording."""

    places: tuple[GlossaryMatch, ...] = ()
    wordings: tuple[Wording, ...] = ()


def glossary(
    finder: LabelFinder,
    vocabularies: Vocabularies,
    source: str,
    target: str,
    languages: tuple[str, str],
) -> TermUsage:
    """Return the terms found in a source text; `languages` are those of source and target."""
    places = finder.find(source, languages[0])
    there = {each.term for each in finder.find(target, languages[1])} if places else set()
    wordings: dict[str, Wording] = {}
    for place in places:
        term = vocabularies.find_term(place.term)
        if term is not None and term.id not in wordings:
            others = term.alternatives.get(languages[1], ())
            wordings[term.id] = Wording(
                term=term,
                written=source[place.start : place.end],
                label=term.labels.get(languages[1], ""),
                alternatives=others,
                is_used=term.id in there or _has_any(target, others),
            )
    return TermUsage(places, tuple(wordings.values()))


def _has_any(text: str, names: Sequence[str]) -> bool:
    folded = text.casefold()
    return any(name.casefold() in folded for name in names)
