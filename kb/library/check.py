"""Checks of the whole content folder, links between records among them; needs neither database nor application."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from kb.content.attached import Naming, namings
from kb.content.bundle import SOURCE
from kb.content.case import Lines
from kb.content.files import ContentFolder, Place
from kb.content.links import Link
from kb.content.record import Bundle, Status
from kb.errors import NotFound
from kb.i18n import N_
from kb.law.model import Law
from kb.library.kind import Kind
from kb.library.readable import lines_of, read_and_check, shown
from kb.problems import Problem, Severity, in_order
from kb.vocabulary.model import Vocabularies


@dataclass(frozen=True)
class Target:
    """What a link may lead to."""

    id: str
    status: Status
    anchors: frozenset[str]


Targets = Mapping[tuple[str, str], Target]


def target_of(bundle: Bundle) -> Target:
    """Return what links to a record may name."""
    return Target(bundle.record.id, bundle.record.status, frozenset(section.id for section in bundle.sections))


def targets_of(bundles: Iterable[Bundle]) -> dict[tuple[str, str], Target]:
    """Return the targets by kind and id, earlier ids among them."""
    targets: dict[tuple[str, str], Target] = {}
    for bundle in bundles:
        target = target_of(bundle)
        for name in (bundle.record.id, *bundle.record.aliases):
            targets.setdefault((bundle.shape.name, name), target)
    return targets


def link_problems(bundle: Bundle, links: Iterable[Link], targets: Targets) -> tuple[Problem, ...]:
    """Return a problem for each link that leads nowhere, to a draft or to a retired record; the path is the part."""
    return tuple(
        problem
        for link in links
        if (problem := _link_problem(link, targets.get((link.kind, link.id)), bundle)) is not None
    )


def _link_problem(link: Link, target: Target | None, bundle: Bundle) -> Problem | None:
    params = {"target": f"{link.kind}/{link.id}", "anchor": link.anchor or ""}
    if target is None:
        message = N_("There is no record %(target)s; mend the link or take it out.")
        return Problem("dangling-link", message, link.where, link.line, params, path=link.part)
    if link.anchor and link.anchor not in target.anchors:
        message = N_("The record %(target)s has no section %(anchor)s.")
        return Problem("dangling-anchor", message, link.where, link.line, params, path=link.part)
    if bundle.record.status is Status.PUBLISHED and target.status is not Status.PUBLISHED:
        message = N_("The record %(target)s is not published, so readers cannot follow this link.")
        return Problem("hidden-link", message, link.where, link.line, params, Severity.WARNING, link.part)
    return None


def attached_problems(bundle: Bundle, names: Container[str]) -> tuple[Problem, ...]:
    """Return a problem for each picture or document that a text names and the record does not have."""
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
        message = N_("Pictures of other sites are not shown; add %(name)s to the pictures of this record.")
        return "outside-picture", message
    message = N_("There is no %(name)s among the pictures and attachments of this record; add it or take it out.")
    return "unknown-attachment", message


def check_content(
    content: ContentFolder, kinds: Mapping[str, Kind], vocabularies: Vocabularies, law: Law
) -> tuple[int, tuple[Problem, ...]]:
    """Return how many records there are and everything that is wrong with them, by file and line."""
    problems = list(content.walk()[1])
    bundles: list[Bundle] = []
    lines: dict[tuple[str, str], Lines] = {}
    unread: set[str] = set()
    count = 0
    for kind_name, record_id in content.records():
        count += 1
        kind = kinds[kind_name]
        texts, found = content.texts(kind_name, record_id)
        problems += found
        if SOURCE not in texts and not any(problem.path.endswith(f"{kind.shape.stem}.md") for problem in found):
            message = N_("The record has no source file %(name)s.")
            path = content.shown(Place(kind_name, record_id, SOURCE))
            problems.append(Problem("no-source-file", message, (), 1, {"name": f"{kind.shape.stem}.md"}, path=path))
        _, bundle, found = read_and_check(kind, record_id, texts, vocabularies, law)
        problems += shown(content, kind_name, record_id, found)
        if bundle is None:
            unread.add(kind_name)
            continue
        bundles.append(bundle)
        if kind.between is not None:
            lines[bundle.key] = lines_of(texts)
    targets = targets_of(bundles)
    for bundle in bundles:
        kind = kinds[bundle.shape.name]
        found = link_problems(bundle, kind.links(bundle), targets)
        found += attached_problems(bundle, content.attachments(*bundle.key))
        if kind.between is not None:
            # What cannot be read may hold what others rest on: nobody is told that it is missing.
            with suppress(NotFound):
                found += kind.between(bundle, lines[bundle.key], partial(_of_kind, bundles, unread))
        problems += shown(content, *bundle.key, found)
    problems += _alias_problems(content, bundles)
    return count, in_order(problems)


def _of_kind(bundles: Iterable[Bundle], unread: Container[str], kind: str) -> list[Bundle]:
    """Return the records of a kind. Raises `NotFound` if not all of them can be read."""
    if kind in unread:
        raise NotFound(kind)
    return [bundle for bundle in bundles if bundle.shape.name == kind]


def _alias_problems(content: ContentFolder, bundles: Iterable[Bundle]) -> Iterable[Problem]:
    """An earlier id that is another record's id would hide that record."""
    owners: dict[tuple[str, str], Bundle] = {bundle.key: bundle for bundle in bundles}
    for bundle in list(owners.values()):
        for alias in bundle.record.aliases:
            key = (bundle.shape.name, alias)
            if owners.setdefault(key, bundle) is not bundle:
                yield alias_taken(alias, owners[key].record.id, content.shown(Place(*bundle.key, SOURCE)))


def alias_taken(alias: str, other: str, path: str) -> Problem:
    """Return the problem of an earlier id that is another record's id or earlier id."""
    message = N_("The alias %(alias)s is already the id or an alias of %(other)s.")
    return Problem("alias-taken", message, ("aliases",), 1, {"alias": alias, "other": other}, path=path)
