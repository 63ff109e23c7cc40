"""Documents of a list by link and of a search, with the content of their pages in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.documents.blocks import Block, Document, Look, Mark, Paragraph, Run
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.layout import absolute
from kb.web.http.rendering import today
from kb.web.labels.facets import asked_words
from kb.web.lists.page import ListedPractice, ListPage
from kb.web.lists.page import address as list_address
from kb.web.parts.cards import RecordCard
from kb.web.parts.page_document import document, heading, link_paragraph, paragraph, rating_words, run
from kb.web.search.page import SearchPage
from kb.web.search.passages import MarkedHit
from kb.web.search.workshop_results import FoundWorkshop


def list_document(page: ListPage) -> Document:
    """Return the practices of a list in its order, each with its note."""
    return document(page.heading, _list_blocks(page), address=list_address("lists.show", page.selection))


def _list_blocks(page: ListPage) -> Iterator[Block]:
    if page.selection.is_written_by_a_reader:
        yield paragraph(
            _("The title and notes were written by the person who made this list, not by Praxis."), Look.NOTICE
        )
    if page.too_many:
        yield paragraph(page.too_many, Look.NOTICE)
    for number, entry in enumerate(page.entries, 1):
        yield from _entry(number, entry)


def _entry(number: int, entry: ListedPractice) -> Iterator[Block]:
    chosen = entry.chosen
    if entry.hit is not None:
        yield heading(f"{number}. {entry.hit.title}", language=entry.hit.title_language)
        yield from _hit_blocks(entry.hit, entry.line.words if entry.line is not None else "")
    else:
        yield heading(f"{number}. {chosen.title}", language=chosen.language)
        gone = _("This practice has been retired.") if chosen.is_retired else _("No practice has this ID.")
        yield paragraph(gone)
    if entry.note:
        yield Paragraph((Run(f"{_('Note')}: ", frozenset({Mark.STRONG})), Run(entry.note)))
    if entry.hit is not None:
        yield link_paragraph(absolute(entry.hit.address))


def search_document(page: SearchPage) -> Document:
    """Return the results of a search with its query, the date and the number of results."""
    asked = asked_words(page.query)
    title = _("%(label)s: %(words)s", label=_("Search"), words=asked) if asked else _("Search results")
    count, shown = page.results.total, len(page.hits) + len(page.workshops.hits)
    found = [page.heading]
    if 0 < shown < count:
        found.append(ngettext("showing the first %(count)s", "showing the first %(count)s", shown))
    subtitle = ", ".join((*found, i18n.date_words(today())))
    return document(title, _search_blocks(page), subtitle=subtitle, address=page.address)


def _search_blocks(page: SearchPage) -> Iterator[Block]:
    if page.recognised:
        labels = ", ".join(each.label.text for each in page.recognised)
        yield paragraph(f"{_('Understood as:')} {labels}", Look.SMALL)
    if page.unknown:
        yield paragraph(_("Not found in any record: %(words)s", words=page.unknown), Look.SMALL)
    if page.results.partial and page.hits:
        yield heading(_("Closest matches"))
    yield from _hits(page.hits, 3 if page.results.partial else 2)
    if page.workshops.hits:
        yield heading(_("Workshops"))
        for workshop in page.workshops.hits:
            yield from _workshop(workshop)
    if page.nearest:
        yield heading(_("Weaker matches"))
        yield from _hits(page.nearest, 3)


def _hits(found: Iterable[MarkedHit], level: int) -> Iterator[Block]:
    for number, each in enumerate(found, 1):
        yield heading(f"{number}. {each.hit.title}", level, each.hit.title_language)
        line = each.hit.line
        yield from _hit_blocks(each.hit, line.words if line is not None else "")
        said = each.passage.striptags()
        if said and said.strip(" …") not in each.hit.summary:
            note = f"{each.note} " if each.note else ""
            yield Paragraph((Run(note), run(said, each.language)), Look.QUOTE)
        if each.versions:
            yield paragraph(f"{_('Also ready for:')} {', '.join(other.text for other in each.versions)}", Look.SMALL)
        yield link_paragraph(absolute(each.hit.address))


def _hit_blocks(hit: RecordCard, state: str) -> Iterator[Block]:
    rated = [rating_words(hit.rating)] if hit.rating is not None else []
    yield paragraph(". ".join((*rated, *hit.facts)), Look.SMALL)
    for words in filter(None, (hit.overdue, state)):
        yield paragraph(words, Look.SMALL)
    yield paragraph(hit.summary, language=hit.summary_language)


def _workshop(found: FoundWorkshop) -> Iterator[Block]:
    yield heading(found.title.striptags(), 3, found.title_language)
    yield paragraph(". ".join(found.facts), Look.SMALL)
    if found.text:
        yield paragraph(found.text.striptags(), language=found.text_language)
    yield link_paragraph(absolute(found.address))
