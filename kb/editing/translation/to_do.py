"""Lists pending translations within a user's languages, countries and areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.accounts.model import Grant, User
from kb.accounts.permissions import ALLOWED, Permission, Subject, covers
from kb.content_store.catalog import Catalog, CatalogEntry
from kb.editing.translation.matrix import areas_of
from kb.editing.translation.workload import Workload, workload
from kb.kinds.adaptation.model import ADAPTATION
from kb.records.record import Status
from kb.records.translation_status import Progress
from kb.vocabulary.model import Vocabularies


@dataclass(frozen=True)
class ToDo:
    """A translation with texts that wait for a person."""

    entry: CatalogEntry
    language: str
    work: Workload

    @property
    def progress(self) -> Progress:
        """The number of texts in each state."""
        return self.work.progress


def languages_of(user: User, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the site languages that a user may translate into; all if any grant is not limited by language."""
    return tuple(each for each in languages if _grants(user, each))


def to_do(catalog: Catalog, user: User, languages: Sequence[str], vocabularies: Vocabularies) -> list[ToDo]:
    """Return published records with open texts that a user may translate: those with stale texts first.

    Adaptations come last: most of their texts come from a tool, whose translation serves every country.
    """
    found = [each for language in languages for each in _in_language(catalog, user, language, vocabularies)]
    return sorted(found, key=_order)


def _order(each: ToDo) -> tuple[object, ...]:
    is_adapted = each.entry.kind == ADAPTATION.name
    return not each.progress.stale, is_adapted, -each.progress.open, each.entry.key


def _grants(user: User, language: str) -> list[Grant]:
    roles = ALLOWED[Permission.TRANSLATE] if user.is_active else frozenset()
    grants = [grant for grant in user.grants if grant.role in roles]
    return [grant for grant in grants if not grant.languages or language in grant.languages.split()]


def _in_language(catalog: Catalog, user: User, language: str, vocabularies: Vocabularies) -> Iterator[ToDo]:
    grants = _grants(user, language)
    if not grants:
        return
    # Most grants are limited only by language; then no record has to be checked.
    is_free = any(not grant.countries and not grant.areas for grant in grants)
    for entry in catalog.columns.values():
        if entry.status is not Status.PUBLISHED or entry.language == language:
            continue
        progress = entry.progress_in(language)
        if progress.open and (is_free or _is_covered(grants, entry, language, vocabularies)):
            yield ToDo(entry, language, workload(catalog, entry, language))


def _is_covered(grants: Sequence[Grant], entry: CatalogEntry, language: str, vocabularies: Vocabularies) -> bool:
    subject = subject_of_entry(entry, language, vocabularies)
    return any(covers(grant, subject) for grant in grants)


def subject_of_entry(entry: CatalogEntry, language: str, vocabularies: Vocabularies) -> Subject:
    """Return the subject of a translation, as `publishing/authorization.py` reads it from the files."""
    own = areas_of(entry)
    wider = {each for area in own for each in (area, *vocabularies.broader_chain(area))}
    return Subject(frozenset(entry.facets.get("country", ())), frozenset(wider), language)
