"""What is searched, in our own words: the document that each kind of record builds, and the one table of its fields.

`rows.py` turns a document into tokens, `index.py` makes the schema from `FIELDS`, `scoring.py` takes the boosts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# A word in the title says what a record is about; the measurements were made with four times a word in the text.
TITLE_BOOST = 4.0
SUMMARY_BOOST = 2.0
KEYWORDS_BOOST = 1.5
BODY_BOOST = 1.0
# Who types MARAC wants the record of that name before all that mention it.
NAMES_BOOST = 8.0
# Small: typed accents only decide between records that are otherwise alike.
TYPED_BOOST = 0.5
# A term that an editor chose is worth a word in the title, a narrower one somewhat less.
TERM_BOOST = 3.0
BROADER_BOOST = 1.5
# Who names a country hardly wants another one's practice.
COUNTRY_BOOST = 8.0


class FieldKind(StrEnum):
    """How a text becomes tokens."""

    STEMS = "stems"  # stemmed in the language of the document, accents folded, positions kept
    FOLDED = "folded"  # the same in every language: lower case, accents folded
    TYPED = "typed"  # lower case only
    TERMS = "terms"  # term ids, and `country:PT`


@dataclass(frozen=True)
class IndexField:
    """One field of the index: how its tokens are made and what a hit in it is worth, with the reason."""

    name: str
    kind: FieldKind
    boost: float
    reason: str


FIELDS: tuple[IndexField, ...] = (
    IndexField("title", FieldKind.STEMS, TITLE_BOOST, "says in a few words what the record is about"),
    IndexField("summary", FieldKind.STEMS, SUMMARY_BOOST, "says it in three sentences"),
    IndexField("keywords", FieldKind.STEMS, KEYWORDS_BOOST, "labels of facts, chosen but many"),
    IndexField("body", FieldKind.STEMS, BODY_BOOST, "mentions much in passing"),
    IndexField("names", FieldKind.FOLDED, NAMES_BOOST, "what people call it; not translated, so never stemmed"),
    IndexField("typed", FieldKind.TYPED, TYPED_BOOST, "title, names and summary as written: accents get an advantage"),
    IndexField(
        "term", FieldKind.TERMS, TERM_BOOST, "terms and countries of the record, terms read in title and summary"
    ),
    IndexField(
        "broader", FieldKind.TERMS, BROADER_BOOST, "their wider terms, so that a wide term finds narrow records"
    ),
)


def fields_of(kind: FieldKind) -> tuple[IndexField, ...]:
    """Return the fields whose tokens are made in this way."""
    return tuple(each for each in FIELDS if each.kind is kind)


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
)
FACET_NAMES: tuple[str, ...] = tuple(facet.name for facet in FACETS)


@dataclass(frozen=True)
class IndexDocument:
    """One record in one language, as plain text, with the facts that readers filter by.

    `terms` are the ids that the record itself carries; wider terms, and terms that stand in title and summary, are
    added here. `facets` are facts of the record, so they are the same in each of its languages: the narrowest ids.
    `newest` is an ISO date for sorting. `fingerprint` is that of the record's files, so that a stale document is found.
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
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    newest: str = ""
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
