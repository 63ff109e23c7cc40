"""What an adaptation does about a change of its tool: it takes the text over, keeps its own, or says something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from kb.content_store.catalog import Catalog
from kb.editing.adaptation.inherited_texts import Row, Texts, plain_row, put_texts, renamed, with_sources
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.editing.forms.splice_facts import splice_in_order
from kb.kinds.adaptation.lineage import Descent, PartDescent, lineage
from kb.kinds.adaptation.model import ADAPTATION, Adaptation
from kb.kinds.kind import Kind
from kb.kinds.tool.model import Tool
from kb.records.bundle import read_source
from kb.records.record import Bundle, State
from kb.records.segments import fingerprint

TOOLS = "tools"


class Verb(StrEnum):
    """What is decided about a part."""

    TAKE = "take"
    KEEP = "keep"
    SAY = "say"


@dataclass(frozen=True)
class InheritedText:
    """A text of the tool as the adaptation can have it: in its language, pointing at sources by its ids."""

    text: str
    state: State

    @property
    def is_ready(self) -> bool:
        """Whether it says what the tool says now: a translation that is older, or none, does not."""
        return self.state in (State.ORIGINAL, State.REVIEWED, State.MACHINE)


@dataclass(frozen=True)
class Kin:
    """An adaptation in the editor, beside its tool as it stands."""

    file: SourceFile
    adaptation: Bundle[Adaptation]
    parent: Bundle[Tool]

    @cached_property
    def parts(self) -> tuple[PartDescent, ...]:
        """How each part stands to the tool."""
        return lineage(self.adaptation, self.parent)

    @cached_property
    def offers(self) -> Mapping[str, InheritedText]:
        """What the tool offers, by the names of its segments."""
        names = renamed(self.adaptation.record.sources, self.parent.record.sources)
        passages = self.parent.reading(self.adaptation.record.language).passages
        return {name: InheritedText(with_sources(each.text, names), each.state) for name, each in passages.items()}

    def find(self, part: str) -> PartDescent | None:
        """Return a part about which somebody has to decide."""
        return next((each for each in self.parts if each.name == part and each.open), None)

    def can_take(self, part: PartDescent) -> bool:
        """Whether everything that the tool says there is ready in the adaptation's language."""
        return all(each.parent is None or self.offers[each.name].is_ready for each in part.open)

    def reason(self, part: PartDescent) -> str:
        """Return why a part differs, in the adaptation's language, or an empty text."""
        return self.adaptation.segments().get(part.why, "")

    @property
    def is_behind(self) -> bool:
        """Whether it says that it was made from another version than the one that stands."""
        adaptation = self.adaptation.record
        tool = self.parent.record
        return adaptation.parent_version != tool.version


def read_kin(kind: Kind, record_id: str, text: str, catalog: Catalog) -> Kin | None:
    """Return an adaptation beside its tool, or `None` where its text cannot be read as one.

    Raises `NotFound` if there is no such tool.
    """
    file, adaptation = read_source_file(kind, text), read_source(kind.shape, record_id, text)[0]
    if file is None or adaptation is None:
        return None
    return Kin(file, adaptation, catalog.bundle(TOOLS, adaptation.record.parent))


@dataclass(frozen=True)
class Decision:
    """What somebody decided about one part, and everything that was typed on the page, the part's own texts included.

    `typed` are texts by the names of their segments, `whys` the reasons by the names of parts; of both only what was
    changed. Without a verb only that is kept, and nothing counts as decided.
    """

    verb: Verb | None = None
    part: str = ""
    typed: Texts = field(default_factory=dict)
    whys: Mapping[str, str] = field(default_factory=dict)


def decide(kin: Kin, decision: Decision) -> str:
    """Return the text of the adaptation after a decision.

    Once nothing is left to decide, it is made from the tool's version that stands. Raises `ValueError` where the
    program cannot write into the file.
    """
    texts = dict(decision.typed)
    rows = {row.id: plain_row(row) for row in kin.adaptation.record.made}
    part = kin.find(decision.part) if decision.verb is not None else None
    for each in part.open if part is not None else ():
        if decision.verb is Verb.TAKE:
            texts[each.name] = kin.offers[each.name].text if each.parent is not None else None
        if row := _made(kin, each, texts.get(each.name, each.text)):
            rows[each.name] = row
        else:
            rows.pop(each.name, None)
    for name, why in _reasons(kin, decision, part):
        if name not in rows and part is not None and name in {each.name for each in part.open}:
            continue  # neither has it any more
        told = rows.setdefault(name, {"id": name})
        told.pop("why", None)
        told |= {"why": why} if why else {}
    made = [row for row in rows.values() if row.keys() != {"id"}]
    return _of_this_version(kin, put_texts(kin.file, kin.adaptation, kin.parent, texts, made))


def _made(kin: Kin, text: Descent, result: str | None) -> Row:
    """Return the line of a text that was decided about: seen as the tool has it, and whether what stands is another.

    Where neither has it any more, there is nothing to tell.
    """
    if text.parent is None and result is None:
        return {}
    offer = kin.offers.get(text.name)
    is_theirs = offer is not None and offer.is_ready and result is not None and _is_alike(offer.text, result)
    row: Row = {"id": text.name}
    row |= {"parent": fingerprint(text.parent)} if text.parent is not None else {}
    return row | ({"own": "yes"} if result is not None and not is_theirs else {})


def _is_alike(one: str, other: str) -> bool:
    return fingerprint(one) == fingerprint(other)


def _reasons(kin: Kin, decision: Decision, decided: PartDescent | None) -> Iterator[tuple[str, str]]:
    """Yield the reasons with the texts in whose lines they stand; what was taken over needs none."""
    for part in kin.parts:
        there = part.why.removeprefix("made.").removesuffix(".why")
        why = decision.whys.get(part.name, kin.reason(part))
        names = [each.name for each in (part.open or part.texts)]
        is_decided = decided is not None and part.name == decided.name
        if is_decided and decision.verb is Verb.TAKE and there in (*names, ""):
            continue
        if is_decided or part.name in decision.whys:
            yield there or names[0], why.strip()


def _of_this_version(kin: Kin, text: str) -> str:
    """Return the text as made from the version that stands, if nothing of it is left to decide."""
    tool = kin.parent.record
    after = read_source(ADAPTATION, kin.adaptation.record.id, text)[0]
    if after is None or not kin.is_behind or any(part.has_changed for part in lineage(after, kin.parent)):
        return text
    return splice_in_order(text, {"parent_version": tool.version}, kin.file.key_order())
