"""What the application knows of a kind of record: its files, its rules, its names, and where readers find it."""

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
    # Only type checkers know defaults of type variables before Python 3.13. Without types, a kind is any.
    from typing_extensions import TypeVar as TypeVarWithDefault

    R = TypeVarWithDefault("R", bound=Record, default=Any)
    C = TypeVarWithDefault("C", default=Any)
else:
    R = TypeVar("R", bound=Record)
    C = TypeVar("C")


@dataclass(frozen=True)
class KindLabels:
    """What records of a kind are called, each text marked for translation with `N_`.

    `plural` is the name in menus and on the desk. `singular` is shown in lists in place of facts, `filter` in the
    filters of the search. `suggestions` is the heading of suggestions while a reader types: `plural`, if it is empty.
    """

    plural: str
    singular: str = ""
    filter: str = ""
    suggestions: str = ""


@dataclass(frozen=True)
class KindPage:
    """Where readers find the records of a kind. The blueprint has the kind's name; its endpoint `show` is a record.

    `has_index`: there is an endpoint `index` with all records, which the site map names. `menu_place` is its place in
    the main menu, 0 for none. `menu_parent` is the kind whose line of the menu is current on these pages.
    """

    has_index: bool = False
    menu_place: int = 0
    menu_parent: str = ""


@dataclass(frozen=True)
class Kind(Generic[R, C]):
    """A kind of record; the module `kind.py` of its folder has the one object.

    `check` returns problems whose path is the part. `template` is the text of a new record's source file, from its id
    and language. `documents` are one per language, their plain texts made by the function that is given last. `page`
    and `documents` are `None` for a kind without pages: its records are for other records alone. `card` is a dataclass
    of the facts that lists show: its fields, texts and tuples of texts, are fields of the record. `between` are the
    rules for which one has to look at other records, links apart; `missed` is what others would miss if a record
    changed from its first to its second state.

    `needed` and `expected` are facts and sections (`#` and the id) that a complete record has, besides what the schema
    requires. `suggested` names by path the list of values that the editing form offers: a vocabulary, a kind, or a list
    of `suggested_lists`. `has_claims`: its texts say what is so, which needs a source.
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
    has_claims: bool = True

    @property
    def name(self) -> str:
        """The name in addresses and folders, such as `practices`."""
        return self.shape.name

    @property
    def has_pages(self) -> bool:
        """Whether readers find its records, each on a page of its own."""
        return self.page is not None
