"""What the house knows of each kind of record: how its files look, its rules, and its documents for the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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

    `check` returns problems whose path is the part; `documents` are one per language; `template` is the text of a new
    record's source file, from its id and language.
    """

    shape: Shape
    check: Callable[[Bundle, Lines, Vocabularies, Law], tuple[Problem, ...]]
    documents: Callable[[Bundle, Vocabularies, str, Callable[[str], str]], tuple[IndexDocument, ...]]
    links: Callable[[Bundle], tuple[Link, ...]]
    template: Callable[[str, str], str]
