"""Measure search quality: run judged queries against the real records among generated ones.

`python benchmarks/search_quality.py [FILE …] [--verbose]`. Without files, it runs all `benchmarks/queries*.yaml`, which
describe their format and the rules of scoring. Tags that no record has are ignored. A query is counted if at least one
record of the base has all other expected tags. The other queries are content gaps.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.distractors import PREFIX, distractors  # noqa: E402
from benchmarks.judging import (  # noqa: E402
    RANKS,
    Judgement,
    Key,
    Query,
    QueryFileError,
    Score,
    Tag,
    Tagged,
    judge,
    rank_of,
    read_queries,
)
from kb.content_store.store import ContentStore  # noqa: E402
from kb.i18n import LANGUAGES  # noqa: E402
from kb.records.bundle import read_bundle  # noqa: E402
from kb.records.record import Status  # noqa: E402
from kb.search.engine import SearchEngine  # noqa: E402
from kb.search.index.builder import build_index  # noqa: E402
from kb.search.index.index_document import IndexDocument  # noqa: E402
from kb.search.query.search_query import SearchQuery  # noqa: E402
from kb.search.results.results import SearchResults  # noqa: E402
from kb.vocabulary.model import Vocabularies  # noqa: E402

SHOWN = 20  # requested results: the first page
COUNTRY_FEATURES = ("country-name", "country-adjective", "older-name")

Find = Callable[[SearchQuery], SearchResults]


@dataclass(frozen=True)
class Outcome:
    """The outcome of one query; `understood` are the ids that were recognised in it, and all wider ones."""

    judgement: Judgement
    results: SearchResults
    understood: frozenset[str] = frozenset()

    @property
    def query(self) -> Query:
        """The query."""
        return self.judgement.query

    @cached_property
    def found(self) -> tuple[Key, ...]:
        """The results in the order of the page; if there are few, the nearest results follow them."""
        return tuple((hit.kind, hit.id) for hit in (*self.results.hits, *self.results.nearest))

    @cached_property
    def rank(self) -> int | None:
        """The rank of the first good result."""
        return rank_of(self.found, self.judgement.good)

    @property
    def is_success(self) -> bool:
        """Whether a good result is among the first ten."""
        return self.rank is not None and self.rank <= RANKS[-1]

    @cached_property
    def overlooked(self) -> tuple[Tag, ...]:
        """The expected tags that were not recognised in the words of the query."""
        needed = self.judgement.needed
        return tuple(tag for group in needed if not any(tag.value in self.understood for tag in group) for tag in group)


def worst(outcomes: Iterable[Outcome]) -> float:
    """Return success among the first 10 in the language with the lowest value, over counted queries."""
    scores = (Score.of([each.rank for each in group]) for _, group in by_language(counted(outcomes)))
    return min((score.success[-1] for score in scores), default=0.0)


def counted(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the outcomes whose content exists."""
    return [each for each in outcomes if each.judgement.is_counted]


def by_language(outcomes: Iterable[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """Return the outcomes of each language."""
    return _grouped((each.query.language, each) for each in outcomes)


def by_feature(outcomes: Iterable[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """Return the outcomes of each feature; those of country names also under a common feature."""
    return _grouped((name, each) for each in outcomes for name in _features(each.query))


def _features(query: Query) -> tuple[str, ...]:
    together = ("country (all)",) if set(query.features) & set(COUNTRY_FEATURES) else ()
    return (*dict.fromkeys(query.features), *together)


def _grouped(pairs: Iterable[tuple[str, Outcome]]) -> list[tuple[str, list[Outcome]]]:
    groups: dict[str, list[Outcome]] = {}
    for name, outcome in pairs:
        groups.setdefault(name, []).append(outcome)
    return sorted(groups.items())


def real_documents(store: ContentStore) -> list[IndexDocument]:
    """Return the documents of all published records of the content folder."""
    documents: list[IndexDocument] = []
    for kind, record_id in store.content.records():
        texts, _ = store.content.texts(kind, record_id)
        bundle, problems = read_bundle(store.kinds[kind].shape, record_id, texts)
        if bundle is None:
            message = f"{kind}/{record_id} cannot be read: {problems[0].code if problems else 'no text'}"
            raise SystemExit(message)
        if bundle.record.status is Status.PUBLISHED:
            documents += store.documents(bundle)
    return documents


def tagged(documents: Iterable[IndexDocument], vocabularies: Vocabularies) -> dict[Key, Tagged]:
    """Return the judged properties of each record, from its documents in all languages."""
    records: dict[Key, list[IndexDocument]] = {}
    for document in documents:
        records.setdefault((document.kind, document.id), []).append(document)
    return {key: _tagged(of, vocabularies) for key, of in records.items()}


def _tagged(documents: Sequence[IndexDocument], vocabularies: Vocabularies) -> Tagged:
    first = documents[0]
    is_real = not first.id.startswith(PREFIX)
    # A generated title is made of labels, so MARAC in it does not name a practice.
    titles = (each.title for each in documents if is_real)
    return Tagged(
        terms=frozenset(term for own in first.terms for term in (own, *vocabularies.broader_chain(own))),
        countries=frozenset(first.facets.get("country", ())),
        names=(*first.names, *titles),
        is_real=is_real,
    )


def report(outcomes: Sequence[Outcome], base: Mapping[Key, Tagged], *, verbose: bool = False) -> Iterator[str]:
    """Yield the lines of the tables, failures, content gaps, and at last the worst language."""
    sound = counted(outcomes)
    yield f"{'':24}queries{'@1':>6}{'@3':>6}{'@10':>6}{'MRR':>6}"
    for name, group in [*by_language(sound), ("all languages", sound)]:
        yield f"{name:24}{Score.of([each.rank for each in group])}"
        yield f"{'  real records alone':24}{_real_score(group, base)}"
    yield ""
    for name, group in by_feature(sound):
        yield f"{name:24}{Score.of([each.rank for each in group])}"
    failed = [each for each in sound if not each.is_success]
    overlooked = sum(bool(each.overlooked) for each in failed)
    yield f"\nFailures: {len(failed)} of {len(sound)}, nothing good among the first {RANKS[-1]}"
    yield f"in {overlooked} something expected was not recognised, in {len(failed) - overlooked} all was"
    for each in failed:
        yield from _told(each, base)
    if verbose:
        yield "\nAll others"
        for each in sound:
            if each.is_success:
                yield from _told(each, base)
    gaps = [each for each in outcomes if each.judgement.missing or not each.judgement.is_counted]
    yield f"\nContent gaps: {len(gaps)}, of which {len(outcomes) - len(sound)} are not counted above"
    yield from map(_gap, gaps)
    complete = [each for each in outcomes if not any(tag.kind == "practice" for tag in each.judgement.missing)]
    yield f"\nworst without queries that name a practice which is missing {worst(complete):.2f}"
    yield f"worst success@10 {worst(outcomes):.2f}"


def _real_score(outcomes: Iterable[Outcome], base: Mapping[Key, Tagged]) -> Score:
    """Return the score over queries that have a good real record; generated records do not count as good."""
    real = [(each, [key for key in each.judgement.good if base[key].is_real]) for each in outcomes]
    return Score.of([rank_of(each.found, good) for each, good in real if good])


def _told(outcome: Outcome, base: Mapping[Key, Tagged]) -> Iterator[str]:
    query, results = outcome.query, outcome.results
    yield f"  {query.id}  {query.text}  [{query.language}: {', '.join(query.features)}]  rank {outcome.rank or '–'}"
    good = outcome.judgement.good
    real = sum(base[key].is_real for key in good)
    yield f"      expected    {_needed(outcome.judgement)}  ({len(good)} records, {real} real)"
    yield f"      understood  {', '.join(each.term_id for each in results.recognised) or '–'}{_state(results)}"
    if outcome.overlooked:
        yield f"      overlooked  {', '.join(map(str, outcome.overlooked))}"
    for place, hit in enumerate(results.hits[:3], start=1):
        record = base[hit.kind, hit.id]
        mark = "+" if (hit.kind, hit.id) in good else "-"
        carried = " ".join((*sorted(record.countries), *sorted(record.terms)))
        yield f"      {mark} {place} {hit.id} {hit.score:.2f} ({hit.matched}): {carried}"


def _state(results: SearchResults) -> str:
    unknown = f", unknown: {' '.join(results.unknown)}" if results.unknown else ""
    return f"; {results.total} found{', only partly' if results.partial else ''}{unknown}"


def _needed(judgement: Judgement) -> str:
    return " + ".join(" or ".join(map(str, group)) for group in judgement.needed)


def _gap(outcome: Outcome) -> str:
    judgement, query = outcome.judgement, outcome.query
    missing = f"nothing has {', '.join(map(str, judgement.missing))}; " if judgement.missing else ""
    if judgement.is_counted:
        said = "counted by the rest"
    elif judgement.needed:
        rank = rank_of(outcome.found, judgement.partly)
        said = f"no record has all of {_needed(judgement)}; partly good at rank {rank or '–'}"
    else:
        said = "not counted"
    return f"  {query.id}  {query.text}  [{query.language}]: {missing}{said}"


def main() -> None:
    """Build the base, run the queries and print the report."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("files", nargs="*", type=Path, help="files of queries; by default benchmarks/queries*.yaml")
    options.add_argument("--verbose", action="store_true", help="tell what came of every query")
    options.add_argument("--distractors", type=int, default=2000, help="how many generated records compete")
    options.add_argument("--seed", type=int, default=3, help="of the generated records")
    chosen = options.parse_args()
    files = chosen.files or sorted((ROOT / "benchmarks").glob("queries*.yaml"))
    try:
        queries = [query for path in files for query in read_queries(path)]
    except QueryFileError as error:
        raise SystemExit(str(error)) from error
    with tempfile.TemporaryDirectory(prefix="praxis-quality-") as folder:
        for line in run(queries, Path(folder), chosen.distractors, chosen.seed, verbose=chosen.verbose):
            print(line, flush=True)


def run(queries: Sequence[Query], folder: Path, count: int, seed: int, *, verbose: bool = False) -> Iterator[str]:
    """Yield the lines of a whole run against an index in this folder."""
    begun = time.perf_counter()
    store = ContentStore(ROOT / "content", folder)
    documents = real_documents(store)
    documents += distractors(documents, store.vocabularies, count, seed)
    base = tagged(documents, store.vocabularies)
    written = time.perf_counter()
    find = _engine(store, folder / "quality", documents)
    built = time.perf_counter()
    outcomes = [_ask(find, query, base, store.vocabularies) for query in queries]
    asked = time.perf_counter()
    real = sum(record.is_real for record in base.values())
    yield f"{len(queries)} queries, {real} real records and {len(base) - real} generated, {len(documents)} documents"
    yield f"written in {written - begun:.0f} s, indexed in {built - written:.0f} s, asked in {asked - built:.1f} s\n"
    yield from report(outcomes, base, verbose=verbose)
    store.close()


def _ask(find: Find, query: Query, base: Mapping[Key, Tagged], vocabularies: Vocabularies) -> Outcome:
    results = find(SearchQuery(query.text, query.language, per_page=SHOWN))
    ids = [each.term_id for each in results.recognised]
    understood = frozenset(term for own in ids for term in (own, *vocabularies.broader_chain(own)))
    return Outcome(judge(query, base), results, understood)


def _engine(store: ContentStore, folder: Path, documents: Sequence[IndexDocument]) -> Find:
    languages = tuple(LANGUAGES)
    bodies = {(each.kind, each.id, each.language): each.body for each in documents}
    build_index(folder, documents, store.vocabularies, languages)
    engine = SearchEngine(folder, store.vocabularies, languages, law=store.law, texts=lambda *key: bodies.get(key, ""))
    engine.warm()
    return engine.find


if __name__ == "__main__":
    main()
