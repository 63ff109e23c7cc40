"""What the house knows of each kind of record: how its files look, its rules, and what is made of it for readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kb.law.model import Law
from kb.problems import Problem
from kb.records.check_context import Lines, Others
from kb.records.links import RecordLink
from kb.records.record import Bundle, Shape
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    `check` returns problems whose path is the part; `documents` are one per language, their plain texts made by the
    function that is given last, and `None` for a kind without pages: its records are for other records alone.
    `template` is the text of a new record's source file, from its id and language. `card` is a dataclass of the facts
    that lists show: its fields, texts and tuples of texts, are fields of the record. `between` are the rules for which
    one has to look at other records, links apart; `missed` is what others would miss if a record changed from its first
    to its second state.
    """

    shape: Shape
    check: Callable[[Bundle, Lines, Vocabularies, Law], tuple[Problem, ...]]
    documents: Callable[[Bundle, Vocabularies, Law, Callable[[str], str]], tuple[IndexDocument, ...]] | None
    links: Callable[[Bundle], tuple[RecordLink, ...]]
    template: Callable[[str, str], str]
    card: type[Any] | None = None
    between: Callable[[Bundle, Lines, Others], tuple[Problem, ...]] | None = None
    missed: Callable[[Bundle, Bundle, Others], tuple[Problem, ...]] | None = None

    @property
    def has_pages(self) -> bool:
        """Whether readers find its records, each on a page of its own."""
        return self.documents is not None
