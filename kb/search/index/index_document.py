"""What is searched, in our own words: the document that each kind of record builds, and the one table of its fields.

`stored_rows.py` turns a document into weighed tokens, `whoosh_index.py` makes the schema from `FIELDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# What one mention is worth, by the part of the text it stands in; one in the body is 1. A title says what a record is
# about, a name is what people call it, keywords are the labels of facts: chosen, but many.
TITLE_BOOST = 4.0
NAMES_BOOST = 4.0
SUMMARY_BOOST = 2.0
KEYWORDS_BOOST = 1.5
# Who types MARAC wants the record of that name before all that mention it; added to the mention.
CALLED_BOOST = 6.0
# Small: typed accents only decide between records that are otherwise alike.
TYPED_BOOST = 0.3
# A term that an editor chose is worth more than a word in the title, a narrower one somewhat less.
TERM_BOOST = 5.0
BROADER_BOOST = 1.5
# Who names a country hardly wants another one's practice.
COUNTRY_BOOST = 8.0


@dataclass(frozen=True)
class IndexField:
    """One field of the index: tokens with a weight each. The reasons say what it is for."""

    name: str
    reason: str


# Words stand in the index as they are written, in lower case; what their forms are is worked out when a segment is
# opened, by the language of each document.
FIELDS: tuple[IndexField, ...] = (
    IndexField("heads", "words of title, names, summary and keywords, weighed by part: what the record is about"),
    IndexField("body", "words of the body, weighed by its length: mentions much in passing"),
    IndexField("names", "what people call it, accents folded; not translated, so never stemmed"),
    IndexField("term", "terms, countries and law of the record; terms read in title and summary"),
    IndexField("broader", "their wider terms, so that a wide term finds narrow records"),
)


@dataclass(frozen=True)
class FacetField:
    """A fact of a record that readers filter by; `has_broader` counts a record under the wider terms too."""

    name: str
    has_broader: bool = False


FACETS: tuple[FacetField, ...] = (
    FacetField("kind"),
    FacetField("country"),
    FacetField("area", has_broader=True),
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
    """One record in one language, as plain text, with the facts that readers filter by.

    `terms` are the ids that the record itself carries; wider terms, and terms that stand in title and summary, are
    added here. `mentions` are more terms and countries (`country:PT`) that count like those. `facets` are facts of the
    record, so they are the same in each of its languages: the narrowest ids. `newest` is an ISO date and `strength` a
    level from 0 to 5, both for sorting. `fingerprint` is that of the record's files, so that a stale document is found.
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
    fingerprint: str = ""

    def __post_init__(self) -> None:
        if unknown := set(self.facets) - set(FACET_NAMES):
            message = f"no such facet: {', '.join(sorted(unknown))}"
            raise ValueError(message)

    @property
    def record(self) -> str:
        """The record this belongs to; `practices/barnahus`."""
        return f"{self.kind}/{self.id}"

    @property
    def key(self) -> str:
        """What is at most once in the index; `practices/barnahus@en`."""
        return f"{self.record}@{self.language}"
