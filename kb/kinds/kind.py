"""Defines `Kind`, the description of a kind of record: files, validation, labels, pages and search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kb.law.model import Law
from kb.problems import Problem
from kb.records.check_context import Lines, Others
from kb.records.links import RecordLink
from kb.records.record import Bundle, Record, Shape
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.model import Vocabularies

if TYPE_CHECKING:
    # Before Python 3.13 only type checkers know defaults of type variables. The defaults make an untyped `Kind` valid.
    from typing_extensions import TypeVar as TypeVarWithDefault

    R = TypeVarWithDefault("R", bound=Record, default=Any)
    C = TypeVarWithDefault("C", default=Any)
else:
    R = TypeVar("R", bound=Record)
    C = TypeVar("C")


@dataclass(frozen=True)
class KindLabels:
    """Labels for a kind of record, each marked for translation with `N_`.

    `plural` is the name in menus and on the desk. Lists show `singular` in place of facts. The search shows `filter`
    among its filters. `suggestions` is the heading of suggestions while a reader types; if empty, `plural` is used.
    """

    plural: str
    singular: str = ""
    filter: str = ""
    suggestions: str = ""


@dataclass(frozen=True)
class KindPage:
    """The pages of a kind. Its blueprint has the name of the kind; the endpoint `show` shows one record.

    `has_index`: there is an endpoint `index` with all records, listed in the site map. `menu_place` is the position in
    the main menu, 0 for none. `menu_parent` is the kind whose menu item is marked as current on these pages.
    """

    has_index: bool = False
    menu_place: int = 0
    menu_parent: str = ""


# One object per kind: two are equal if they are the same one, so that caches can use them as keys.
@dataclass(frozen=True, eq=False)
class Kind(Generic[R, C]):
    """A kind of record; each kind has one instance, in the module `kind.py` of its folder.

    `check` returns problems whose `path` is the part (source or language). `template` returns the source file of a new
    record from its id and language. `documents` returns one index document per language; its last argument converts
    Markdown to plain text. `page` and `documents` are `None` for a kind without pages, whose records only serve other
    records. `card` is a dataclass of the facts that lists show. Its fields are fields of the record: texts and tuples
    of texts. `between` checks rules that need other records, except links. `missed` returns what other records would
    miss if a record changed from its first state to its second.

    `needed` and `expected` are facts and sections (`#` and the id) that a complete record has, in addition to those
    that the schema requires. `suggested` maps a path to the list of values that the editing form offers: a vocabulary,
    a kind, or a list of `suggested_lists`. `limits` maps a text to its highest number of characters. `has_claims`: its
    texts make claims, which need a source.
    """

    shape: Shape[R]
    check: Callable[[Bundle[R], Lines, Vocabularies, Law], tuple[Problem, ...]]
    links: Callable[[Bundle[R]], tuple[RecordLink, ...]]
    template: Callable[[str, str], str]
    labels: KindLabels
    page: KindPage | None = None
    documents: Callable[[Bundle[R], Vocabularies, Law, Callable[[str], str]], tuple[IndexDocument, ...]] | None = None
    card: type[C] | None = None
    between: Callable[[Bundle[R], Lines, Others], tuple[Problem, ...]] | None = None
    missed: Callable[[Bundle[R], Bundle[R], Others], tuple[Problem, ...]] | None = None
    needed: frozenset[str] = frozenset()
    expected: frozenset[str] = frozenset()
    suggested: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    has_claims: bool = True

    @property
    def name(self) -> str:
        """The name in URLs and folders, such as `practices`."""
        return self.shape.name

    @property
    def has_pages(self) -> bool:
        """Whether each of its records has a page for readers."""
        return self.page is not None
