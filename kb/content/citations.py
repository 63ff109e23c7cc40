"""The rules of sources in any kind of record: each mark leads to one, and translations cite what they should."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from kb.content.bundle import SOURCE
from kb.content.markdown import cited
from kb.content.record import Bundle, State, Translation
from kb.content.segments import Section
from kb.content.source import Source
from kb.i18n import N_
from kb.problems import Problem, Severity


def mark_problems(bundle: Bundle, known: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each mark that leads nowhere or differs from the original; the path is the part."""
    for section in bundle.sections:
        yield from _unknown_marks(known, SOURCE, section, Severity.ERROR)
    for language, translation in bundle.translations.items():
        for section in translation.sections:
            yield from _translated_marks(bundle, known, language, translation, section)


def uncited(bundle: Bundle, sources: Iterable[Source], used: Iterable[str] = ()) -> Iterator[tuple[int, str]]:
    """Yield place and id of each source that no section points at, and none of the facts that gave `used`."""
    found = {*used, *(source_id for section in bundle.sections for source_id in _marks(section))}
    return ((index, source.id) for index, source in enumerate(sources) if source.id not in found)


def unknown_source(source_id: str, known: Collection[str]) -> tuple[str, dict[str, object]]:
    """Return message and places for a source that is not there, with the nearest one if any is near."""
    near = next(iter(get_close_matches(source_id, sorted(known), n=1)), None)
    if near is not None:
        return N_("There is no source %(source)s; %(near)s is the nearest."), {"source": source_id, "near": near}
    return N_("There is no source %(source)s in the list of sources."), {"source": source_id}


def _marks(section: Section) -> dict[str, int]:
    """Return the sources that a section points at, each with the line of its first mark."""
    found: dict[str, int] = {}
    for source_id, line in cited(section.text):
        found.setdefault(source_id, section.text_line + line)
    return found


def _unknown_marks(known: Collection[str], part: str, section: Section, severity: Severity) -> Iterator[Problem]:
    for source_id, line in _marks(section).items():
        if source_id not in known:
            message, params = unknown_source(source_id, known)
            yield Problem("unknown-source", message, ("body", section.id), line, params, severity, part)


def _translated_marks(
    bundle: Bundle, known: Collection[str], language: str, translation: Translation, section: Section
) -> Iterator[Problem]:
    own = next((other for other in bundle.sections if other.id == section.id), None)
    if own is None:  # a section that the source does not have is a finding of its own
        return
    severity = _severity(bundle, own, translation)
    yield from _unknown_marks(known, language, section, severity)
    expected, found = _marks(own), _marks(section)
    where = ("body", section.id)
    for source_id, line in found.items():
        if source_id in known and source_id not in expected:
            message = N_("The translation points at the source %(source)s here; the original section does not.")
            yield Problem("other-marks", message, where, line, {"source": source_id}, severity, language)
    if missing := [source_id for source_id in expected if source_id not in found]:
        message = N_("The original section points at these sources, the translation does not: %(sources)s.")
        params = {"sources": ", ".join(missing)}
        yield Problem("other-marks", message, where, section.line, params, severity, language)


def _severity(bundle: Bundle, own: Section, translation: Translation) -> Severity:
    """A stale text follows an older original: nobody who improves the original has to mend four languages first."""
    made = translation.facts.made_from.get(own.id)
    is_stale = bundle.state(own.id, own.text, made) is State.STALE
    return Severity.WARNING if is_stale else Severity.ERROR
