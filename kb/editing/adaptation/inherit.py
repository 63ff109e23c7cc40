"""Updates an adaptation after a change of its tool: take over the tool's text, keep the own one, or write another."""

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
from kb.kinds.tool.kind import KIND as TOOL
from kb.kinds.tool.model import Tool
from kb.records.bundle import read_source
from kb.records.record import Bundle, State
from kb.records.segments import fingerprint


class Verb(StrEnum):
    """The decision about a part."""

    TAKE = "take"
    KEEP = "keep"
    SAY = "say"


@dataclass(frozen=True)
class InheritedText:
    """A text of the tool as the adaptation would have it: in its language and with its source ids."""

    text: str
    state: State

    @property
    def is_ready(self) -> bool:
        """Whether it matches the tool's current text: an outdated or missing translation does not."""
        return self.state in (State.ORIGINAL, State.REVIEWED, State.MACHINE)


@dataclass(frozen=True)
class Kin:
    """An adaptation in the editor, with the current version of its tool."""

    file: SourceFile
    adaptation: Bundle[Adaptation]
    parent: Bundle[Tool]

    @cached_property
    def parts(self) -> tuple[PartDescent, ...]:
        """How each part compares with the tool."""
        return lineage(self.adaptation, self.parent)

    @cached_property
    def offers(self) -> Mapping[str, InheritedText]:
        """The texts that the tool offers, by segment name."""
        names = renamed(self.adaptation.record.sources, self.parent.record.sources)
        passages = self.parent.reading(self.adaptation.record.language).passages
        return {name: InheritedText(with_sources(each.text, names), each.state) for name, each in passages.items()}

    def find(self, part: str) -> PartDescent | None:
        """Return a part that needs a decision."""
        return next((each for each in self.parts if each.name == part and each.open), None)

    def can_take(self, part: PartDescent) -> bool:
        """Return whether all texts of the tool for a part are ready in the adaptation's language."""
        return all(each.parent is None or self.offers[each.name].is_ready for each in part.open)

    def reason(self, part: PartDescent) -> str:
        """Return the reason why a part differs, in the adaptation's language; empty if there is none."""
        return self.adaptation.segments().get(part.why, "")

    @property
    def is_behind(self) -> bool:
        """Whether it was made from another version of the tool than the current one."""
        adaptation = self.adaptation.record
        tool = self.parent.record
        return adaptation.parent_version != tool.version


def read_kin(kind: Kind, record_id: str, text: str, catalog: Catalog) -> Kin | None:
    """Return an adaptation with its tool, or `None` if its text cannot be read as one.

    Raises `NotFound` if there is no such tool.
    """
    file, adaptation = read_source_file(kind, text), read_source(kind.shape, record_id, text)[0]
    if file is None or adaptation is None:
        return None
    return Kin(file, adaptation, catalog.bundle(TOOL, adaptation.record.parent))


@dataclass(frozen=True)
class Decision:
    """A decision about one part, and all texts typed on the page, including those of the part.

    `typed` are texts by segment name, `whys` the reasons by part name; both hold only changes. Without a verb, the
    texts are saved but nothing counts as decided.
    """

    verb: Verb | None = None
    part: str = ""
    typed: Texts = field(default_factory=dict)
    whys: Mapping[str, str] = field(default_factory=dict)


def decide(kin: Kin, decision: Decision) -> str:
    """Return the text of the adaptation after a decision.

    Once nothing is left to decide, it counts as made from the tool's current version. Raises `ValueError` if the
    program cannot write to the file.
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
    """Return the bookkeeping row of a decided text: the tool's text that was seen, and whether the result differs.

    If neither has the text any more, the row is empty.
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
    """Yield the reasons with the texts whose rows hold them; a text that was taken over needs none."""
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
    """Mark the text as made from the tool's current version, if nothing is left to decide."""
    tool = kin.parent.record
    after = read_source(ADAPTATION, kin.adaptation.record.id, text)[0]
    if after is None or not kin.is_behind or any(part.has_changed for part in lineage(after, kin.parent)):
        return text
    return splice_in_order(text, {"parent_version": tool.version}, kin.file.key_order())
