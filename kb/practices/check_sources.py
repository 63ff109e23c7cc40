"""Whether every claim leads to a source: the marks `[^id]` in the texts, and the sources of figures."""

from __future__ import annotations

from collections.abc import Iterator

from kb.content.bundle import SOURCE
from kb.content.markdown import cited
from kb.content.record import State, Translation
from kb.content.segments import Section
from kb.i18n import N_
from kb.practices.case import Case, nearest
from kb.problems import Problem, Severity


def source_problems(case: Case) -> Iterator[Problem]:
    """Yield the problems of sources and of the marks that point at them, in every language."""
    if not case.practice.sources:
        yield case.gap("no-sources", N_("A practice needs at least one source."), ("sources",))
    yield from _figure_problems(case)
    yield from _uncited_problems(case)
    for section in case.bundle.sections:
        yield from _unknown_marks(case, SOURCE, section, Severity.ERROR)
    for language, translation in case.bundle.translations.items():
        for section in translation.sections:
            yield from _translated_marks(case, language, translation, section)


def _known(case: Case) -> set[str]:
    return {source.id for source in case.practice.sources}


def _figure_problems(case: Case) -> Iterator[Problem]:
    for index, figure in enumerate(case.practice.figures):
        if figure.source not in _known(case):
            message, params = _unknown(case, figure.source)
            yield case.error("unknown-source", message, ("figures", index, "source"), **params)


def _unknown(case: Case, source_id: str) -> tuple[str, dict[str, object]]:
    if near := nearest(source_id, _known(case)):
        return N_("There is no source %(source)s; %(near)s is the nearest."), {"source": source_id, "near": near}
    return N_("There is no source %(source)s in the list of sources."), {"source": source_id}


def _uncited_problems(case: Case) -> Iterator[Problem]:
    """A figure names its source and so cites it."""
    used = {figure.source for figure in case.practice.figures}
    for section in case.bundle.sections:
        used |= _marks(section).keys()
    for index, source in enumerate(case.practice.sources):
        if source.id not in used:
            message = N_("No text and no figure points at the source %(source)s; cite it or take it out.")
            yield case.warning("uncited-source", message, ("sources", index, "id"), source=source.id)


def _marks(section: Section) -> dict[str, int]:
    """Return the sources that a section points at, each with the line of its first mark."""
    found: dict[str, int] = {}
    for source_id, line in cited(section.text):
        found.setdefault(source_id, section.text_line + line)
    return found


def _unknown_marks(case: Case, part: str, section: Section, severity: Severity) -> Iterator[Problem]:
    for source_id, line in _marks(section).items():
        if source_id not in _known(case):
            message, params = _unknown(case, source_id)
            yield Problem("unknown-source", message, ("body", section.id), line, params, severity, part)


def _translated_marks(case: Case, language: str, translation: Translation, section: Section) -> Iterator[Problem]:
    own = next((other for other in case.bundle.sections if other.id == section.id), None)
    if own is None:  # a section that the source does not have is a finding of its own
        return
    severity = _severity(case, own, translation)
    yield from _unknown_marks(case, language, section, severity)
    expected, found = _marks(own), _marks(section)
    where = ("body", section.id)
    for source_id, line in found.items():
        if source_id in _known(case) and source_id not in expected:
            message = N_("The translation points at the source %(source)s here; the original section does not.")
            yield Problem("other-marks", message, where, line, {"source": source_id}, severity, language)
    if missing := [source_id for source_id in expected if source_id not in found]:
        message = N_("The original section points at these sources, the translation does not: %(sources)s.")
        params = {"sources": ", ".join(missing)}
        yield Problem("other-marks", message, where, section.line, params, severity, language)


def _severity(case: Case, own: Section, translation: Translation) -> Severity:
    """A stale text follows an older original: nobody who improves the original has to mend four languages first."""
    made = translation.facts.made_from.get(own.id)
    is_stale = case.bundle.state(own.id, own.text, made) is State.STALE
    return Severity.WARNING if is_stale else Severity.ERROR
