"""The sources that the printed parts of a tool point at: numbers in the text, and the list that explains them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kb.documents.blocks import Block, Heading, Listing, ListItem, Paragraph, Run
from kb.i18n import N_
from kb.records.sources import Source
from kb.speech import Speech

_MARK = re.compile(r"\[\^(?P<source>[a-z0-9-]+)\]")


def numbered(sources: Iterable[Source], texts: Iterable[str]) -> Mapping[str, int]:
    """Return the numbers of the sources that the texts point at, from 1, in the order of the tool's list."""
    cited = {match["source"] for text in texts for match in _MARK.finditer(text)}
    return {name: number for number, name in enumerate((s.id for s in sources if s.id in cited), start=1)}


def with_numbers(text: str, numbers: Mapping[str, int]) -> str:
    """Return a text whose marks `[^s1]` are numbers; a mark that names no source stays as it is."""
    return _MARK.sub(lambda match: f" [{numbers[match['source']]}]" if match["source"] in numbers else match[0], text)


def source_blocks(sources: Iterable[Source], numbers: Mapping[str, int], speech: Speech) -> Iterator[Block]:
    """Yield the list of sources with its heading, if any is pointed at."""
    items = tuple(ListItem((Paragraph(tuple(_runs(source))),)) for source in sources if source.id in numbers)
    if items:
        yield Heading(2, (Run(speech.say(N_("Sources"))),), "sources")
        yield Listing(items, is_numbered=True)


def _runs(source: Source) -> Iterator[Run]:
    """The title as a link in its own language, then who published it and when; on paper the address is read too."""
    yield Run(source.title, link=source.address or "", language=source.language or "")
    rest = [*([source.publisher] if source.publisher else []), *([str(source.year)] if source.year else [])]
    if rest:
        end = " " if source.title.endswith(("?", "!", ".")) else ". "
        yield Run(end + ", ".join(rest))
    if source.address:
        yield Run(f". {source.address}")
