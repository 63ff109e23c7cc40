"""Checks the whole content folder, including links between records, without database or application."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial

from kb.content_store.validation import lines_of, read_and_check, shown
from kb.content_store.wording_checks import unlike_terms
from kb.errors import NotFound
from kb.i18n import N_
from kb.kinds.kind import Kind
from kb.law.model import Law
from kb.problems import Problem, Severity, Where
from kb.records.attachments import Naming, namings
from kb.records.bundle import SOURCE
from kb.records.check_context import Lines
from kb.records.files.paths import ContentFolder, RecordFile
from kb.records.links import RecordLink
from kb.records.record import Bundle, Status
from kb.records.sources import Source, SourceKind
from kb.search.analysis.glossary_matcher import LabelFinder
from kb.vocabulary.model import Vocabularies

Key = tuple[str, str]
LAW_YEARS = 5  # years after which a law may have changed


@dataclass(frozen=True)
class Target:
    """A possible target of a link."""

    id: str
    status: Status
    anchors: frozenset[str]


Targets = Mapping[tuple[str, str], Target]


def target_of(bundle: Bundle) -> Target:
    """Return the link target for a record."""
    return Target(bundle.record.id, bundle.record.status, frozenset(section.id for section in bundle.sections))


def _targets_of(bundles: Iterable[Bundle]) -> dict[tuple[str, str], Target]:
    """Return the targets by kind and id, including earlier ids."""
    targets: dict[tuple[str, str], Target] = {}
    for bundle in bundles:
        target = target_of(bundle)
        for name in (bundle.record.id, *bundle.record.aliases):
            targets.setdefault((bundle.shape.name, name), target)
    return targets


def link_problems(bundle: Bundle, links: Iterable[RecordLink], targets: Targets) -> tuple[Problem, ...]:
    """Return a problem for each link to a missing record, a draft or a retired record; the path is the part."""
    return tuple(
        problem
        for link in links
        if (problem := _link_problem(link, targets.get((link.kind, link.id)), bundle)) is not None
    )


def _link_problem(link: RecordLink, target: Target | None, bundle: Bundle) -> Problem | None:
    params = {"target": f"{link.kind}/{link.id}", "anchor": link.anchor or ""}
    if target is None:
        message = N_("The record %(target)s does not exist. Correct the link or remove it.")
        return Problem("dangling-link", message, link.where, link.line, params, path=link.part)
    if link.anchor and link.anchor not in target.anchors:
        message = N_("The record %(target)s has no section %(anchor)s. Correct the link.")
        return Problem("dangling-anchor", message, link.where, link.line, params, path=link.part)
    if bundle.record.status is Status.PUBLISHED and target.status is not Status.PUBLISHED:
        message = N_("The record %(target)s is not published. Readers cannot open this link.")
        return Problem("hidden-link", message, link.where, link.line, params, Severity.WARNING, link.part)
    return None


def attached_problems(bundle: Bundle, names: Container[str]) -> tuple[Problem, ...]:
    """Return a problem for each picture or document that a text names but the record does not have."""
    parts = {SOURCE: bundle.sections} | {code: each.sections for code, each in bundle.translations.items()}
    return tuple(
        Problem(
            *_why_missing(naming),
            ("body", section.id),
            section.text_line + naming.line,
            {"name": naming.name},
            path=part,
        )
        for part, sections in parts.items()
        for section in sections
        for naming in namings(section.text)
        if naming.name not in names
    )


def _why_missing(naming: Naming) -> tuple[str, str]:
    if ":" in naming.name or naming.name.startswith("/"):
        message = N_("Images from other sites are not shown. Add %(name)s to the images of this record.")
        return "outside-picture", message
    message = N_(
        "This record has no image or attachment called %(name)s. Add the file, or remove its name from the text."
    )
    return "unknown-attachment", message


class ContentCheck:
    """Checks the records of a folder one by one; each is read only once."""

    def __init__(self, content: ContentFolder, kinds: Mapping[str, Kind], vocabularies: Vocabularies, law: Law) -> None:
        self.keys = tuple(content.records())
        self._content, self._kinds = content, kinds
        self._vocabularies, self._law = vocabularies, law
        self._labels = LabelFinder(vocabularies)
        self._targets: Targets | None = None
        self.looked_at: dict[Key, set[str]] = {}
        self._read = cache(self._read_once)

    def problems(self, key: Key) -> tuple[Problem, ...]:
        """Return all problems of a record, including links to others and rules between records."""
        kind, (bundle, lines, problems) = self._kinds[key[0]], self._read(key)
        if bundle is None:
            return problems
        found = link_problems(bundle, kind.links(bundle), self._targets_for(kind.links(bundle)))
        found += attached_problems(bundle, self._content.attachments(*key))
        if kind.between is not None:
            # An unreadable record may contain what others need, so do not report that as missing.
            with suppress(NotFound):
                found += kind.between(bundle, lines, partial(self._of_kind, key))
        return problems + shown(self._content, *key, found)

    def doubts(self, key: Key) -> tuple[Doubt, ...]:
        """Return what a person has to judge in a readable record, now or later."""
        bundle = self._read(key)[0]
        if bundle is None:
            return ()
        found = doubts(bundle, self._content.texts(*key)[0], self._labels, self._vocabularies)
        return tuple(Doubt(shown(self._content, *key, (each.problem,))[0], each.since) for each in found)

    def aliases(self, key: Key) -> tuple[str, ...]:
        """Return the earlier ids of a record."""
        bundle = self._read(key)[0]
        return tuple(bundle.record.aliases) if bundle is not None else ()

    def links(self, key: Key) -> tuple[str, ...]:
        """Return the records that a record links to, as written in its links."""
        bundle = self._read(key)[0]
        found = self._kinds[key[0]].links(bundle) if bundle is not None else ()
        return tuple(sorted({f"{link.kind}/{link.id}" for link in found}))

    def _read_once(self, key: Key) -> tuple[Bundle | None, Lines, tuple[Problem, ...]]:
        kind = self._kinds[key[0]]
        texts, found = self._content.texts(*key)
        problems = list(found)
        if SOURCE not in texts and not any(problem.path.endswith(f"{kind.shape.stem}.md") for problem in found):
            message = "The record has no source file %(name)s."
            path = self._content.shown(RecordFile(*key, SOURCE))
            problems.append(Problem("no-source-file", message, (), 1, {"name": f"{kind.shape.stem}.md"}, path=path))
        _, bundle, found = read_and_check(kind, key[1], texts, self._vocabularies, self._law)
        problems += shown(self._content, *key, found)
        lines = lines_of(texts) if bundle is not None and kind.between is not None else _no_line
        return bundle, lines, tuple(problems)

    def _targets_for(self, links: Iterable[RecordLink]) -> Targets:
        """Return the targets of these links. An unknown id may be an earlier one: then all records are read."""
        wanted = {(link.kind, link.id) for link in links}
        if self._targets is None and wanted <= {*self.keys}:
            bundles = {key: self._read(key)[0] for key in wanted}
            return {key: target_of(bundle) for key, bundle in bundles.items() if bundle is not None}
        if self._targets is None:
            found = (self._read(key)[0] for key in self.keys)
            self._targets = _targets_of(bundle for bundle in found if bundle is not None)
        return self._targets

    def _of_kind(self, key: Key, kind: str) -> list[Bundle]:
        """Return the records of a kind, for the rules of one record. Raises `NotFound` if any of them is unreadable."""
        self.looked_at.setdefault(key, set()).add(kind)
        found = [self._read(each)[0] for each in self.keys if each[0] == kind]
        if None in found:
            raise NotFound(kind)
        return [bundle for bundle in found if bundle is not None]


def _no_line(_part: str, _where: Where) -> int | None:
    return None


def alias_problems(content: ContentFolder, aliases: Mapping[Key, Iterable[str]]) -> Iterable[Problem]:
    """Return a problem for each earlier id that another record has as id or earlier id: it would hide that record."""
    owners = {key: key for key in aliases}
    for key, names in aliases.items():
        for alias in names:
            owner = owners.setdefault((key[0], alias), key)
            if owner != key:
                yield alias_taken(alias, owner[1], content.shown(RecordFile(*key, SOURCE)))


def alias_taken(alias: str, other: str, path: str) -> Problem:
    """Return the problem of an earlier id that another record has as id or earlier id."""
    message = N_("%(other)s has, or had, the ID %(alias)s. Remove this ID from the previous IDs.")
    return Problem("alias-taken", message, ("aliases",), 1, {"alias": alias, "other": other}, path=path)


@dataclass(frozen=True)
class Doubt:
    """A warning that applies from a date on; its path is the part."""

    problem: Problem
    since: date = date.min


def doubts(
    bundle: Bundle, texts: Mapping[str, str], labels: LabelFinder, vocabularies: Vocabularies
) -> Iterator[Doubt]:
    """Yield what a person has to judge in a record, now or later; `texts` are its files by part."""
    for problem in unlike_terms(bundle, texts, labels, vocabularies):
        yield Doubt(problem)
    for index, source in enumerate(getattr(bundle.record, "sources", ())):
        if source.kind is SourceKind.LAW:
            yield from _law_doubts(source, index, texts[SOURCE])


def _law_doubts(source: Source, index: int, text: str) -> Iterator[Doubt]:
    line = text.count("\n", 0, max(0, text.find(f"id: {source.id},"))) + 1
    where = ("sources", index)
    if source.accessed is not None:
        message = "This law was last read on %(date)s. Read it again and enter the new date under “accessed”."
        params = {"date": source.accessed.isoformat()}
        since = source.accessed + timedelta(days=365 * LAW_YEARS + 2)
        yield Doubt(Problem("law-read-long-ago", message, where, line, params, Severity.WARNING, SOURCE), since)
    if source.year is not None:
        message = (
            "This law was read in its text of %(year)s. Check whether that text is still in force, and enter "
            "the year of the current text."
        )
        since = date(int(source.year) + LAW_YEARS + 1, 1, 1)
        problem = Problem("old-law", message, where, line, {"year": source.year}, Severity.WARNING, SOURCE)
        yield Doubt(problem, since)
