"""Checks wording against the vocabularies: forbidden names, and translations that differ from a term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.problems import Problem, Severity, Where
from kb.records.bundle import SOURCE
from kb.records.record import Bundle
from kb.search.analysis.glossary_matcher import LabelFinder
from kb.search.analysis.term_usage import glossary
from kb.vocabulary.avoided_names import AVOIDED, find_avoided
from kb.vocabulary.model import Vocabularies


def avoided_problems(bundle: Bundle, texts: Mapping[str, str], vocabularies: Vocabularies) -> Iterator[Problem]:
    """Yield an error for each forbidden name in the texts of a record; `texts` are its files by part."""
    for part, language, segments in _parts(bundle):
        for name, text in segments.items():
            for found in find_avoided(text, language, vocabularies):
                params = {"instead": found.instead, "written": found.written}
                line = _line_of(found.written, texts[part])
                yield Problem("avoided-name", AVOIDED, _where(bundle, name), line, params, path=part)


def unlike_terms(
    bundle: Bundle, texts: Mapping[str, str], labels: LabelFinder, vocabularies: Vocabularies
) -> Iterator[Problem]:
    """Yield a warning for each term of a source text for which its translation uses none of the term's names."""
    source = bundle.segments()
    for part, language, segments in _parts(bundle):
        for name in segments if part != SOURCE else ():
            asked = (source.get(name, ""), segments[name])
            for each in glossary(labels, vocabularies, *asked, (bundle.record.language, language)).wordings:
                if each.label and not each.is_used:
                    message = (
                        "The source says %(written)s. The glossary term is %(label)s. Check whether this "
                        "text means the same."
                    )
                    params = {"written": each.written, "label": each.label}
                    line = _line_of(segments[name].partition("\n")[0], texts[part])
                    yield Problem(
                        "unlike-term", message, _where(bundle, name), line, params, Severity.WARNING, path=part
                    )


def _parts(bundle: Bundle) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield part, language and texts by name of the source and each translation."""
    yield SOURCE, bundle.record.language, bundle.segments()
    for language, translation in bundle.translations.items():
        yield language, language, translation.segments(bundle.shape)


def _where(bundle: Bundle, name: str) -> Where:
    is_section = any(section.id == name for section in bundle.sections)
    return ("body" if is_section else "words", name)


def _line_of(written: str, text: str) -> int:
    """Return the line where a phrase first occurs; 1 if the file writes it differently."""
    return text.count("\n", 0, max(0, text.find(written))) + 1
