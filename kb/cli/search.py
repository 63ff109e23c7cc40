"""`kb search`: builds, inspects and queries the search index."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import click

from kb.cli.context import Installation, fail, pass_house, say
from kb.content_store.store import ContentStore
from kb.i18n import LANGUAGES
from kb.publishing.catch_up import catch_up
from kb.records.record import Status
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import Hit, SearchResults


@click.group("search")
def search() -> None:
    """Build and query the search index."""


@search.command("rebuild")
@pass_house
def rebuild(house: Installation) -> None:
    """Build a new index next to the old one and swap it in, without interrupting readers."""
    with house.session() as session:
        catch_up(session, house.store, datetime.now(UTC))
    build_with_progress(house.store)


def build_with_progress(store: ContentStore) -> None:
    """Build the index and show a progress bar."""
    entries = [entry for entry in store.current().catalog.columns.values() if entry.status is Status.PUBLISHED]
    total = sum(len(entry.languages) for entry in entries)
    begun = time.perf_counter()
    with click.progressbar(length=total, label="Building the index") as bar:
        done = 0

        def step(count: int) -> None:
            nonlocal done
            bar.update(count - done)
            done = count

        build = store.rebuild_index(step)
    say(f"Index {build}: {total} documents of {len(entries)} records in {time.perf_counter() - begun:.1f} s")


@search.command("status")
@pass_house
def status(house: Installation) -> None:
    """Show the current index and whether it is up to date."""
    store = house.store
    store.refresh()
    state = store.engine.status()
    say(f"build      {state.build or 'none'}")
    say(f"documents  {state.documents}")
    say(f"records    {state.records}")
    if not store.engine.is_ready:
        fail(f"The index cannot be used: {state.reason or 'it does not exist'}. Run kb search rebuild.")
    stale, surplus = store.stale_in_index()
    say(f"missing or old  {len(stale)}")
    say(f"surplus         {len(surplus)}")
    if stale or surplus:
        fail("The index is out of date. A running server will update it, or run: kb search rebuild")


@search.command("find")
@click.argument("text")
@click.option(
    "--language", type=click.Choice(sorted(LANGUAGES)), default="en", show_default=True, help="The reader's language."
)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Maximum number of results.")
@click.option("--json", "as_json", is_flag=True, help="Print all results as JSON.")
@pass_house
def find(house: Installation, text: str, language: str, limit: int, as_json: bool) -> None:
    """Search the index, for example `kb search find "needs assessment" --language it`."""
    store = house.store
    store.refresh()
    view = store.current().search
    if view is None:
        fail("No index yet. Run: kb search rebuild")
        return
    store.engine.warm()  # a server is warm long before the first query, so the measured time is that of the search
    results = view.find(SearchQuery(text=text, language=language, per_page=limit))
    if as_json:
        say(json.dumps(_to_json(house, results, language), ensure_ascii=False))
        return
    for hit in results.hits:
        entry = store.current().catalog.find(hit.kind, hit.id)
        say(f"{hit.score:7.2f}  {hit.kind}/{hit.id}  {entry.title(language)[0] if entry else ''}")
    say(f"{results.total} found in {results.took * 1000:.1f} ms")


def _to_json(house: Installation, results: SearchResults, language: str) -> dict[str, object]:
    return {
        "total": results.total,
        "partial": results.partial,
        "hits": [_hit(house, hit, language) for hit in results.hits],
        "facets": {
            facet.name: [{"id": value.id, "count": value.count} for value in facet.values] for facet in results.facets
        },
        "recognised": [{"id": term.term_id, "kind": str(term.kind), "text": term.text} for term in results.recognised],
        "suggestion": results.suggestion,
        "took": results.took,
    }


def _hit(house: Installation, hit: Hit, language: str) -> dict[str, object]:
    entry = house.store.current().catalog.find(hit.kind, hit.id)
    title, title_language = entry.title(language) if entry else ("", language)
    bundle = house.store.snapshot.find(hit.kind, hit.id)
    terms = house.store.documents(bundle)[0].terms if bundle else ()
    return {
        "kind": hit.kind,
        "id": hit.id,
        "title": title,
        "language": title_language,
        "address": f"{house.url.rstrip('/')}/{language}/{hit.kind}/{hit.id}",
        "countries": list(entry.facets.get("country", ())) if entry else [],
        "terms": list(terms),
        "score": round(hit.score, 4),
    }
