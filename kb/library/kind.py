"""What the house knows of each kind of record: how its files look, its rules, and what is made of it for readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kb.content.links import Link
from kb.content.record import Bundle, Shape
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.search.document import IndexDocument
from kb.vocabulary.model import Vocabularies

# From a part and a path in it to the line of the file.
Lines = Callable[[str, Where], int | None]


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    `check` returns problems whose path is the part; `documents` are one per language, their plain texts made by the
    function that is given last; `template` is the text of a new record's source file, from its id and language. `card`
    is a dataclass of the facts that lists show: its fields, texts and tuples of texts, are fields of the record.
    """

    shape: Shape
    check: Callable[[Bundle, Lines, Vocabularies, Law], tuple[Problem, ...]]
    documents: Callable[[Bundle, Vocabularies, Law, Callable[[str], str]], tuple[IndexDocument, ...]]
    links: Callable[[Bundle], tuple[Link, ...]]
    template: Callable[[str, str], str]
    card: type[Any] | None = None
