"""Validates a page beyond its schema. The checks between kinds verify that linked records exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.i18n import N_
from kb.kinds.page.model import Page
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE
from kb.records.check_context import Case
from kb.records.common_checks import claim_problems
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.markdown import cited
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies


def check(
    bundle: Bundle[Page], lines: Callable[[str, Where], int | None], vocabularies: Vocabularies, law: Law
) -> tuple[Problem, ...]:
    """Return all problems of a page in all languages; `path` of a problem is the part: source or language."""
    case: Case[Page] = Case(bundle, lines)
    return (*claim_problems(case), *_mark_problems(bundle))


def links(bundle: Bundle[Page]) -> tuple[RecordLink, ...]:
    """Return every place where a page names another record: links in texts, successor."""
    return (*successor_links(bundle), *text_links(bundle))


def _mark_problems(bundle: Bundle) -> Iterator[Problem]:
    """Report source marks: a page has no list of sources, so they would lead nowhere."""
    texts = {SOURCE: bundle.sections} | {key: each.sections for key, each in bundle.translations.items()}
    for part, sections in texts.items():
        for section in sections:
            for source_id, line in cited(section.text):
                message = N_("A page cannot cite sources. Use a link instead of [^%(source)s].")
                where, params = ("body", section.id), {"source": source_id}
                yield Problem("unknown-source", message, where, section.text_line + line, params, path=part)
