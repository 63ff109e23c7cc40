"""A collection that changes with each commit, so that each answer shows its commit.

Each version replaces a third of the records, and one additional record comes and goes. An answer is right if all of it
belongs to one version.
"""

from __future__ import annotations

from collections import Counter

from kb.search.index.index_document import IndexDocument
from kb.search.index_view import IndexView
from kb.search.query.search_query import SearchQuery
from tests.search.samples import a_record

RECORDS = 30
KIND = "practices"
GUEST = "guest"  # exists in odd versions only
COUNTRIES = ("PT", "RO", "IT", "LT")


def changed_in(version: int) -> list[IndexDocument]:
    """Return the documents that a version replaces; version 0 replaces all."""
    numbers = [number for number in range(RECORDS) if version == 0 or number % 3 == version % 3]
    documents = [document for number in numbers for document in _record(number, version)]
    return documents + (_guest(version) if version % 2 else [])


def removed_in(version: int) -> list[tuple[str, str]]:
    """Return the records that a version removes."""
    return [] if version % 2 else [(KIND, GUEST)]


def _record(number: int, version: int) -> list[IndexDocument]:
    return a_record(
        f"r{number}",
        dict.fromkeys(("en", "lt"), f"{word_of(version)} stable n{number}x"),
        body=f"stable text w{number % 7} " * 9,
        facets={"kind": (KIND,), "country": (country_of(version),)},
        fingerprint=str(version),
    )


def _guest(version: int) -> list[IndexDocument]:
    return a_record(GUEST, {"en": f"{word_of(version)} guest"}, facets={"kind": (KIND,)}, fingerprint=str(version))


def word_of(version: int) -> str:
    """Return a word in the records that a version changed."""
    return f"version{version:03}"


def country_of(version: int) -> str:
    """Return the country of the records that a version changed."""
    return COUNTRIES[version % len(COUNTRIES)]


def versions_at(version: int) -> dict[str, int]:
    """Return every record of a version, with the version of its last change."""
    found = {f"r{number}": version - (version - number) % 3 for number in range(RECORDS)}
    changed = {record: max(latest, 0) for record, latest in found.items()}
    return {**changed, GUEST: version} if version % 2 else changed


def version_of(view: IndexView) -> int:
    """Return the newest version found in a view."""
    return max(int(fingerprint) for fingerprint in view.fingerprints().values())


def problems_of(view: IndexView, turn: int) -> list[str]:
    """Return the answers of a view that do not belong to one version."""
    version = version_of(view)
    records = versions_at(version)
    expected = {(KIND, record): str(latest) for record, latest in records.items()}
    problems = [] if view.fingerprints() == expected else [f"fingerprints of {version}: {view.fingerprints()}"]
    for asked in range(max(0, version - 4), version + 2):
        having = {record: 1 for record, latest in records.items() if latest == asked}
        _compare(problems, f"records of {asked} at {version}", _found(view, word_of(asked)), having)
    stable = dict.fromkeys((f"r{number}" for number in range(RECORDS)), 1)
    _compare(problems, f"stable at {version}", _found(view, "stable"), stable)
    _compare(problems, f"phrase at {version}", _found(view, f'"stable n{turn % RECORDS}x"'), {f"r{turn % RECORDS}": 1})
    number = turn * 7 % RECORDS
    _compare(problems, f"n{number} at {version}", _found(view, f"n{number}x w{number % 7}"), {f"r{number}": 1})
    facet = view.find(SearchQuery()).facet("country")
    counted = Counter(country_of(latest) for record, latest in records.items() if record != GUEST)
    _compare(problems, f"countries at {version}", {value.id: value.count for value in facet.values}, dict(counted))
    begun = [each.id for each in view.suggest("version", "en", 100)]
    _compare(problems, f"suggestions at {version}", dict(Counter(begun)), dict.fromkeys(records, 1))
    return problems


def _found(view: IndexView, text: str) -> dict[str, int]:
    """Return how often each record is among the hits for the whole text; nearest results do not count."""
    results = view.find(SearchQuery(text, per_page=100))
    return {} if results.partial or results.is_mended else dict(Counter(hit.id for hit in results.hits))


def _compare(problems: list[str], what: str, found: dict[str, int], expected: dict[str, int]) -> None:
    if found != expected:
        problems.append(f"{what}: {found} instead of {expected}")
