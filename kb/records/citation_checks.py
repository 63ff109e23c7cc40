"""Checks of citations: the marks `[^id]` in texts, and the facts that name a source by its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from kb.i18n import N_
from kb.problems import Problem, Severity, Where
from kb.records.bundle import SOURCE
from kb.records.check_context import Case, nearest
from kb.records.markdown import cited
from kb.records.record import Record, State, Translation
from kb.records.segments import Section
from kb.records.sources import Source

R = TypeVar("R", bound=Record)


def citing_problems(case: Case[R], sources: Sequence[Source], named: Iterable[tuple[Where, str]]) -> Iterator[Problem]:
    """Yield the problems of sources and of references to them, in every language.

    `named` holds the places in the facts that name a source. They count as citations, like marks in a text.
    """
    known, places = {source.id for source in sources}, list(named)
    for where, source_id in places:
        if source_id not in known:
            message, params = _unknown(known, source_id)
            yield case.error("unknown-source", message, where, **params)
    yield from _uncited_problems(case, sources, {source_id for _, source_id in places})
    for section in case.bundle.sections:
        yield from _unknown_marks(known, SOURCE, section, Severity.ERROR)
    for language, translation in case.bundle.translations.items():
        for section in translation.sections:
            yield from _translated_marks(case, known, language, translation, section)


def _unknown(known: set[str], source_id: str) -> tuple[str, dict[str, object]]:
    if near := nearest(source_id, known):
        return N_("Source %(source)s is not in the list of sources. Did you mean %(near)s?"), {
            "source": source_id,
            "near": near,
        }
    return N_(
        "Source %(source)s is not in the list of sources. Add the source to the list or correct the reference."
    ), {"source": source_id}


def _uncited_problems(case: Case[R], sources: Sequence[Source], used: set[str]) -> Iterator[Problem]:
    for section in case.bundle.sections:
        used |= _marks(section).keys()
    for index, source in enumerate(sources):
        if source.id not in used:
            message = N_("The source %(source)s is not cited. Cite it or remove it.")
            yield case.warning("uncited-source", message, ("sources", index, "id"), source=source.id)


def _marks(section: Section) -> dict[str, int]:
    """Return the sources that a section cites, each with the line of its first mark."""
    found: dict[str, int] = {}
    for source_id, line in cited(section.text):
        found.setdefault(source_id, section.text_line + line)
    return found


def _unknown_marks(known: set[str], part: str, section: Section, severity: Severity) -> Iterator[Problem]:
    for source_id, line in _marks(section).items():
        if source_id not in known:
            message, params = _unknown(known, source_id)
            yield Problem("unknown-source", message, ("body", section.id), line, params, severity, part)


def _translated_marks(
    case: Case[R], known: set[str], language: str, translation: Translation, section: Section
) -> Iterator[Problem]:
    own = next((other for other in case.bundle.sections if other.id == section.id), None)
    if own is None:  # another check reports a section that the source does not have
        return
    severity = _severity(case, own, translation)
    yield from _unknown_marks(known, language, section, severity)
    expected, found = _marks(own), _marks(section)
    where = ("body", section.id)
    for source_id, line in found.items():
        if source_id in known and source_id not in expected:
            message = N_("Sources not in the original: %(list)s.")
            yield Problem("other-marks", message, where, line, {"list": source_id}, severity, language)
    if missing := [source_id for source_id in expected if source_id not in found]:
        message = N_("Sources missing from the translation: %(list)s.")
        params = {"list": ", ".join(missing)}
        yield Problem("other-marks", message, where, section.line, params, severity, language)


def _severity(case: Case[R], own: Section, translation: Translation) -> Severity:
    """Return the severity: a warning for a stale translation, which follows an older original, otherwise an error.

    Otherwise a curator who improves the original would have to correct four languages first.
    """
    made = translation.facts.made_from.get(own.id)
    is_stale = case.bundle.state(own.id, own.text, made) is State.STALE
    return Severity.WARNING if is_stale else Severity.ERROR
