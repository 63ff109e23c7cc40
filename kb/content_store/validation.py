"""Reads and validates the files of a record: which parts are readable, and all their problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kb.content_store.wording_checks import avoided_problems
from kb.kinds.kind import Kind
from kb.problems import Problem, Where, errors, in_order
from kb.records.bundle import SOURCE, read_source, read_translation
from kb.records.check_context import Lines
from kb.records.files.paths import ContentFolder, RecordFile
from kb.records.front_matter import FrontMatter, cut, read_yaml
from kb.records.record import Bundle, Translation

if TYPE_CHECKING:
    from kb.law.model import Law
    from kb.vocabulary.model import Vocabularies


def read_and_check(
    kind: Kind,
    record_id: str,
    texts: Mapping[str, str],
    vocabularies: Vocabularies,
    law: Law,
    *,
    last_good: Mapping[str, str] | None = None,
) -> tuple[set[str], Bundle | None, tuple[Problem, ...]]:
    """Return the readable parts, the record as far as readable, and all problems with the part as path.

    If the source file is broken, translations are checked against its last good text, if there is one.
    """
    problems: list[Problem] = []
    fronts: dict[str, FrontMatter] = {}
    bundle: Bundle | None = None
    if SOURCE in texts:
        bundle, fronts[SOURCE], found = read_source(kind.shape, record_id, texts[SOURCE])
        problems += [problem.at(SOURCE) for problem in found]
    base = bundle
    if base is None and last_good and SOURCE in last_good:
        base = read_source(kind.shape, record_id, last_good[SOURCE])[0]
    translations: dict[str, Translation] = {}
    for part, text in sorted(texts.items()):
        if part == SOURCE or base is None:
            continue
        translation, fronts[part], found = read_translation(base, part, text)
        problems += [problem.at(part) for problem in found]
        if translation is not None:
            translations[part] = translation
    if base is not None:
        whole = Bundle(kind.shape, base.record, base.sections, translations)
        found = kind.check(whole, _lines(fronts), vocabularies, law)
        found += tuple(avoided_problems(whole, texts, vocabularies))
        problems += [problem for problem in found if problem.path in texts]
        bundle = whole if bundle is not None else None
    bad = {problem.path for problem in errors(problems)}
    good = {part for part in texts if part not in bad and (part in translations or (part == SOURCE and bundle))}
    return good, bundle, tuple(problems)


def lines_of(texts: Mapping[str, str]) -> Lines:
    """Return the line numbers of a record's facts in its files, for rules that run after reading."""
    cuts = ((part, cut(text)) for part, text in texts.items())
    fronts = {part: read_yaml(each.yaml, first_line=each.yaml_line)[0] for part, each in cuts if each is not None}
    return _lines(fronts)


def _lines(fronts: Mapping[str, FrontMatter]) -> Lines:
    def line(part: str, where: Where) -> int | None:
        front = fronts.get(part)
        return front.line(where) if front else None

    return line


def shown(content: ContentFolder, kind: str, record_id: str, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems with the file path instead of the part."""
    return in_order(problem.at(content.shown(RecordFile(kind, record_id, problem.path))) for problem in problems)
