"""The index document that each kind of record builds, and the table of index fields.

`stored_rows.py` turns a document into weighted tokens, `whoosh_index.py` builds the schema from `FIELDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Weight of one mention by the part of the text; the body counts 1. A title gives the subject of a record, a name is
# what people call it. Keywords are the labels of facts: chosen, but many.
TITLE_BOOST = 4.0
NAMES_BOOST = 4.0
SUMMARY_BOOST = 2.0
KEYWORDS_BOOST = 1.5
# A search for MARAC should find the record with that name before records that mention it; added to the mention.
CALLED_BOOST = 6.0
# Small: typed accents only decide between otherwise equal records.
TYPED_BOOST = 0.3
# A term that an editor chose weighs more than a word in the title, a narrower term somewhat less.
TERM_BOOST = 5.0
BROADER_BOOST = 1.5
# A search that names a country rarely wants a practice of another country.
COUNTRY_BOOST = 8.0


@dataclass(frozen=True)
class IndexField:
    """One field of the index: tokens with a weight each. The comments below give the reasons."""

    name: str
    reason: str


# The index stores words as written, in lower case. Opening a segment computes their forms, by the language of each
# document.
FIELDS: tuple[IndexField, ...] = (
    IndexField("heads", "words of title, names, summary and keywords, weighed by part: what the record is about"),
    IndexField("body", "words of the body, weighed by its length: mentions much in passing"),
    IndexField("names", "what people call it, accents folded; not translated, so never stemmed"),
    IndexField("term", "terms, countries and law of the record; terms read in title and summary"),
    IndexField("broader", "their wider terms, so that a wide term finds narrow records"),
)


@dataclass(frozen=True)
class FacetField:
    """A facet of a record; `has_broader` counts a record under the broader terms too."""

    name: str
    has_broader: bool = False


FACETS: tuple[FacetField, ...] = (
    FacetField("kind"),
    FacetField("country"),
    FacetField("area", has_broader=True),
    FacetField("status"),  # of a practice: in use, ended …
    FacetField("cost"),  # whether it is known what a practice costs
    FacetField("evidence"),
    FacetField("direction"),
    FacetField("transferability"),
    FacetField("group", has_broader=True),
    FacetField("crime", has_broader=True),
    FacetField("actor", has_broader=True),
    FacetField("stage", has_broader=True),
    FacetField("document", has_broader=True),
    FacetField("law"),  # an instrument, and `vrd:8` for its article; the record names both
    FacetField("language"),
    FacetField("translation"),  # `it:stale`: the state in each language of the site
    FacetField("period"),
)
FACET_NAMES: tuple[str, ...] = tuple(facet.name for facet in FACETS)


@dataclass(frozen=True)
class IndexDocument:
    """One record in one language, as plain text, with its facet values.

    `terms` are the ids that the record itself has. Indexing adds broader terms, and terms found in title and summary.
    `mentions` are further terms and countries (`country:PT`) with the same weight as those found there. `facets` are
    facts of the record, so they are the same in all its languages; give the narrowest ids. `newest` is an ISO date and
    `strength` a level from 0 to 5, both for sorting. Versions of one text for several countries have the same `family`,
    so that a search can show one of them. `fingerprint` is that of the record's files, to detect a stale document.
    Raises `ValueError` for a facet that is not in `FACETS`.
    """

    kind: str
    id: str
    language: str
    title: str
    summary: str = ""
    body: str = ""
    names: tuple[str, ...] = ()
    keywords: str = ""
    terms: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    newest: str = ""
    strength: int = 0
    family: str = ""
    fingerprint: str = ""

    def __post_init__(self) -> None:
        if unknown := set(self.facets) - set(FACET_NAMES):
            message = f"no such facet: {', '.join(sorted(unknown))}"
            raise ValueError(message)

    @property
    def record(self) -> str:
        """The record of this document; `practices/barnahus`."""
        return f"{self.kind}/{self.id}"

    @property
    def key(self) -> str:
        """The unique key in the index; `practices/barnahus@en`."""
        return f"{self.record}@{self.language}"
